"""The JSON Schema of an agreement's file: what editors show, and what check-jsonschema holds a file to.

Made from the model. `$schema` names draft 2020-12, yet every keyword is one that draft-07 has too, as many
editors know no later draft. Editors read YAML with its types, kyotei reads every scalar as text: what kyotei
accepts, the schema accepts in whatever type YAML makes of it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from kyotei.codes import IGNORABLE
from kyotei.model import ID_PATTERN, Agreement, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "urn:kyotei:schema:agreement:1"
_REFERENCE = "#/definitions/"

# The patterns let through all that the readers in `dates` accept, and refuse what a short one can: an editor
# shows the pattern as its message. A text with a rarer sign (full-width, ㋿, 〇) is left to the readers.
_RARE = r"[^\s!-~ぁ-ヿ一-鿿]"
_KANJI = "一二三四五六七八九十百千"
_MONTH_DAY = "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_DATE = rf"[12][0-9]{{3}}-{_MONTH_DAY}|[MTSHRmtshr]\s*[0-9]+\s*[./-][\s0-9./-]+"
_JAPANESE_DATE = rf"[元{_KANJI}]|[0-9]\s*\(?\s*[一-鿿]|[一-鿿]\s*[0-9]"
_LENGTH = (
    r"[Pp][1-9][0-9]*[DdWwMmYy]|[1-9][0-9]*\s*[DdWwMmYy][A-Za-z]+"
    rf"|[1-9{_KANJI}][0-9{_KANJI}]*\s*([かヶヵケカ箇個]?月|日|週|年)間?"
)
_NO_DAYS = r"[Pp]0[Dd]|0\s*([Dd][A-Za-z]+|日間?)"


def _text(whole: str, *anywhere: str) -> Schema:
    """Return the schema of a text that has this form as a whole, or one of the others anywhere in it."""
    return {"type": "string", "pattern": "|".join([rf"^\s*({whole})\s*$", *anywhere, _RARE])}


FORMS: MappingProxyType[str, Schema] = MappingProxyType(
    {
        "text": {"type": ["string", "number", "boolean"], "minLength": 1},
        "id": {"type": ["string", "number", "boolean"], "pattern": ID_PATTERN},
        "date": _text(_DATE, _JAPANESE_DATE) | {"examples": ["2020-11-18", "令和2年11月18日"]},
        "length": _text(_LENGTH) | {"examples": ["1 year", "3 months", "90 days", "３か月", "P3M"]},
        "notice-length": _text(f"{_LENGTH}|{_NO_DAYS}") | {"examples": ["3 months", "３か月", "0 days"]},
        "month-day": _text(_MONTH_DAY) | {"examples": ["03-31"]},
        "number": {
            "type": ["integer", "string"],
            "minimum": 1,
            "maximum": 9999,
            "pattern": "^(?!0+$)[0-9]{1,4}$",
        },
        "truth": {"enum": [True, False, "true", "false"]},
    }
)
"""Form of a text -> how it is told in the types that YAML gives it."""

_RULES: MappingProxyType[str, Schema] = MappingProxyType(
    {
        "Renewal": {
            "oneOf": [
                {"required": ["length"]},
                {"required": ["to"]},
                {
                    "properties": {"mode": {"enum": ["by-consent", "none"]}},
                    "not": {"anyOf": [{"required": ["length"]}, {"required": ["to"]}]},
                },
            ]
        },
        "RenewalEvent": {"not": {"required": ["until", "length"]}},
        "Changes": {"minProperties": 1},
    }
)
"""Mapping -> what the model checks over several of its keys, besides `one_of`."""

_EXAMPLES: MappingProxyType[str, list[Any]] = MappingProxyType(
    {
        "Agreement.id": ["yokohama-shibuya"],
        "Agreement.title": ["災害時における相互応援に関する連携協定"],
        "Agreement.tags": [["防災", "観光"]],
        "Party.role": ["甲", "乙", "丙"],
        "Party.name": ["横浜市"],
        "Party.representative": ["横浜市長"],
        "Notice.by": ["either", ["甲"]],
        "Termination.by": ["either", ["甲"]],
        "Contact.phone": ["045-671-3913"],
        "NoticeEvent.by": ["乙"],
    }
)
_CLAUSE = ["第4条第2項"]


def agreement_schema(told: Callable[[str], str]) -> Schema:
    """Return the schema of a file. `told` describes a mapping (`Party`) or a key of it (`Party.role`)."""
    made = Agreement.model_json_schema(ref_template=_REFERENCE + "{model}")
    choices = {name: inner for name, inner in made["$defs"].items() if "enum" in inner}
    maker = _Maker(told, choices)
    return {
        "$schema": DIALECT,
        "$id": IDENTIFIER,
        "title": told("title"),
        **maker.part("Agreement", made),
        "definitions": {
            name: maker.part(name, inner) for name, inner in made["$defs"].items() if name not in choices
        },
    }


class _Maker:
    """Rewrites pydantic's schemas: its noise goes, our descriptions and rules come."""

    def __init__(self, told: Callable[[str], str], choices: dict[str, Schema]) -> None:
        self._told = told
        self._choices = choices
        self._models = {model.__name__: model for model in _below(Part)}

    def part(self, name: str, made: Schema) -> Schema:
        """Return the schema of a mapping: its keys, which of them must stand, and what holds among them."""
        return {
            "description": self._told(name),
            "type": "object",
            "properties": {
                key: self._field(f"{name}.{key}", inner) for key, inner in made["properties"].items()
            },
            **({"required": made["required"]} if "required" in made else {}),
            "additionalProperties": False,
            **self._rule(name),
        }

    def _rule(self, name: str) -> Schema:
        if keys := self._models[name].one_of:
            return {"oneOf": [{"required": [key]} for key in keys]}
        return _RULES.get(name, {})

    def _field(self, name: str, made: Schema) -> Schema:
        """Return the schema of one key. Draft-07 ignores what stands beside a `$ref`, hence `allOf`."""
        value = self._value(made)
        value = {"allOf": [value]} if "$ref" in value else value
        default = {"default": made["default"]} if made.get("default") not in (None, []) else {}
        examples = _CLAUSE if name.endswith(".clause") else _EXAMPLES.get(name)
        return {
            "description": self._told(name),
            **value,
            **default,
            **({"examples": examples} if examples else {}),
        }

    def _value(self, made: Schema) -> Schema:
        match made:
            case {"form": form}:
                return self._reasons() if form == "reasons" else FORMS[form]
            case {"$ref": reference}:
                choice = self._choices.get(reference.removeprefix(_REFERENCE))
                return {"enum": choice["enum"]} if choice else {"$ref": reference}
            case {"anyOf": several}:
                values = [self._value(inner) for inner in several if inner != {"type": "null"}]
                return {"anyOf": values} if len(values) > 1 else values[0]
            case {"discriminator": {"mapping": kinds}}:
                return self._event(kinds)
            case {"items": items}:
                least = {"minItems": made["minItems"]} if "minItems" in made else {}
                return {"type": "array", **least, "items": self._value(items)}
        return {key: made[key] for key in ("const", "enum") if key in made}

    def _reasons(self) -> Schema:
        """Return the schema of what a file ignores: an editor offers the rules, each with what it finds."""
        reasons = {code: {"description": self._told(f"rule.{code}"), **FORMS["text"]} for code in IGNORABLE}
        return {"type": "object", "properties": reasons, "additionalProperties": False}

    def _event(self, kinds: dict[str, str]) -> Schema:
        """Return the schema of an event: its type says what else it holds. `oneOf` would blame any type."""
        return {
            "type": "object",
            "properties": {"type": {"description": self._told("Event.type"), "enum": list(kinds)}},
            "required": ["on", "type"],
            "allOf": [
                {
                    "if": {"type": "object", "properties": {"type": {"const": kind}}, "required": ["type"]},
                    "then": {"$ref": reference},
                }
                for kind, reference in kinds.items()
            ],
        }


def _below(model: type[Part]) -> Iterator[type[Part]]:
    """Yield every model that derives from `model`."""
    for inner in model.__subclasses__():
        yield inner
        yield from _below(inner)
