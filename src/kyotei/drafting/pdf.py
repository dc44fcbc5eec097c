"""The text of a PDF. The one home of pypdf (extra `pdf`)."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from kyotei.diagnostics import Fault
from kyotei.source import Refusal
from kyotei.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES = 200
MOST_SIGNS = 1_000_000
_PAGE_NUMBER = re.compile(r"\s*[-‐－―ー]?\s*[0-9０-９]{1,3}\s*(?:[-‐－―ー]|[/／]\s*[0-9０-９]{1,3})?\s*")


def pdf_text(raw: bytes) -> str:
    """Return the text of all pages. Raises Refusal for a scan, an encrypted or a broken file."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 (an extra, loaded by whom it serves)
    except ImportError:
        raise Fault("extra-missing", extra="pdf") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells stderr of every small fault of a file
    try:
        reader = PdfReader(io.BytesIO(raw))
        encrypted = reader.is_encrypted and not reader.decrypt("")
        pages = [] if encrypted or len(reader.pages) > MOST_PAGES else list(_pages(reader))
        count = 0 if encrypted else len(reader.pages)
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 (a hostile PDF makes the library raise errors of any type)
        raise Refusal("document-broken", Spot(), kind="PDF") from None
    if encrypted:
        raise Refusal("document-encrypted", Spot())
    if count > MOST_PAGES:
        raise Refusal("document-long", Spot(), most=str(MOST_PAGES))
    if not any(page.strip() for page in pages):
        raise Refusal("document-scan", Spot())
    return "\n".join(pages)


def _pages(reader: Any) -> Iterator[str]:  # noqa: ANN401 (an optional library)
    """Yield the text of each page, without its number."""
    signs = 0
    for page in reader.pages:
        text = page.extract_text()
        signs += len(text)
        if signs > MOST_SIGNS:
            raise Refusal("document-long", Spot(), most=str(MOST_PAGES))
        yield "\n".join(_unnumbered(text.split("\n")))


def _unnumbered(lines: list[str]) -> list[str]:
    """Return a page's lines without a page number at its head or foot: it would stand inside a date."""
    said = [at for at, line in enumerate(lines) if line.strip()]
    ends = {said[0], said[-1]} if said else set()
    return [line for at, line in enumerate(lines) if not (at in ends and _PAGE_NUMBER.fullmatch(line))]
