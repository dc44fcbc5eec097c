"""What `kyotei import` answers: how columns were read, which files came of it, what became of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.diagnostics import Severity
from kyotei.importing.mended import reason
from kyotei.render.findings import STYLES
from kyotei.render.grid import Cell, Column, Line, table_or_records
from kyotei.render.screen import BOLD, DIM, WARN
from kyotei.text import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.importing import columns
    from kyotei.importing.imported import Imported
    from kyotei.importing.outcomes import Made
    from kyotei.messages import Words
    from kyotei.render.screen import Screen


def mapping_page(screen: Screen, told: Imported) -> str:
    """Return which column was read as what, and how to say otherwise."""
    words, headed = screen.words, told.headed
    titles = [Column(words.say("import", name)) for name in ("column", "heading", "field")]
    rows = [_mapping_row(words, column, told) for column in headed.columns]
    values = {"sheet": shown(headed.sheet.name), "row": headed.first, "file": shown(told.file)}
    head = words.say("import", "mapping" if headed.sheet.name else "mapping-csv", **values)
    parts = [Text(head, BOLD), Text(""), *table_or_records(titles, rows, screen.width)]
    if any(not column.field for column in headed.columns):
        parts += [Text(""), Text(words.say("import", "mapping-hint"), DIM)]
    return screen.draw(*parts, Text(""))


def _mapping_row(words: Words, column: columns.Column, told: Imported) -> list[Cell]:
    heading = one_line(column.heading) or words.say("import", "no-heading")
    return [(Line(column.letters),), (Line(heading, folds=True),), (_field(words, column, told),)]


def _field(words: Words, column: columns.Column, told: Imported) -> Line:
    if column.beside:
        return Line(words.say("import", "field-beside", heading=one_line(column.beside)), DIM, folds=True)
    if column.field in {"ignore", "computed"}:
        return Line(words.say("import", f"field-{column.field}"), DIM, folds=True)
    if column.field:
        return Line(column.field)
    name = "field-unknown-kept" if told.keeps_unknown else "field-unknown"
    return Line(words.say("import", name), WARN, folds=True)


def made_page(screen: Screen, told: Imported) -> str:
    """Return the files that came, or would come, of the list; empty without any."""
    words = screen.words
    if not told.made:
        return ""
    names = ("row", "agreement", "parties", "signed", "term", "look")
    titles = [Column(words.say("import", name), _LEAST.get(name, 0)) for name in names]
    head = words.counted("import", "would-make" if told.dry_run else "made", len(told.made))
    rows = [_made_row(words, made) for made in told.made]
    return screen.draw(Text(head, BOLD), Text(""), *table_or_records(titles, rows, screen.width))


_LEAST = {"agreement": 20, "parties": 12, "look": 12}


def _made_row(words: Words, made: Made) -> list[Cell]:
    agreement = made.entry.agreement
    look = [words.counted("import", "checks", len(made.checks))] if made.checks else []
    look += [one.code for one in made.warnings]
    return [
        (Line(str(made.row)),),
        (Line(agreement.id, BOLD), Line(one_line(agreement.title), folds=True)),
        tuple(
            Line(f"{one_line(party.role)} {one_line(party.name)}", folds=True) for party in agreement.parties
        ),
        (Line(agreement.signed.isoformat()),),
        tuple(_term(words, made)),
        tuple(Line(each, WARN, folds=True) for each in dict.fromkeys(look)),
    ]


def _term(words: Words, made: Made) -> Iterator[Line]:
    """Say the term and the renewal in few words, as the file has them."""
    term, renewal = made.entry.agreement.term, made.entry.agreement.renewal
    start = words.say("import", "signing") if term.start == "signing" else term.start.isoformat()
    if term.length is not None:
        end = words.length(term.length)
    else:
        end = words.say("status", "no-end") if term.end == "indefinite" else f"{term.end}"
    yield Line(start)
    yield Line(words.say("status", "until", end=end))
    if renewal is not None:
        length = words.length(renewal.length) if renewal.length else str(renewal.to or "")
        yield Line(f"{words.say('import', f'renewal-{renewal.mode}')} {length}".strip(), folds=True)


def told_page(screen: Screen, told: Imported) -> str:
    """Return the problems and what is to be looked at, a line each, and the rows that were passed over."""
    parts = [*_problems(screen.words, told), *_looks(screen.words, told), *_passed(screen.words, told)]
    return screen.draw(*parts) if parts else ""


def _problems(words: Words, told: Imported) -> Iterator[Text]:
    for failed in told.failed:
        for problem in failed.problems:
            said = shown(reason(words, problem))
            yield _line(told.place(problem.origin, failed.row), Severity.ERROR, said)


def _looks(words: Words, told: Imported) -> Iterator[Text]:
    """Yield what is to be looked at: each doubt once, with the rows that have it, and the rules' warnings."""
    for made in told.made:
        for fact in made.draft.facts:
            if fact.check:
                said = shown(words.say(fact.check.section, fact.check.name, **fact.check.values))
                place = told.place(fact.origin, made.row)
                yield _line(place, Severity.WARNING, f"{made.entry.agreement.id}: {said}")
        for found in made.warnings:
            said = f"{made.entry.agreement.id}: {found.code} {shown(words.finding(found))}"
            yield _line(told.place(None, made.row), Severity.WARNING, said)


def _passed(words: Words, told: Imported) -> Iterator[Text]:
    for why in ("total", "remark", "heading", "nothing"):
        rows = [str(one.row) for one in told.passed if one.why == why]
        if rows:
            yield Text(words.say("import", f"passed-{why}", rows=", ".join(rows)), DIM)


def _line(place: str, severity: Severity, said: str) -> Text:
    line = Text(f"{shown(place)}: ", BOLD, no_wrap=True)
    line.append(severity, STYLES[severity])
    line.append(f" {said}", "not bold")
    return line


def summary(words: Words, told: Imported) -> str:
    """Return how many rows became what; the four counts make all rows."""
    rows = len(told.made) + len(told.existing) + len(told.failed)
    values = {
        "made": words.counted("import", "count-would" if told.dry_run else "count-made", len(told.made)),
        "existing": words.counted("import", "count-existing", len(told.existing)),
        "failed": words.counted("import", "count-failed", len(told.failed)),
        "checks": words.counted("import", "count-checks", sum(bool(made.checks) for made in told.made)),
    }
    return words.counted("import", "summary", rows, **values)
