"""The command line: which commands there are, their help, and what is wrong with a line. The home of typer.

No prose stands here: every command and option gets its sentence in the user's language. A command is built
when it is called, and what it needs is imported when it runs, so that `--help` and completion stay quick.
"""

from __future__ import annotations

from importlib import import_module
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kyotei import __version__
from kyotei.cli.options import Lang  # noqa: TC001 (typer reads the annotation when it runs)
from kyotei.output import STDERR, write
from kyotei.text import shown
from kyotei.usage import help_page, misuse, unknown_command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.messages import Words

COMMANDS = {
    "status": "asking",
    "deadlines": "asking",
    "validate": "judging",
    "rules": "judging",
    "show": "asking",
    "chain": "asking",
    "explain": "asking",
    "timeline": "asking",
    "record": "writing",
    "letter": "writing",
    "new": "writing",
    "draft": "writing",
    "import": "importing",
    "diff": "comparing",
    "export": "exporting",
    "schema": "judging",
}
"""The commands, as the help lists them, and the module here that holds the function of that name."""
_FUNCTIONS = {"import": "import_list"}
"""Commands that Python keeps the name of for itself."""

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
    """All commands, likewise; each is built when it is asked for."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 (as above)
        return _page(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 (as above)
        return _asking(super().get_help_option(ctx), ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 (as above)
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 (as above)
        built = command(cmd_name) if cmd_name in COMMANDS else None
        if built is not None and ctx.resilient_parsing:  # a shell completes, and shows what is said of each
            _explain(built, ctx.obj)
        return built

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 (as above)
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise typer.TyperException(unknown_command(ctx.obj, args[0], list(COMMANDS)))
        return super().resolve_command(ctx, args)


def _page(asked: Any, context: Any) -> str:  # noqa: ANN401 (as above)
    _explain(asked, context.obj)
    names = asked.list_commands(context) if isinstance(asked, _Commands) else []
    width = min(get_terminal_size().columns, WIDEST_HELP)
    return help_page(context.obj, asked, context, names, width)


def _asking(option: Any, context: Any) -> Any:  # noqa: ANN401 (as above)
    """Make typer's help option ours."""
    option.help, option.callback = context.obj.say("option", "help"), _help
    return option


def _help(context: typer.Context, _: object, wanted: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if wanted and not context.resilient_parsing:
        write(context.get_help())
        raise typer.Exit


def _version(wanted: bool) -> None:  # noqa: FBT001 (as above)
    if wanted:
        write(f"kyotei {__version__}\n")
        raise typer.Exit


def _kyotei(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version)] = False,  # noqa: FBT002 (a flag)
    lang: Lang = None,
) -> None:
    """Hold the options that may come before a command."""


def run(args: Sequence[str], words: Words) -> int:
    """Run a command line and return the exit status; what is wrong with it is said on stderr."""
    try:
        status = _line().main(args, prog_name="kyotei", standalone_mode=False, obj=words)
    except typer.TyperException as refused:
        write(_refusal(refused, words), STDERR)
        return WRONG_USE
    return int(status or 0)


def _line() -> Any:  # noqa: ANN401 (as above)
    """Return what reads a command line."""
    app = typer.Typer(cls=_Commands, no_args_is_help=True, **_SETTINGS)
    app.callback()(_kyotei)
    return typer.main.get_command(app)


def command(name: str) -> Any:  # noqa: ANN401 (as above)
    """Return one command."""
    app = typer.Typer(add_completion=False, **_SETTINGS)
    module = import_module(f"kyotei.cli.{COMMANDS[name]}")
    app.command(name, cls=_Command)(getattr(module, _FUNCTIONS.get(name, name)))
    return typer.main.get_command(app)


_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,  # with markup, the help would import rich
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def _explain(built: Any, words: Words) -> None:  # noqa: ANN401 (as above)
    """Give a command and its options their sentences; few runs need them."""
    built.help = words.say("help", built.name or "kyotei")
    for option in built.params:
        option.help = words.say("option", option.name)


def _refusal(refused: typer.TyperException, words: Words) -> str:
    """Return the sentence for a refused command line; without any word on it, the help page is the answer."""
    if type(refused).__name__ == "NoArgsIsHelpError":
        return str(refused)
    ours = type(refused) is typer.TyperException
    return shown(str(refused) if ours else misuse(words, refused)) + "\n"
