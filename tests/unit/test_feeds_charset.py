"""How bytes become text, whatever their labels claim."""

import codecs

import pytest

from bot.feeds.charset import decode

UK = "Україні повернули тіла 1212 загиблих, повідомив Координаційний штаб у середу"
RU = "Украине переданы тела 1212 погибших военнослужащих, сообщил помощник президента"


@pytest.mark.parametrize("text", [UK, RU])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "koi8-r", "iso-8859-1", "us-ascii", "x-unknown", ""])
@pytest.mark.parametrize("written", ["utf-8", "windows-1251", "koi8-u"])
@pytest.mark.parametrize("header", ["", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1", "text/xml"])
def test_cyrillic_is_read_under_any_label(text: str, declared: str, written: str, header: str) -> None:
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else "<?xml version='1.0'?>"
    document = f"{prolog}<rss><title>{text}</title></rss>"
    assert decode(document.encode(written), header) == document


@pytest.mark.parametrize("written", ["utf-16", "utf-32", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_unicode_is_known_by_its_first_bytes(written: str) -> None:
    document = f"<?xml version='1.0'?><t>{UK}</t>"
    assert decode(document.encode(written)) == document


def test_page_says_its_charset_in_its_head() -> None:
    page = f"<html><head><meta charset=windows-1251><title>{RU}</title>"
    assert decode(page.encode("windows-1251")) == page


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "windows-1250"])
def test_western_text_keeps_its_own_charset(encoding: str) -> None:
    document = f"<?xml version='1.0' encoding='{encoding}'?><t>Kriegsgefangenenaustausch: Präsident, Übergabe</t>"
    assert decode(document.encode(encoding)) == document


def test_labels_that_are_no_text_encoding_are_passed_over() -> None:
    document = f"<?xml version='1.0' encoding='rot13'?><t>{UK}</t>".encode("windows-1251")
    assert UK in decode(document, "text/xml; charset=zlib")


def test_text_cut_within_a_letter_is_still_unicode() -> None:
    assert decode(UK.encode()[:-1]) == UK[:-1]


def test_a_stray_byte_spoils_nothing_else() -> None:
    assert decode(codecs.BOM_UTF8 + UK.encode() + b"\xff").startswith(UK)
