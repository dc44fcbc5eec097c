"""A file of any kind that `draft` reads, as text: plain text and Markdown, .docx, PDF."""

from __future__ import annotations

from kyotei.drafting.decoding import decoded
from kyotei.source import Refusal
from kyotei.text import FORBIDDEN, Spot, shown, spot_of

MOST_TEXT = 256 * 1024
"""Bytes of plain text, and signs of any other: an agreement has a few thousand."""
MOST_DOCUMENT = 20 * 1024 * 1024
"""Bytes of a .docx or PDF, pictures among them."""


def text_of(raw: bytes) -> str:
    """Return the text of a file, by what its first bytes say it is.

    Raises Refusal, with the place, for what cannot be read; Fault where an extra is not installed.
    """
    if raw.startswith(b"%PDF-"):
        from kyotei.drafting.pdf import pdf_text  # noqa: PLC0415 (an extra, for those who need it)

        return checked(pdf_text(_within(raw, MOST_DOCUMENT)))
    if raw.startswith(b"PK\x03\x04"):
        from kyotei.drafting.docx import docx_text  # noqa: PLC0415 (as above)

        return checked(docx_text(_within(raw, MOST_DOCUMENT)))
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("document-old", Spot())
    return checked(decoded(_within(raw, MOST_TEXT)))


def checked(text: str) -> str:
    """Return a text without what nobody sees; a form feed ends a line, as the page that it ends did."""
    said = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    if found := FORBIDDEN.search(said):
        raise Refusal("character-forbidden", spot_of(said, found.start()), character=shown(found[0]))
    if len(said) > MOST_TEXT:
        raise Refusal("file-too-large", Spot(), most=str(MOST_TEXT // 1024))
    if not said.strip():
        raise Refusal("file-empty.text", Spot())
    return said


def _within(raw: bytes, most: int) -> bytes:
    if len(raw) > most:
        raise Refusal("file-too-large", Spot(), most=str(most // 1024))
    return raw
