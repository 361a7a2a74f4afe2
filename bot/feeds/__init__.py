"""Feeds from outside: fetched with care, parsed into items."""
