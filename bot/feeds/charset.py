"""How a document's bytes become text, whatever its labels claim.

Valid UTF-8 is UTF-8. Otherwise the labels are tried in the order of who should know best, and a Cyrillic reading in
which capitals outnumber small letters is taken for what it is: the mark of KOI8-R read as windows-1251 or the reverse.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_BOM = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{2,40})""")
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_UPPER = re.compile("[А-ЯЁЇІЄҐ]")
_LOWER = re.compile("[а-яёїієґ]")
_SAMPLE = 20_000
#: The same with more letters, and often what was meant.
_WIDER = {"koi8-r": "koi8-u", "iso8859-1": "cp1252", "ascii": "cp1252"}
#: Encodings of Cyrillic sites that any bytes can be read in.
_CYRILLIC = ("windows-1251", "koi8-u")


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a feed or page."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace").lstrip("\ufeff")
    for start, encoding in _WITHOUT_BOM:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(body) - 4:
            return body.decode("utf-8", "ignore")
    readings = [text for name in _labels(body, content_type) if (text := _read(body, name)) is not None]
    for text in readings:
        if _plausible(text):
            return text
    return readings[0] if readings else body.decode("utf-8", "replace")


def _labels(body: bytes, content_type: str) -> list[str]:
    names: list[str] = []
    for pattern, where in ((_DECLARED, body[:1024]), (_META, body[:4096])):
        if found := pattern.search(where):
            names.append(found[1].decode("ascii"))
    if found_header := _HEADER.search(content_type):
        names.append(found_header[1])
    return [*names, *_CYRILLIC]


def _read(body: bytes, encoding: str) -> str | None:
    """Decode, allowing a few stray bytes; None where the encoding is unknown, does not fit or is no text encoding."""
    try:
        info = codecs.lookup(encoding)
        if not info._is_text_encoding:
            return None
        text = body.decode(_WIDER.get(info.name, info.name), "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") <= len(text) // 500 else None


def _plausible(text: str) -> bool:
    """Tell whether the letters look like running text."""
    letters = [char for char in text[: 10 * _SAMPLE] if ord(char) > 127][:_SAMPLE]
    sample = "".join(letters)
    upper, lower = len(_UPPER.findall(sample)), len(_LOWER.findall(sample))
    if upper + lower < len(sample) // 4:
        return not re.search(r"[À-ÿ]{4}", sample)
    return lower >= upper
