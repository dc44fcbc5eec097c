"""Commands that ask the register: how agreements stand, what is due, and why."""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from typing import Annotated

import typer

from kyotei.cli.options import AsOf, Form, Format, Home, Identifier, Lang, NoColor, Paths, session


def status(
    context: typer.Context,
    paths: Paths = None,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE")] = None,
    party: Annotated[str, typer.Option("--party", metavar="NAME", show_default=False)] = "",
    tag: Annotated[str, typer.Option("--tag", metavar="TAG", show_default=False)] = "",
    ended: Annotated[bool, typer.Option("--ended")] = False,
    stale: Annotated[str | None, typer.Option("--stale", metavar="LENGTH")] = None,
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (read before the commands are built: their help speaks it too)
    no_color: NoColor = False,
) -> int:
    """`kyotei status`."""
    from kyotei.commands.filters import Filters
    from kyotei.commands.status import status as run

    filters = Filters([*(state or []), *(["ended"] if ended else [])], party, tag, stale)
    opened = session(context, as_of, no_color=no_color)
    return opened.run(run, paths or [], filters, as_json=form is Form.JSON)


def deadlines(
    context: typer.Context,
    paths: Paths = None,
    within: Annotated[str, typer.Option("--within", metavar="LENGTH")] = "90d",
    missed: Annotated[str | None, typer.Option("--missed", metavar="LENGTH")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code")] = False,
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei deadlines`."""
    from kyotei.commands import deadlines as asked

    opened = session(context, as_of, no_color=no_color)
    run, length = (asked.missed, missed) if missed is not None else (asked.deadlines, within)
    return opened.run(run, paths or [], length, as_json=form is Form.JSON, exit_code=exit_code)


def show(
    context: typer.Context,
    identifier: Identifier,
    register: Home = None,
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei show`."""
    from kyotei.commands.show import show as run

    opened = session(context, as_of, no_color=no_color)
    return opened.run(run, identifier, register or [], as_json=form is Form.JSON)


def chain(
    context: typer.Context,
    identifier: Identifier,
    future: Annotated[int, typer.Option("--next", metavar="N", min=0, max=50)] = 3,
    register: Home = None,
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei chain`."""
    from kyotei.commands.chain import chain as run

    opened = session(context, as_of, no_color=no_color)
    return opened.run(run, identifier, register or [], future=future, as_json=form is Form.JSON)


def timeline(
    context: typer.Context,
    paths: Paths = None,
    identifiers: Annotated[list[str] | None, typer.Option("--id", metavar="ID")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE")] = None,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE")] = None,
    party: Annotated[str, typer.Option("--party", metavar="NAME", show_default=False)] = "",
    tag: Annotated[str, typer.Option("--tag", metavar="TAG", show_default=False)] = "",
    ended: Annotated[bool, typer.Option("--ended")] = False,
    stale: Annotated[str | None, typer.Option("--stale", metavar="LENGTH")] = None,
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei timeline`."""
    from kyotei.commands.filters import Filters
    from kyotei.commands.timeline import Asked
    from kyotei.commands.timeline import timeline as run

    filters = Filters([*(state or []), *(["ended"] if ended else [])], party, tag, stale)
    opened = session(context, as_of, no_color=no_color)
    asked = Asked(identifiers or [], filters, first, last)
    return opened.run(run, paths or [], asked, as_json=form is Form.JSON)


def explain(
    context: typer.Context,
    identifier: Identifier,
    register: Home = None,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei explain`."""
    from kyotei.commands.explain import explain as run

    return session(context, as_of, no_color=no_color).run(run, identifier, register or [])
