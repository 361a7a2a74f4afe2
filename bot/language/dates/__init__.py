"""Reading the days that a question speaks of."""
