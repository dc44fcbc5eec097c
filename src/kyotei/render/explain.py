"""The page of `kyotei explain`: numbered steps, each with the clause and the articles on which it rests.

Also what any page of prose needs: sentences with their values in place, and labelled or indented paragraphs.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, cast

from rich.text import Text

from kyotei.dates.counting import Reading
from kyotei.dates.length import Length
from kyotei.dates.month_day import MonthDay
from kyotei.explain.said import Article, Minded
from kyotei.messages import Language
from kyotei.model import Party
from kyotei.render.screen import BOLD, DIM, WARN
from kyotei.render.urgency import urgency
from kyotei.term import earliest_termination
from kyotei.text import cells, number, one_line, wrapped
from kyotei.walk import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyotei.dates.closed_days import ActBy, ClosedDay
    from kyotei.explain.said import Explanation, ReadingRow, Said, Step, Told, Value, Walk
    from kyotei.messages import Words
    from kyotei.render.screen import Screen
    from kyotei.tables import StatusRow
    from kyotei.term import Silence

INDENT, GAP = 4, 2
SOURCES = 36
"""Columns for clauses and articles, where they stand to the right of a step."""
WIDE = 110
"""The width from which they stand there, and not below the step."""
LEAST = 24
"""Columns below which text reads badly beside its label."""

_HELD = re.compile(
    r"(?<=\b[A-Z][a-z]{2}) (?=\d{4}-)|(?<=\bperiod) (?=\d)|(?<=\bArt\.) (?=\d)|(?<=\bArts\.) (?=\d)"
)
"""Spaces at which English does not part: in `Thu 2026-12-31`, `period 7`, `Art. 142`."""
_WEEKDAY = re.compile(r"(?<=\d{4}-\d{2}-\d{2}) \(([月火水木金土日])\)")
_BLANK = "\u00a0(\u00a0\u00a0)"
"""What stands for a Japanese weekday while text is folded, so that it stays with its day."""
_BULLET = re.compile(r"・|- |[0-9]+\. |（[0-9]+）")

# 第4条第2項, 第四条の二第2項第1号
_NUMERAL = "([0-9０-９]+|[〇一二三四五六七八九十百]+)"
_CLAUSE = re.compile(f"第{_NUMERAL}条(?:の{_NUMERAL})?(?:第{_NUMERAL}項)?(?:第{_NUMERAL}号)?")


def explain_page(screen: Screen, status: StatusRow, told: Explanation) -> str:
    """Return the answer, the steps to it, where the law is open, and what silence brings."""
    words, width = screen.words, screen.width
    values = {"id": status.agreement.id, "day": words.head(status.standing.as_of)}
    lines = [
        *paragraph(words.say("explain", "head", **values), width, style=BOLD),
        *paragraph(one_line(status.agreement.title), width),
        Text(""),
        *answer_lines(words, status, width),
    ]
    for position, step in enumerate(told.steps, 1):
        lines += [Text(""), *_step_lines(words, position, step, width)]
    lines += [Text(""), *_list_lines(words, "doubts", told.doubts, width)] if told.doubts else []
    lines += [Text(""), *_list_lines(words, "outcome", told.outcome, width)] if told.outcome else []
    lines += [Text(""), *paragraph(words.say("explain", "foot"), width, style=DIM)]
    return screen.draw(*lines)


# --- Prose


def sentence(words: Words, said: Said, section: str = "explain") -> str:
    """Return a sentence with its values in the words of the language."""
    values = {name: _in_words(words, value) for name, value in said.values.items()}
    count = said.values.get("count")
    if isinstance(count, int):
        del values["count"]
        return words.counted(section, said.name, count, **values)
    return words.say(section, said.name, **values)


def _in_words(words: Words, value: Value) -> str:  # noqa: PLR0911 (one answer per kind of value)
    match value:
        case Minded(day=day):
            return words.day(day)
        case date():
            return value.isoformat()
        case Length():
            return words.length(value)
        case MonthDay():
            name = words.say("explain", "months").split()[value.month - 1]
            return words.say("explain", "month-day", month=name, number=value.day)
        case Period():
            return words.number(value)
        case Reading():
            return words.say("reading", value)
        case Party():
            return party(words, value)
        case tuple():
            signers = cast("tuple[Party, ...]", value)  # no period: that came before
            return words.say("deadlines", "and").join(party(words, each) for each in signers)
        case None:
            return ""
        case _:
            return one_line(str(value))


def party(words: Words, signer: Party) -> str:
    """Return a party by role and name."""
    return words.say("explain", "party", role=one_line(signer.role), name=one_line(signer.name))


def clause(words: Words, text: str) -> str:
    """Return where a clause stands; 第4条第2項 is Article 4(2) in English."""
    match = _CLAUSE.fullmatch(text)
    if match is None or words.language is Language.JA:
        return one_line(text)
    article, branch, paragraph_, item = (_digits(group) for group in match.groups())
    values = {"article": f"{article}-{branch}" if branch else article, "paragraph": paragraph_, "item": item}
    name = "clause" + ("-paragraph" if paragraph_ else "") + ("-item" if item else "")
    return words.say("explain", name, **values)


def _digits(text: str | None) -> str:
    """Return a number of a clause in digits; empty where the clause has none."""
    return "" if text is None else str(number(str(int(text)) if text.isdecimal() else text) or text)


def cited(words: Words, articles: Iterable[Article]) -> list[str]:
    """Return the provisions in order, those of one law together: 民法140条、143条2項."""
    found = []
    for law, group in groupby(sorted(set(articles), key=list(Article).index), _law):
        names = [words.say("authority", article) for article in group]
        joined = words.say("authority", "and").join(names)
        found.append(words.counted("authority", law, len(names), articles=joined))
    return found


def bases(words: Words, step: Step) -> list[str]:
    """Return on what a step rests: clauses of the agreement, then provisions."""
    return [*(clause(words, text) for text in step.clauses), *cited(words, step.articles)]


def idea(words: Words, row: ReadingRow, length: Length | None) -> str:
    """Return how a reading counts so long a notice, and on whose authority."""
    text = words.say("authority", f"idea-{row.reading}{_kind(length)}", length=_in_words(words, length))
    return words.say("explain", "idea", idea=text, authority=words.say("authority", row.reading))


def marks_of(words: Words, row: ReadingRow) -> list[str]:
    """Return what a reading's day is besides: the deadline printed, the safe day."""
    return [words.say("explain", mark) for mark in ("printed", "safe") if getattr(row, mark)]


