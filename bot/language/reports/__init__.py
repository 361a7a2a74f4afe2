"""Reading the news: from a text to the claims that it states, by rules and word lists, without a model."""
