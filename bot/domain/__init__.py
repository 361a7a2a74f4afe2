"""What the ledger holds and what can be said from it. Pure values and functions."""
