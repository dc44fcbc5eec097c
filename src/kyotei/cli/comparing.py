"""The command that compares two states of the register."""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kyotei.cli.options import AsOf, Home, Lang, NoColor, session


class DifferenceForm(StrEnum):
    """How a difference is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="[OLD]")] = "HEAD",
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", show_default=False)] = None,
    register: Home = None,
    exit_if_moved: Annotated[bool, typer.Option("--exit-code")] = False,
    form: Annotated[DifferenceForm, typer.Option("--format")] = DifferenceForm.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei diff`."""
    from kyotei.commands.diff import diff as run

    opened = session(context, as_of, no_color=no_color)
    return opened.run(run, (old, new), register or [], form=form.value, exit_code=exit_if_moved)
