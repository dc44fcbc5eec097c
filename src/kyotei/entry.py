"""One file's bytes -> an agreement with its document, and every finding about its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.model import Agreement, keys_at
from kyotei.source import Document, Refusal, full_width, read
from kyotei.text import Spot, line_at, lines, nearest, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from kyotei.source import Path, Value

MOST_FINDINGS = 20

# What pydantic calls a wrong shape, and what we call it.
_SHAPES = {
    "string_type": "text-expected",
    "string_too_short": "text-empty",
    "model_type": "mapping-expected",
    "model_attributes_type": "mapping-expected",
    "dict_type": "mapping-expected",
    "tuple_type": "list-expected",
    "too_short": "too-few",
    "string_pattern_mismatch": "id-invalid",
}
_OF_ITEMS = {"text-expected", "text-empty", "mapping-expected"}
_OF_FILES = {"mapping-expected": "mapping-expected.file"}  # from the reader: the whole file is no mapping
_AT_KEYS = {"extra_forbidden", "missing", "union_tag_not_found"}
_CHOICES = {"literal_error": "expected", "enum": "expected", "union_tag_invalid": "expected_tags"}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An agreement of the register, with the file in which it stands."""

    file: str
    agreement: Agreement
    document: Document

    def without_places(self) -> Entry:
        """Return the agreement and its file's name: what answers need, and a tenth of it in memory."""
        return Entry(self.file, self.agreement, Document({}, "", {}, {}))

    def finding(self, severity: Severity, code: str, path: Path, **values: str) -> Diagnostic:
        """Return a finding about the value at `path`."""
        return diagnostic(self.file, self.document, self.document.spot(path), severity, code, values)


def read_entry(raw: bytes, file: str) -> tuple[Entry | None, list[Diagnostic]]:
    """Read one file: the entry, or None and the reasons."""
    try:
        document = read(raw)
    except Refusal as refusal:
        text = raw.decode("utf-8-sig", errors="replace")
        message = _OF_FILES.get(refusal.code, refusal.code)
        excerpt = line_at(lines(text), refusal.spot.line)
        return None, [_diagnostic(file, excerpt, refusal.spot, Severity.ERROR, message, refusal.values)]
    try:
        return Entry(file, Agreement.model_validate(document.data), document), []
    except ValidationError as error:
        return None, _findings(file, document, error.errors(include_url=False))


def diagnostic(  # noqa: PLR0913, PLR0917 (a finding has six parts)
    file: str,
    document: Document,
    spot: Spot,
    severity: Severity,
    code: str,
    values: Mapping[str, str],
) -> Diagnostic:
    """Return a finding at `spot`, with the line on which it stands."""
    return _diagnostic(file, document.line(spot.line), spot, severity, code, values)


def _diagnostic(  # noqa: PLR0913, PLR0917 (as above)
    file: str, excerpt: str, spot: Spot, severity: Severity, code: str, values: Mapping[str, str]
) -> Diagnostic:
    return Diagnostic(Place(file, spot.line + 1, spot.column + 1), severity, code, values, excerpt)


def _findings(file: str, document: Document, errors: list[ErrorDetails]) -> list[Diagnostic]:
    """Turn pydantic's errors into findings, at most twenty; one more says that there are others."""
    errors = [error for error in errors if not _is_miscounted(document, error)]
    errors.sort(key=lambda error: document.spot(_path(document, error["loc"])))
    found = [_finding(file, document, error) for error in errors[:MOST_FINDINGS]]
    if more := errors[MOST_FINDINGS:]:
        spot = document.spot(_path(document, more[0]["loc"]))
        values = {"count": str(len(more))}
        found.append(diagnostic(file, document, spot, Severity.ERROR, "findings-more", values))
    return found


def _is_miscounted(document: Document, error: ErrorDetails) -> bool:
    """Tell whether a list is long enough after all: pydantic counts only its sound items."""
    items = document.value(_path(document, error["loc"]))
    return error["type"] == "too_short" and len(items or ()) >= error["ctx"]["min_length"]


def _finding(file: str, document: Document, error: ErrorDetails) -> Diagnostic:
    location = error["loc"]
    path = _path(document, (*location, "type") if error["type"] == "union_tag_invalid" else location)
    code, values = _code(document, path, error)
    values |= {name: shortened(values[name]) for name in ("key", "text") if name in values}
    if (
        code.startswith("mapping-expected")
        and isinstance(text := document.value(path), str)
        and (inner := full_width(text))
    ):
        outer = document.spot(path)
        spot = Spot(outer.line + inner.line, (outer.column if inner.line == 0 else 0) + inner.column)
        return diagnostic(file, document, spot, Severity.ERROR, "colon-full-width", {})
    if code.startswith("events-too-many"):  # pydantic knows only that it is about the whole file
        path = ("events",)
    at_key = error["type"] in _AT_KEYS or code.startswith(("one-of", "events-too-many"))
    spot = document.key_spot(path) if at_key else document.spot(path)
    return diagnostic(file, document, spot, Severity.ERROR, code, values)


def _path(document: Document, location: tuple[int | str, ...]) -> Path:
    """Keep the steps of pydantic's location that lead somewhere: union tags and missing keys do not."""
    path: Path = ()
    for step in location:
        if document.value((*path, step)) is not None:
            path = (*path, step)
    return path


def _code(document: Document, path: Path, error: ErrorDetails) -> tuple[str, dict[str, str]]:
    """Name an error of pydantic's by our codes, with the values for its sentence."""
    kind, context = error["type"], error.get("ctx", {})
    key, value = _key(error["loc"]), document.value(path)
    if kind in {"missing", "union_tag_not_found"}:
        return "field-missing", {"key": key if kind == "missing" else "type"}
    if kind == "extra_forbidden":
        return "field-unknown", {"key": key, "near": nearest(key, keys_at(error["loc"][:-1]))}
    if kind in _CHOICES and value and isinstance(value, str):
        allowed = str(context[_CHOICES[kind]]).replace("'", "").replace(" or ", ", ")
        return "value-unknown", {
            "text": value,
            "allowed": allowed,
            "near": nearest(value, allowed.split(", ")),
        }
    values = {"key": _key(path), "least": str(context.get("min_length", "")), "problem": kind}
    if "ours" in context:
        values |= {name: str(told) for name, told in context.items() if name != "ours"}
    return _worded(kind if "ours" in context else _shape(kind, value), path), values


def _shape(kind: str, value: Value | None) -> str:
    """Name a wrong shape; where a choice is empty or no text at all, the choices do not help yet."""
    if kind in _CHOICES:
        return "text-empty" if value == "" else "text-expected"
    return _SHAPES.get(kind, "value-invalid")


def _worded(message: str, path: Path) -> str:
    """Return the message's case for an item of a list, which has no key of its own."""
    item = bool(path) and isinstance(path[-1], int)
    return f"{message}.item" if item and message in _OF_ITEMS else message


def _key(location: tuple[int | str, ...]) -> str:
    """Return the last key on a way; an item of a list is named by the list's key."""
    return next((step for step in reversed(location) if isinstance(step, str)), "")
