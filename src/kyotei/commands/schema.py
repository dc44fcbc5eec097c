"""`kyotei schema`: the JSON Schema of an agreement's file, in both languages at once."""

from __future__ import annotations

from kyotei.commands.session import FINE, write_json
from kyotei.messages import Language, rule_pages, words
from kyotei.schema import agreement_schema


def schema() -> int:
    """Print the schema; its descriptions say the same in Japanese and in English."""
    write_json(agreement_schema(_described))
    return FINE


def _described(name: str) -> str:
    return " / ".join(_told(language, name) for language in Language)


def _told(language: Language, name: str) -> str:
    kind, _, code = name.partition(".")
    return rule_pages(language)[code]["title"] if kind == "rule" else words(language).say("schema", name)
