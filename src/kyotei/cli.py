"""The commands and their options: wiring only. The one home of typer.

No prose stands here: `localized` gives every command and option its sentence in the user's language. What a
command needs is imported when it runs, so that `--help` and `--version` stay quick.
"""
# A command has as many arguments as it has options, flags among them, and imports what it needs when it runs:
# ruff: noqa: FBT002, PLC0415, PLR0913, PLR0917

from __future__ import annotations

from enum import StrEnum
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kyotei import __version__
from kyotei.output import STDERR, write
from kyotei.text import shown
from kyotei.usage import help_page, misuse, unknown_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.commands.session import Session
    from kyotei.messages import Words

WRONG_USE = 2
WIDEST_HELP = 100
"""Columns beyond which a help page is harder to read."""


class _Command(TyperCommand):
    """A command whose help speaks the user's language and is written whole, as every answer is."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 (typer's own copy of click has no public types)
        return _page(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 (as above)
        return _asking(super().get_help_option(ctx), ctx)


class _Commands(TyperGroup):
    """All commands, likewise."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 (as above)
        return _page(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 (as above)
        return _asking(super().get_help_option(ctx), ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 (as above)
        if args[0] not in self.commands and not ctx.resilient_parsing:
            raise typer.TyperException(unknown_command(ctx.obj, args[0], list(self.commands)))
        return super().resolve_command(ctx, args)


def _page(command: object, context: Any) -> str:  # noqa: ANN401 (as above)
    return help_page(context.obj, command, context, min(get_terminal_size().columns, WIDEST_HELP))


def _asking(option: Any, context: Any) -> Any:  # noqa: ANN401 (as above)
    """Make typer's help option ours."""
    option.help, option.callback = context.obj.say("option", "help"), _help
    return option


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # with markup, the help would import rich
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(args: Sequence[str], words: Words) -> int:
    """Run a command line and return the exit status; what is wrong with it is said on stderr."""
    try:
        status = localized(words).main(args, prog_name="kyotei", standalone_mode=False, obj=words)
    except typer.TyperException as refused:
        write(_refusal(refused, words), STDERR)
        return WRONG_USE
    return int(status or 0)


def _refusal(refused: typer.TyperException, words: Words) -> str:
    """Return the sentence for a refused command line; without any word on it, the help page is the answer."""
    if type(refused).__name__ == "NoArgsIsHelpError":
        return str(refused)
    ours = type(refused) is typer.TyperException
    return shown(str(refused) if ours else misuse(words, refused)) + "\n"


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"


class FindingsForm(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class DifferenceForm(StrEnum):
    """How a difference is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class RulesForm(StrEnum):
    """How the rules are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


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


def _help(context: typer.Context, _: object, wanted: bool) -> None:  # noqa: FBT001 (as above)
    if wanted and not context.resilient_parsing:
        write(context.get_help())
        raise typer.Exit


@app.callback()
def kyotei(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version)] = False,
    lang: Lang = None,
) -> None:
    """Hold the options that may come before a command."""


@app.command(cls=_Command)
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
    from kyotei.commands.status import Filters
    from kyotei.commands.status import status as run

    filters = Filters([*(state or []), *(["ended"] if ended else [])], party, tag, stale)
    session = _session(context, as_of, no_color=no_color)
    return session.run(run, paths or [], filters, as_json=form is Form.JSON)


@app.command(cls=_Command)
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

    session = _session(context, as_of, no_color=no_color)
    run, length = (asked.missed, missed) if missed is not None else (asked.deadlines, within)
    return session.run(run, paths or [], length, as_json=form is Form.JSON, exit_code=exit_code)


@app.command(cls=_Command)
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

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, paths or [], form=form.value, strict=strict)


@app.command(cls=_Command)
def rules(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="[CODE]", show_default=False)] = "",
    form: Annotated[RulesForm, typer.Option("--format")] = RulesForm.TEXT,
    lang: Lang = None,  # noqa: ARG001 (as above)
    no_color: NoColor = False,
) -> int:
    """`kyotei rules`."""
    from kyotei.commands.rules import rules as run

    return _session(context, None, no_color=no_color).run(run, code, form=form.value)


@app.command(cls=_Command)
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


@app.command(cls=_Command)
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


@app.command(cls=_Command)
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


@app.command(cls=_Command)
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
    return _session(context, as_of, no_color=no_color).run(run, request, register or [])


@app.command(cls=_Command)
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
    return _session(context, None, no_color=no_color).run(run, draft, register or [])


@app.command(cls=_Command)
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

    session = _session(context, as_of, no_color=no_color)
    return session.run(run, (old, new), register or [], form=form.value, exit_code=exit_if_moved)


@app.command(cls=_Command)
def schema(lang: Lang = None) -> int:  # noqa: ARG001 (as above)
    """`kyotei schema`."""
    from kyotei.commands.schema import schema as run

    return run()


def localized(words: Words) -> Any:  # noqa: ANN401 (as above)
    """Return the command line with every help text in the language of `words`."""
    command = typer.main.get_command(app)
    for each in (command, *getattr(command, "commands", {}).values()):
        name = each.name or "kyotei"
        each.help, each.short_help = words.say("help", name), words.say("summary", name)
        for option in each.params:
            option.help = words.say("option", option.name)
    return command
