"""Reading the news: from the text of a report to the claims that it states. By rules and word lists, without a model."""
