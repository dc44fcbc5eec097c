"""Columns that hold clauses as well as single values: 有効期間, 更新, 申出期限, 解約.

What lists write in few words (○, 自動更新（1年）, 3か月前) is read here; every sentence goes through the
grammar of `draft`. A cell of which nothing can be made is at fault: a term left out would move dates.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from kyotei.drafting.clauses import clause_fields
from kyotei.importing.facts import Fact, Said, Unread, doubt, unread
from kyotei.importing.values import day_in, day_of, length_of, long_text, text_of, yearly_of
from kyotei.importing.vocabulary import ANSWER, BEFORE_END, END, RENEWAL, REPEATED, YEARLY, plain
from kyotei.text import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kyotei.drafting.evidence import Found
    from kyotei.drafting.evidence import Unread as LeftOut
    from kyotei.importing.facts import Facts, Origin
    from kyotei.source import Value

_WITH_RENEWAL = re.compile(r"(.+?)[(（]([^()（）]*(?:自動|更新|延長)[^()（）]*)[)）]", re.DOTALL)
_ALL = ("term", "renewal", "notice", "termination")


def term_facts(origin: Origin, signed: date | None, first_serial: date) -> Facts:
    """Read 有効期間: a day is the term's last, a range both its ends, （自動更新） behind it the renewal."""
    if _is_day(origin) or _reads_as_day(origin):
        day, check = day_of(origin, first_serial)
        return (Fact(("term", "end"), day, origin, check or doubt("check-end", day=day)),)
    if plain(origin.text) in END:
        return (Fact(("term", "end"), "indefinite", origin),)
    if plain(origin.text) in ANSWER:
        raise unread(origin, "cell-clause", text=shortened(text_of(origin)))
    text = long_text(origin)
    if parted := _WITH_RENEWAL.fullmatch(text):
        term = _by_grammar(origin, parted[1], signed, ("term",))
        return (*term, *renewal_facts(origin, signed, parted[2], automatic=False))
    return _by_grammar(origin, text, signed, _ALL)


def _is_day(origin: Origin) -> bool:
    return isinstance(origin.cell.value, date | datetime | int | float)


def renewal_facts(origin: Origin, signed: date | None, text: str = "", *, automatic: bool) -> Facts:
    """Read 更新, or 自動更新 where `automatic`: there ○ says how it renews, under 更新 it does not."""
    said = plain(text or text_of(origin))
    mode, answer = RENEWAL.get(said), ANSWER.get(said)
    if mode or (automatic and answer == "yes"):
        return (_mode(origin, mode or "automatic"),)
    if answer == "no":
        return (_mode(origin, "none", doubt("check-not-automatic") if automatic else None),)
    if answer == "yes":
        raise unread(origin, "cell-renewal-how", text=shortened(text_of(origin)))
    if (few := REPEATED.fullmatch(said)) and (automatic or few["auto"] or "自動" in (few["after"] or "")):
        length = length_of(origin, few["length"])
        return (_mode(origin, "automatic"), Fact(("renewal", "length"), length, origin))
    return _by_grammar(origin, text or long_text(origin), signed, ("renewal", "notice", "termination"))


def _mode(origin: Origin, mode: str, check: Said | None = None) -> Fact:
    return Fact(("renewal", "mode"), mode, origin, check)


def notice_facts(origin: Origin, signed: date | None) -> Facts:
    """Read 申出期限: how long before the end, or a day of every year. A day of one year is no rule."""
    said = plain(text_of(origin))
    if ANSWER.get(said) == "no":
        return ()
    if few := BEFORE_END.fullmatch(said):
        length = Fact(("notice", "before_end"), length_of(origin, few["length"], zero=True), origin)
        return (length, Fact(("notice", "form"), "written", origin)) if few["written"] else (length,)
    if few := YEARLY.fullmatch(said):
        return (Fact(("notice", "by_date"), yearly_of(origin, _month_day(few)), origin),)
    if _is_day(origin) or _reads_as_day(origin):
        raise unread(origin, "cell-notice-day", text=shortened(text_of(origin)))
    return _by_grammar(origin, long_text(origin), signed, ("notice", "termination", "renewal"))


def _month_day(found: re.Match[str]) -> str:
    """Return MM-DD; 末日 of a month is its last day, which 31 days, or 30, or 29 February stand for."""
    month = int(found["month"])
    last = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    return f"{month:02}-{last if found['day'] == '末' else int(found['day']):02}"


def _reads_as_day(origin: Origin) -> bool:
    try:
        day_in(origin, text_of(origin))
    except Unread:
        return False
    return True


def termination_facts(origin: Origin, signed: date | None) -> Facts:
    """Read 中途解約, which is written as a clause."""
    if ANSWER.get(plain(origin.text)) == "no":
        return ()
    return _by_grammar(origin, long_text(origin), signed, ("termination", "notice"))


def _by_grammar(origin: Origin, text: str, signed: date | None, groups: Collection[str]) -> Facts:
    """Return what the grammar finds. Nothing, or part of it, or what another column is for, is a fault."""
    left_out: list[LeftOut] = []
    found = clause_fields(text, signed=signed, unread=left_out)
    if left_out or not found or any(one.path[0] not in groups for one in found):
        raise unread(origin, "cell-clause", text=shortened(text_of(origin)))
    return tuple(_facts(origin, found))


def _facts(origin: Origin, found: Collection[Found]) -> Iterator[Fact]:
    for one in found:
        check = Said("draft", f"reason-{one.reason}") if one.reason else None
        value: Value = one.value if isinstance(one.value, str) else [*one.value]
        yield Fact(one.path, value, origin, check)