def _law(article: Article) -> str:
    return article.split("-")[0]


# --- Lines


def folded(text: str, width: int) -> list[str]:
    """Return text in lines of `width` columns; a word, an id or a day with its weekday is never parted."""
    weekdays = iter(_WEEKDAY.findall(text))
    held = _WEEKDAY.sub(_BLANK, _HELD.sub("\u00a0", text))
    found = []
    for part in wrapped(held, width, whole=True):
        before, *after = part.split(_BLANK)
        found.append(
            "".join([before, *(f" ({next(weekdays)}){rest}" for rest in after)]).replace("\u00a0", " ")
        )
    return found


def paragraph(text: str, width: int, indent: int = 0, style: str = "") -> list[Text]:
    """Return folded text behind an indent; what follows a bullet or a number hangs behind it."""
    bullet = _BULLET.match(text)
    mark = bullet[0] if bullet else ""
    hang = indent + cells(mark)
    first, *rest = folded(text.removeprefix(mark), width - hang)
    return [line(" " * indent + mark + first, style), *(line(" " * hang + part, style) for part in rest)]


def line(text: str, style: str = "") -> Text:
    """Return one line that nothing cuts."""
    return Text(text, style, no_wrap=True, overflow="ignore")


def labelled(label: str, parts: Iterable[str], left: int, width: int, style: str = "") -> list[Text]:
    """Return texts behind a label `left` columns wide, or below it on a narrow screen."""
    narrow = width - left - GAP < LEAST
    indent = GAP if narrow else left + GAP
    lines = [found for part in parts for found in paragraph(part, width, indent, style)]
    if narrow or not lines:
        return [line(label, BOLD), *lines]
    lines[0] = (
        line(label, BOLD)
        .append(" " * (indent - cells(label)))
        .append(lines[0].plain.lstrip(" "), style or "none")
    )
    return lines


# --- The answer


def answer_lines(words: Words, status: StatusRow, width: int, left: int = 0) -> list[Text]:
    """Return how the agreement stands: state, period, deadline, safe day, act-by day, silence."""
    rows = list(answers(words, status))
    left = max(left, *(cells(label) for label, _, _ in rows))
    return [part for label, text, style in rows for part in labelled(label, [text], left, width, style)]


def answers(words: Words, status: StatusRow) -> Iterator[tuple[str, str, str]]:
    """Yield label, text and style of each row of the answer."""
    stands, due = status.standing, status.due
    yield words.say("show", "state"), words.say("term", stands.state), BOLD
    if stands.period is not None:
        span = words.span(stands.period.start, stands.period.end)
        yield words.say("show", "period"), f"{words.number(stands.period)}  {span}", ""
    if stands.ended is not None:
        reason = words.say("term", stands.ended.reason)
        yield words.say("show", "ended"), f"{words.day(stands.ended.on)}  {reason}", ""
    if due is not None:
        left = words.days_until(due.days_left)
        yield words.say("show", "deadline"), f"{words.day(due.date)}  {words.number(due.period)}  {left}", ""
        yield words.say("show", "safe"), words.day(due.safe), ""
        yield words.say("show", "act-by"), *_act_by(words, due.act_by, due.days_to_act, due.safe)
    if silence := _silence(words, stands.silence):
        yield words.say("show", "silence"), silence, ""
    earliest = earliest_termination(status.agreement, stands.as_of)
    if earliest is not None and stands.ended is None:
        yield words.say("show", "earliest-end"), words.say("show", "earliest", end=words.day(earliest)), ""


