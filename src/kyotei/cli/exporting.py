"""The command that writes the register for other programs."""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kyotei.cli.options import AsOf, Lang, NoColor, Paths, session


class JsonForm(StrEnum):
    """The two forms of JSON."""

    JSON = "json"
    JSONL = "jsonl"


def export(
    context: typer.Context,
    export_form: Annotated[str, typer.Argument(metavar="FORMAT", show_default=False)],
    paths: Paths = None,
    export_file: Annotated[str, typer.Option("--output", "-o", metavar="FILE", show_default=False)] = "",
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE")] = None,
    party: Annotated[str, typer.Option("--party", metavar="NAME", show_default=False)] = "",
    tag: Annotated[str, typer.Option("--tag", metavar="TAG", show_default=False)] = "",
    ended: Annotated[bool, typer.Option("--ended")] = False,
    stale: Annotated[str | None, typer.Option("--stale", metavar="LENGTH")] = None,
    remind: Annotated[str, typer.Option("--remind", metavar="LENGTHS", show_default=False)] = "",
    public: Annotated[bool, typer.Option("--public")] = False,
    json_form: Annotated[JsonForm | None, typer.Option("--format")] = None,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (read before the commands are built: their help speaks it too)
    no_color: NoColor = False,
) -> int:
    """`kyotei export`."""
    from kyotei.commands.export import Request
    from kyotei.commands.export import export as run
    from kyotei.commands.filters import Filters

    filters = Filters([*(state or []), *(["ended"] if ended else [])], party, tag, stale)
    request = Request(export_form, json_form.value if json_form else None, export_file, remind, public)
    return session(context, as_of, no_color=no_color).run(run, request, paths or [], filters)
