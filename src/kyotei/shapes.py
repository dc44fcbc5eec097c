"""Rows -> the JSON of CONTRACT section 3: names, order and shapes on which other people's scripts lean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from kyotei.content import content
from kyotei.text import in_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kyotei.changed import Change
    from kyotei.diagnostics import Diagnostic
    from kyotei.messages import Words
    from kyotei.tables import ChainRow, DeadlineRow, Due, StatusRow
    from kyotei.term import Ended, Silence
    from kyotei.timeline import Lane, Span
    from kyotei.walk import Period

SCHEMA_VERSION = 1

Shape = dict[str, Any]


def status_json(agreements: Iterable[bytes], as_of: date) -> Iterator[bytes]:
    """Return the answer of `status` in pieces, of what `item_json` has made of each agreement."""
    return _listing({**_head(as_of), "agreements": []}, agreements)


def deadlines_json(
    deadlines: Iterable[bytes], as_of: date, length: str, name: Literal["within", "missed"] = "within"
) -> Iterator[bytes]:
    """Return the answer of `deadlines`, in pieces: what lies within a length ahead, or was missed in it."""
    return _listing({**_head(as_of), name: length, "deadlines": []}, deadlines)


def item_json(shape: Shape) -> bytes:
    """Return what stands in an answer's list, as it is written: a fifth of what it takes as a shape."""
    return f"    {dumped(shape)}".replace("\n", "\n    ").encode()


def _listing(head: Shape, items: Iterable[bytes]) -> Iterator[bytes]:
    """Yield an answer that ends with a list: register and answer are never in memory both."""
    before, _, after = f"{dumped(head)}\n".encode().rpartition(b"[]")
    between = before + b"[\n"
    for item in items:
        yield between
        yield item
        between = b",\n"
    yield (b"\n  ]" if between == b",\n" else before + b"[]") + after


def dumped(shape: Shape) -> str:
    r"""Return a shape as text, its keys in the contract's order.

    Japanese is not escaped. What a terminal would obey is, as JSON does it; a byte of a file's name that is
    no text, which JSON cannot hold, stands there as `\xff`.
    """
    import json  # noqa: PLC0415 (tables need none)

    return in_json(json.dumps(shape, ensure_ascii=False, indent=2))


def agreement_status(row: StatusRow) -> Shape:
    """Return one agreement's entry in `status`."""
    stands = row.standing
    return {
        "id": row.agreement.id,
        "title": row.agreement.title,
        "file": row.entry.file,
        "parties": [{"role": party.role, "name": party.name} for party in row.parties],
        "state": stands.state,
        "period": None if stands.period is None else _period(stands.period),
        "next_deadline": None if row.due is None else _objection(row.due),
        "if_silent": _silence(stands.silence),
        "ends": _day(stands.ends),
        "ended": None if stands.ended is None else _ended(stands.ended),
    }


def chain_shape(rows: Iterable[ChainRow], as_of: date, identifier: str) -> Shape:
    """Return the answer of `chain`."""
    return {**_head(as_of), "id": identifier, "periods": [period_shape(row) for row in rows]}


def timeline_shape(lanes: Iterable[Lane], span: Span, as_of: date) -> Shape:
    """Return the answer of `timeline`: each agreement with its periods within the days drawn, whole."""
    from kyotei.timeline import window  # noqa: PLC0415 (no other answer draws)

    found = [
        {
            **{name: status[name] for name in ("id", "title", "file", "state")},
            "periods": [
                {**period_shape(stroke.row), "window": window(stroke.row, as_of)} for stroke in lane.strokes
            ],
        }
        for lane in lanes
        for status in [agreement_status(lane.status)]
    ]
    return {**_head(as_of), "from": _day(span.first), "to": _day(span.last), "agreements": found}


def findings_shape(checked: int, findings: Sequence[Diagnostic], words: Words) -> Shape:
    """Return the answer of `validate`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "checked": checked,
        "findings": [
            {
                "file": found.place.file,
                "line": found.place.line,
                "column": found.place.column,
                "severity": found.severity,
                "code": found.code,
                "message": words.finding(found),
            }
            for found in findings
        ],
    }


def diff_shape(changes: Iterable[Change], as_of: date, old: str, new: str | None) -> Shape:
    """Return the answer of `diff`; `new` is null for the working tree."""
    found = [
        {
            "id": change.row.agreement.id,
            "title": change.row.agreement.title,
            "file": change.row.entry.file,
            "change": change.kind,
            "moves": [
                {"field": move.fact, "before": move.before, "after": move.after} for move in change.moves
            ],
        }
        for change in changes
    ]
    return {**_head(as_of), "old": old, "new": new, "agreements": found}


def _head(as_of: date) -> Shape:
    return {"schema_version": SCHEMA_VERSION, "as_of": _day(as_of)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _ended(ended: Ended) -> Shape:
    return {"on": _day(ended.on), "reason": ended.reason}


def _period(period: Period) -> Shape:
    return {"number": period.number, "start": _day(period.start), "end": _day(period.end)}


def _objection(due: Due) -> Shape:
    head = {"kind": due.kind, "period": due.period.number, "reading": due.reading}
    return {**head, **_days(due), "days_left": due.days_left, "days_to_act": due.days_to_act}


def _days(due: Due) -> Shape:
    return {
        "date": _day(due.date),
        "safe": _day(due.safe),
        "latest": _day(due.latest),
        "act_by": _day(due.act_by.day),
    }


def deadline_shape(row: DeadlineRow) -> Shape:
    """Return one entry in `deadlines`."""
    return {
        "id": row.status.agreement.id,
        "title": row.status.agreement.title,
        "file": row.status.entry.file,
        "kind": row.due.kind,
        **_days(row.due),
        "days_left": row.due.days_left,
        "days_to_act": row.due.days_to_act,
        "period": row.due.period.number,
        "if_silent": _silence(row.silence),
    }


def coming_shape(row: DeadlineRow) -> Shape:
    """Return a deadline ahead, as an export lists it below its agreement."""
    return {
        "kind": row.due.kind,
        "period": row.due.period.number,
        **_days(row.due),
        "days_left": row.due.days_left,
        "days_to_act": row.due.days_to_act,
        "if_silent": _silence(row.silence),
    }


def _silence(silence: Silence) -> Shape:
    if silence.following is not None:
        start, end = silence.following.start, silence.following.end
        return {"outcome": silence.outcome, "start": _day(start), "end": _day(end)}
    if silence.outcome is None:
        return {"outcome": None}
    return {"outcome": silence.outcome, "end": _day(silence.end)}


def period_shape(row: ChainRow) -> Shape:
    """Return one period of a chain."""
    return {
        **_period(row.period),
        "basis": row.period.basis,
        "standing": row.standing,
        "deadline": None if row.due is None else _days(row.due),
    }


def show_shape(row: StatusRow, as_of: date) -> Shape:
    """Return the answer of `show`: what the file says, and how the agreement stands."""
    return {**_head(as_of), "agreement": content(row.agreement), "status": agreement_status(row)}
