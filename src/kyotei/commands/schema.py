"""`kyotei schema`: the JSON Schema of an agreement's file, in both languages at once."""

from __future__ import annotations

from kyotei.commands.session import FINE, write_json
from kyotei.messages import Language, words
from kyotei.schema import agreement_schema


def schema() -> int:
    """Print the schema; its descriptions say the same in Japanese and in English."""
    write_json(agreement_schema(_described))
    return FINE


def _described(name: str) -> str:
    return " / ".join(words(language).say("schema", name) for language in Language)
