"""The help pages, and what is wrong with a command line, in the user's language: typer knows only English.

Commands, options and refusals arrive as objects of typer. Their classes are private: they go by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.text import cells, nearest, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyotei.messages import Words

Row = tuple[str, str]

_LEFT = 24
"""Columns of a help page for the names; a longer name stands on a line of its own."""


def help_page(words: Words, command: Any, context: Any, names: Iterable[str], width: int) -> str:  # noqa: ANN401 (typer's objects)
    """Return the help of a command: usage, what it does, arguments and options, the commands named."""
    usage = f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    found = [words.say("usage", "usage", usage=usage), "", *_indented(wrapped(command.help, width - 2), 2)]
    params = command.get_params(context)
    for kind in ("argument", "option"):
        rows = [_row(words, one, context) for one in params if one.param_type_name == kind]
        found += _section(words, f"{kind}s", rows, width)
    rows = [(name, words.say("summary", name)) for name in names]
    return "\n".join([*found, *_section(words, "commands", rows, width)]) + "\n"


def _section(words: Words, name: str, rows: Sequence[Row], width: int) -> list[str]:
    return ["", words.say("usage", name), *_table(rows, width)] if rows else []


def _row(words: Words, param: Any, context: Any) -> Row:  # noqa: ANN401 (as above)
    """Return a parameter's names and its sentence, with its variable and its default."""
    names, _ = param.get_help_record(context)
    sentence = param.help
    if param.envvar:
        sentence += words.say("usage", "variable", name=param.envvar)
    if param.default not in {None, False, ""}:
        sentence += words.say("usage", "default", value=param.default)
    return names, sentence


def _table(rows: Sequence[Row], width: int) -> list[str]:
    found: list[str] = []
    for names, sentence in rows:
        first, *more = wrapped(sentence, width - _LEFT)
        left = f"  {names}  "
        if cells(left) > _LEFT:
            found.append(left.rstrip())
            left = ""
        found += [f"{left}{' ' * (_LEFT - cells(left))}{first}", *_indented(more, _LEFT)]
    return found


def _indented(found: Iterable[str], columns: int) -> list[str]:
    return [f"{' ' * columns}{line}" for line in found]


def misuse(words: Words, refused: Any) -> str:  # noqa: ANN401 (as above)
    """Return what is wrong with a command line, in one sentence, and which page helps."""
    name, values = _named(refused)
    command = refused.ctx.command_path if getattr(refused, "ctx", None) else "kyotei"
    sentence = words.say("usage", name, **values)
    if near := values.get("near"):
        sentence += words.say("finding", "near", near=near)
    return words.say("usage", "wrong", command=command, problem=sentence)


def _named(refused: Any) -> tuple[str, dict[str, str]]:  # noqa: ANN401 (as above)
    """Name a refusal by a sentence of ours, with its values; one that we do not know speaks for itself."""
    match type(refused).__name__:
        case "NoSuchOption":
            near = next(iter(refused.possibilities or ()), "")
            return "option-unknown", {"option": refused.option_name, "near": near}
        case "BadOptionUsage":
            name = "value-missing" if "requires" in refused.message else "value-unwanted"
            return name, {"option": refused.option_name}
        case "MissingParameter":
            return "argument-missing", {"name": refused.param.metavar}
        case "BadParameter":
            return _value(refused.param, refused.message)
        case "UsageError":
            return "argument-unwanted", {"text": refused.message.partition("(s) (")[2].removesuffix(")")}
    return "other", {"problem": str(refused)}


def _value(param: Any, problem: str) -> tuple[str, dict[str, str]]:  # noqa: ANN401 (as above)
    names = f"{param.opts[0]} ({param.envvar})" if param.envvar else param.opts[0]
    if choices := getattr(param.type, "choices", None):
        return "choice", {"option": names, "allowed": ", ".join(str(choice) for choice in choices)}
    if (least := getattr(param.type, "min", None)) is not None:
        return "range", {"option": names, "least": str(least), "most": str(param.type.max)}
    return "other", {"problem": problem}


def unknown_command(words: Words, name: str, known: Sequence[str]) -> str:
    """Return that there is no such command, with the one that was perhaps meant."""
    near = nearest(name, known)
    sentence = words.say("usage", "command-unknown", name=name)
    sentence += words.say("finding", "near", near=near) if near else ""
    return words.say("usage", "wrong", command="kyotei", problem=sentence)
