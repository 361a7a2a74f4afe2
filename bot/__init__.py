"""Homeward: who was handed over between Russia and Ukraine, how many, when, and who says so."""

__version__ = "0.1.0"