def _act_by(words: Words, act_by: ActBy, days: int | None, safe: date) -> tuple[str, str]:
    if act_by.day is None or days is None:
        return words.say("closed", "unknown", year=safe.year), WARN
    mark, style = urgency(days)
    forecast = f"  {words.say('closed', 'forecast', year=act_by.day.year)}" if act_by.forecast else ""
    return f"{words.day(act_by.day)}  {words.days_until(days)}{mark}{forecast}", style


def _silence(words: Words, silence: Silence) -> str:
    if silence.following is not None:
        span = words.span(silence.following.start, silence.following.end)
        return words.say("show", "renews", span=span)
    return "" if silence.end is None else words.say("show", "ends", end=words.day(silence.end))


# --- The steps


def _step_lines(words: Words, position: int, step: Step, width: int) -> list[Text]:
    """Return a step with its sources: to the right of it where there is room, else below."""
    wide = width >= WIDE
    inner = width - SOURCES - GAP if wide else width
    heading = paragraph(words.say("explain", f"step-{step.name}"), inner, INDENT, BOLD)
    heading[0] = line(f"{position:>2}{heading[0].plain[2:]}", BOLD)
    lines = [*heading, *_body_lines(words, step, inner)]
    sources = bases(words, step)
    if not sources:
        return lines
    if wide:
        return _beside(lines, [part for source in sources for part in folded(source, SOURCES)], inner)
    joined = words.say("authority", "join").join(sources)
    return [*lines, *paragraph(words.say("explain", "sources", sources=joined), width, INDENT, DIM)]


def _beside(lines: list[Text], sources: list[str], inner: int) -> list[Text]:
    """Put sources to the right of lines, from the first line on."""
    lines = [*lines, *(line("") for _ in sources[len(lines) :])]
    for left, right in zip(lines, sources, strict=False):
        left.append(" " * max(GAP, inner + GAP - cells(left.plain)), "none")
        left.append(right, f"not bold {DIM}")
    return lines


def _body_lines(words: Words, step: Step, width: int) -> Iterator[Text]:
    for said in step.said:
        yield from paragraph(sentence(words, said), width, INDENT)
    if step.readings:
        yield line("")
        yield from _reading_lines(words, step.readings, step.length, width)
    if step.walk is not None:
        yield from _walk_lines(words, step.walk, width)
    for told in step.events:
        yield from _event_lines(words, told, width)


def _reading_lines(
    words: Words, rows: Sequence[ReadingRow], length: Length | None, width: int
) -> Iterator[Text]:
    """Yield each reading with its day and its marks, and below it its idea and its authority."""
    names = [words.say("reading", row.reading) for row in rows]
    left = max(cells(name) for name in names)
    inner = width - INDENT - GAP
    for name, row in zip(names, rows, strict=True):
        day = "  ".join([words.day(row.day), *marks_of(words, row)])
        basis = idea(words, row, length)
        yield from _indented(labelled(name, [day, basis], left, inner, BOLD if row.printed else ""))


def _kind(length: Length | None) -> str:
    """Return the end of the names of ideas that suit a length: none for months and years."""
    if length is None or length.months is not None:
        return ""
    return "-days" if length.count else "-zero"


def _indented(lines: Iterable[Text]) -> list[Text]:
    return [line(" " * (INDENT + GAP)).append_text(each) for each in lines]


def walked(words: Words, walk: Walk) -> Iterator[tuple[str, str, str]]:
    """Yield day, text and style of each closed day, then of the open day reached or why there is none."""
    act_by = walk.act_by
    for closed in act_by.skipped:
        yield words.day(closed.day), closure(words, closed), ""
    if act_by.day is None:
        unknown = (act_by.skipped[-1].day if act_by.skipped else walk.begin).year
        yield "", words.say("closed", "unknown", year=unknown), WARN
        return
    yield words.day(act_by.day), words.say("explain", "act-by" if walk.objection else "last-open"), BOLD
    if act_by.forecast:
        yield "", words.say("closed", "forecast", year=walk.begin.year), WARN


def _walk_lines(words: Words, walk: Walk, width: int) -> Iterator[Text]:
    for day, text, style in walked(words, walk):
        yield from paragraph(f"{day}  {text}" if day else text, width, INDENT + GAP, style)


def closure(words: Words, closed: ClosedDay) -> str:
    """Return why an office is closed on a day, and by which provision."""
    basis = words.say("authority", f"closed-{closed.closure}")
    reason = words.closure(closed)
    return words.say("explain", "closed", reason=reason, authority=basis)


def _event_lines(words: Words, told: Told, width: int) -> Iterator[Text]:
    """Yield the day of an event and, beside or below it, what it did."""
    label = words.day(told.on)
    parts = [sentence(words, said) for said in told.said]
    yield from (
        line(" " * INDENT).append_text(each) for each in labelled(label, parts, cells(label), width - INDENT)
    )


def _list_lines(words: Words, name: str, said: Sequence[Said], width: int) -> Iterator[Text]:
    """Yield a heading and one point per sentence."""
    yield from paragraph(words.say("explain", name), width, style=BOLD)
    for each in said:
        yield from paragraph(words.say("explain", "item", text=sentence(words, each)), width)
