"""The command that takes in a list."""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kyotei.cli.options import Form, Format, Home, Lang, NoColor, session


class Unknown(StrEnum):
    """What becomes of columns that nobody reads."""

    IGNORE = "ignore"
    NOTES = "notes"
    REFUSE = "refuse"


class Ids(StrEnum):
    """How ids are made."""

    ROMAJI = "romaji"
    NUMBER = "number"


def import_list(
    context: typer.Context,
    list_file: Annotated[str, typer.Argument(metavar="FILE")],
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME")] = None,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="HEADING=FIELD")] = None,
    map_file: Annotated[str | None, typer.Option("--map-file", metavar="FILE")] = None,
    unknown: Annotated[Unknown, typer.Option("--unknown")] = Unknown.IGNORE,
    defaults: Annotated[list[str] | None, typer.Option("--default", metavar="FIELD=VALUE")] = None,
    own: Annotated[str | None, typer.Option("--self", metavar="NAME")] = None,
    ids: Annotated[Ids | None, typer.Option("--ids")] = None,
    errors: Annotated[str | None, typer.Option("--errors", metavar="FILE.csv")] = None,
    strict_import: Annotated[bool, typer.Option("--strict")] = False,
    dry_import: Annotated[bool, typer.Option("--dry-run")] = False,
    register: Home = None,
    form: Format = Form.TABLE,
    lang: Lang = None,  # noqa: ARG001 (read before the commands are built: their help speaks it too)
    no_color: NoColor = False,
) -> int:
    """`kyotei import`, for which Python has no name."""
    from kyotei.commands.importing import Request
    from kyotei.commands.importing import import_list as run

    request = Request(
        file=list_file,
        sheet=sheet,
        maps=maps or (),
        map_file=map_file,
        unknown=unknown.value,
        defaults=defaults or (),
        own=own,
        ids=ids.value if ids else None,
        errors=errors,
        strict=strict_import,
        dry_run=dry_import,
        as_json=form is Form.JSON,
    )
    return session(context, None, no_color=no_color).run(run, request, register or [])
