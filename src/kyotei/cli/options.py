"""The options that several commands share, and the run that a command line asks for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kyotei.commands.session import Session


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"


class Spoken(StrEnum):
    """The languages of the product."""

    JA = "ja"
    EN = "en"


Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", show_default=False)]
Identifier = Annotated[str, typer.Argument(metavar="ID")]
Home = Annotated[list[str] | None, typer.Option("--register", "-r", metavar="PATH")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", envvar="KYOTEI_AS_OF")]
Lang = Annotated[Spoken | None, typer.Option("--lang", envvar="KYOTEI_LANG")]
NoColor = Annotated[bool, typer.Option("--no-color")]
Format = Annotated[Form, typer.Option("--format")]


def session(context: typer.Context, as_of: str | None, *, no_color: bool) -> Session:
    """Return the run of a command, in the language of the command line."""
    from kyotei.commands.session import Session  # noqa: PLC0415 (help pages need none)

    return Session(context.obj, as_of, no_color)
