"""Which part of a page is its article. Runs in the parser process only."""

import trafilatura

from bot.feeds.charset import decode
from bot.feeds.entries import MAX_TEXT
from bot.feeds.plaintext import clean


def article_text(body: bytes, *, content_type: str, url: str) -> str:
    """Return the text of a page's article, paragraphs parted by blank lines; empty where none was found."""
    found = trafilatura.extract(
        decode(body, content_type), url=url, include_comments=False, include_tables=False, output_format="txt"
    )
    return clean((found or "").replace("\n", "\n\n"), limit=MAX_TEXT)
