"""What each measure of a query comes to; `bot.domain.compute` picks the one that is asked for."""
