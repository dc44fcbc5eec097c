"""The rules as Markdown (docs/rules.md) and as JSON: both made of the table of codes and the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.codes import GROUPS, IGNORABLE, RULES
from kyotei.diagnostics import Severity
from kyotei.messages import Language, rule_pages
from kyotei.rules import DAY_RULES, codes
from kyotei.shapes import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.messages import Words

EXAMPLES = "../tests/examples/rules/{code}/"
"""The folder of a rule's examples, as seen from docs/."""


def rules_shape(words: Words, levels: Mapping[str, str]) -> dict[str, Any]:
    """Return every rule with its page; `level` is what kyotei.toml makes of its severity."""
    pages = rule_pages(words.language)
    rules = [
        {"code": code, "severity": severity, "level": levels.get(code, severity), **pages[code]}
        for code, severity in RULES.items()
    ]
    return {"schema_version": SCHEMA_VERSION, "rules": rules}


def rules_markdown(words: Words) -> str:
    """Return the document of all rules; it depends on nothing but the language."""
    return (
        "\n".join([f"# {words.say('rules', 'title')}", "", words.say("rules", "intro"), *_body(words)]) + "\n"
    )


def off(words: Words, code: str) -> str:
    """Say how to switch a rule off, or that it cannot be."""
    if RULES[code] is Severity.ERROR:
        return words.say("rules", "off-never")
    return words.say("rules", "off-warning" if code in IGNORABLE else "off-register", code=code)


def sections(words: Words, code: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a rule's page below its title, each with its heading."""
    page = rule_pages(words.language)[code]
    parts = {
        "why": page["why"],
        "mend": page["mend"],
        "when": words.say("rules", "day") if code in codes(DAY_RULES) else "",
        "off": off(words, code),
        "source": page.get("source", ""),
    }
    yield from ((words.say("rules", name), text) for name, text in parts.items() if text)


def _body(words: Words) -> Iterator[str]:
    (other,) = set(Language) - {words.language}
    for group, rules in GROUPS.items():
        yield from ("", f"## {words.say('rules', group)}")
        for code, severity in rules.items():
            titles = (rule_pages(language)[code]["title"] for language in (words.language, other))
            yield from ("", f"### {code}", "", f"`{severity}` · {' · '.join(titles)}")
            for heading, text in sections(words, code):
                yield from ("", f"**{heading}:** {text}")
            yield from ("", words.say("rules", "examples", folder=EXAMPLES.format(code=code)))
