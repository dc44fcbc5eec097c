"""Commands that judge the register, and say by which rules."""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kyotei.cli.options import AsOf, Lang, NoColor, Paths, session


class FindingsForm(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class RulesForm(StrEnum):
    """How the rules are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def validate(
    context: typer.Context,
    paths: Paths = None,
    staged: Annotated[bool, typer.Option("--staged")] = False,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    form: Annotated[FindingsForm, typer.Option("--format")] = FindingsForm.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei validate`."""
    if staged:
        from kyotei.commands.staged import staged as run
    else:
        from kyotei.commands.validate import validate as run

    opened = session(context, as_of, no_color=no_color)
    return opened.run(run, paths or [], form=form.value, strict=strict)


def rules(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="[CODE]", show_default=False)] = "",
    form: Annotated[RulesForm, typer.Option("--format")] = RulesForm.TEXT,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei rules`."""
    from kyotei.commands.rules import rules as run

    return session(context, None, no_color=no_color).run(run, code, form=form.value)


def schema(lang: Lang = None) -> int:  # noqa: ARG001 (as above)
    """`kyotei schema`."""
    from kyotei.commands.schema import schema as run

    return run()
