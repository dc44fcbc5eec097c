"""The text of a .docx. The one home of python-docx (extra `docx`).

A .docx is a ZIP of XML: its parts are measured before one is unpacked. The words are taken from the XML in
their order, so that none is lost in a content control, a table or a text box.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from kyotei.diagnostics import Fault
from kyotei.source import Refusal
from kyotei.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGED = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
_LEFT_OUT = {f"{_W}rt", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""Furigana, and the second copy of a text box."""
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def docx_text(raw: bytes) -> str:
    """Return the paragraphs of a document, one a line. Raises Refusal for what is no sound .docx.

    One with tracked changes is refused: which of its days was agreed, nobody here can know.
    """
    _measured(raw)
    try:
        from docx import Document  # noqa: PLC0415 (an extra, loaded by whom it serves)
    except ImportError:
        raise Fault("extra-missing", extra="docx") from None
    try:
        body = Document(io.BytesIO(raw)).element.body
    except Exception:  # noqa: BLE001 (the library lets errors of ZIP, XML and its own escape, of a dozen types)
        raise Refusal("document-broken", Spot(), kind=".docx") from None
    lines = list(_lines(body))
    return "\n".join(lines)


def _measured(raw: bytes) -> None:
    """Refuse what is no ZIP, or unpacks to more than a document has."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refusal("document-broken", Spot(), kind=".docx") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refusal("document-bomb", Spot(), most=str(MOST_UNPACKED // 1024 // 1024))
    if "word/document.xml" not in {part.filename for part in parts}:
        raise Refusal("document-kind", Spot())


def _lines(body: Any) -> Iterator[str]:  # noqa: ANN401 (an element of lxml, which has no public types)
    """Yield the text of each paragraph, those of tables and text boxes in their place."""
    for number, paragraph in enumerate(body.iter(f"{_W}p")):
        if _is_left_out(paragraph, body):
            continue
        if any(True for _ in paragraph.iter(*_CHANGED)):
            raise Refusal("document-changes", Spot(number, 0))
        yield "".join(_words(paragraph))


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401 (as above)
    """Yield the words of a paragraph, without those of paragraphs inside it."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT and child.tag != f"{_W}p":
            yield from _words(child)


def _is_left_out(paragraph: Any, body: Any) -> bool:  # noqa: ANN401 (as above)
    return any(outer.tag in _LEFT_OUT for outer in paragraph.iterancestors() if outer is not body)
