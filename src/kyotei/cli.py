"""The commands and their options: wiring only. The one home of typer.

No prose stands here: `localized` gives every command and option its sentence in the user's language. What a
command needs is imported when it runs, so that `--help` and `--version` stay quick.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kyotei import __version__
from kyotei.output import write

if TYPE_CHECKING:
    from kyotei.commands.session import Session
    from kyotei.messages import Words

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,  # with markup, the help would import rich
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"


class FindingsForm(StrEnum):
    """How findings are written."""

    TEXT = "text"
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


def _session(context: typer.Context, as_of: str | None, *, no_color: bool) -> Session:
    from kyotei.commands.session import Session

    return Session(context.obj, as_of, no_color)


def _version(wanted: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if wanted:
        write(f"kyotei {__version__}\n")
        raise typer.Exit


@app.callback()
def kyotei(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version)] = False,  # noqa: ARG001, FBT002
) -> None:
    """Hold the options that come before a command."""


@app.command()
def status(
    context: typer.Context,
    paths: Paths = None,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE")] = None,
    party: Annotated[str, typer.Option("--party", metavar="NAME", show_default=False)] = "",
    tag: Annotated[str, typer.Option("--tag", metavar="TAG", show_default=False)] = "",
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (read before the commands are built: their help speaks it too)
    no_color: NoColor = False,
) -> int:
    """`kyotei status`."""
    from kyotei.commands.status import status as run

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, paths or [], as_json=form is Form.JSON, states=state or [], party=party, tag=tag)


@app.command()
def deadlines(
    context: typer.Context,
    paths: Paths = None,
    within: Annotated[str, typer.Option("--within", metavar="LENGTH")] = "90d",
    exit_code: Annotated[bool, typer.Option("--exit-code")] = False,
    form: Format = Form.TABLE,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei deadlines`."""
    from kyotei.commands.deadlines import deadlines as run

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, paths or [], within, as_json=form is Form.JSON, exit_code=exit_code)


@app.command()
def validate(
    context: typer.Context,
    paths: Paths = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    form: Annotated[FindingsForm, typer.Option("--format")] = FindingsForm.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei validate`."""
    from kyotei.commands.validate import validate as run

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, paths or [], as_json=form is FindingsForm.JSON, strict=strict)


@app.command()
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

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, identifier, register or [], as_json=form is Form.JSON)


@app.command()
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

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, identifier, register or [], future=future, as_json=form is Form.JSON)


@app.command()
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

    return _session(context, as_of, no_color=no_color).run(run, identifier, register or [])


@app.command()
def schema(lang: Lang = None) -> int:  # noqa: ARG001 (as above)
    """`kyotei schema`."""
    from kyotei.commands.schema import schema as run

    return run()


def localized(words: Words) -> Any:  # noqa: ANN401 (typer's own copy of click has no public types)
    """Return the command line with every help text in the language of `words`."""
    command = typer.main.get_command(app)
    for each in (command, *getattr(command, "commands", {}).values()):
        name = each.name or "kyotei"
        each.help, each.short_help = words.say("help", name), words.say("summary", name)
        for option in each.params:
            option.help = words.say("option", option.name)
    return command
