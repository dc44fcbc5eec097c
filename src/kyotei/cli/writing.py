"""Commands that write: into the register, or a letter."""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kyotei.cli.options import AsOf, Home, Identifier, Lang, NoColor, session


class LetterForm(StrEnum):
    """How a letter is written."""

    MARKDOWN = "markdown"
    TEXT = "text"


class DraftForm(StrEnum):
    """How a draft is written."""

    YAML = "yaml"
    JSON = "json"


def record(
    context: typer.Context,
    identifier: Identifier,
    kind: Annotated[str, typer.Argument(metavar="TYPE")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="ROLE|ID")] = None,
    arrived: Annotated[str | None, typer.Option("--arrived", metavar="DATE")] = None,
    accepted: Annotated[bool, typer.Option("--accepted")] = False,
    effective: Annotated[str | None, typer.Option("--effective", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    length: Annotated[str | None, typer.Option("--length", metavar="LENGTH")] = None,
    change: Annotated[list[str] | None, typer.Option("--change", metavar="CLAUSE.KEY=VALUE")] = None,
    changed_party: Annotated[str | None, typer.Option("--party", metavar="ROLE")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME")] = None,
    representative: Annotated[str | None, typer.Option("--representative", metavar="OFFICE")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="TEXT")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    register: Home = None,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei record`."""
    from kyotei.commands.record import Request
    from kyotei.commands.record import record as run

    given = {
        "on": on,
        "by": by,
        "arrived": arrived,
        "accepted": "true" if accepted else None,
        "effective": effective,
        "until": until,
        "length": length,
        "party": changed_party,
        "name": name,
        "representative": representative,
        "note": note,
        "source": source,
    }
    fields = {key: text for key, text in given.items() if text is not None}
    request = Request(identifier, kind, fields, change or [], dry_run)
    return session(context, as_of, no_color=no_color).run(run, request, register or [])


def letter(
    context: typer.Context,
    identifier: Identifier,
    sender: Annotated[str, typer.Option("--by", metavar="ROLE", show_default=False)] = "",
    dated: Annotated[str | None, typer.Option("--on", metavar="DATE")] = None,
    arrives: Annotated[str | None, typer.Option("--arrives", metavar="DATE")] = None,
    ends: Annotated[str | None, typer.Option("--ends", metavar="DATE")] = None,
    number: Annotated[str, typer.Option("--number", metavar="TEXT", show_default=False)] = "",
    letter_form: Annotated[LetterForm | None, typer.Option("--format")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    register: Home = None,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei letter`."""
    from kyotei.commands.letter import Request
    from kyotei.commands.letter import letter as run

    given = {"on": dated, "by": sender or None, "arrived": arrives}
    fields = {key: text for key, text in given.items() if text is not None}
    form = None if letter_form is None else letter_form.value
    request = Request(identifier, fields, ends, number, form, output, force)
    return session(context, as_of, no_color=no_color).run(run, request, register or [])


def new(
    context: typer.Context,
    identifier: Identifier,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", show_default=False)] = "",
    signed: Annotated[str, typer.Option("--signed", metavar="DATE", show_default=False)] = "",
    draft_party: Annotated[list[str] | None, typer.Option("--party", metavar="ROLE=NAME")] = None,
    register: Home = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei new`."""
    from kyotei.commands.new import Draft
    from kyotei.commands.new import new as run

    draft = Draft(identifier, title, signed, tuple(draft_party or ()))
    return session(context, None, no_color=no_color).run(run, draft, register or [])


def draft(
    context: typer.Context,
    text_file: Annotated[str, typer.Argument(metavar="FILE|-")],
    target: Annotated[str, typer.Option("--output", "-o", metavar="FILE", show_default=False)] = "",
    draft_id: Annotated[str, typer.Option("--id", metavar="ID", show_default=False)] = "",
    draft_form: Annotated[DraftForm, typer.Option("--format")] = DraftForm.YAML,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei draft`."""
    from kyotei.commands.draft import Request
    from kyotei.commands.draft import draft as run

    request = Request(text_file, draft_id, target, draft_form.value)
    return session(context, None, no_color=no_color).run(run, request)
