"""From an answer to words, in English, Ukrainian and Russian. Pure."""
