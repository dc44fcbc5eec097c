"""What an agreement's file may say. The one home of pydantic.

Every scalar arrives as the text that stands in the file; a field's own reader turns it into a day, a length
or a number, so no YAML type is ever guessed. Models are frozen: an agreement is a value.
"""

# Annotations are no text here, unlike elsewhere: pydantic would have to compile each of them at every start.
import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self, cast, get_args

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them reads all installed packages

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kyotei.dates.counting import Reading
from kyotei.dates.length import Length, Unit, parse_length
from kyotei.dates.month_day import MonthDay, parse_month_day
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault

MOST_STEPS = 40_000
"""How much counting the events of a file may ask for.

Every event is judged by how the agreement stood before it, and every notice by what was known when it was
given: a small file could ask for hours. This takes about a second, and is far beyond what people agree.
"""

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,62}$"
_MOST_DIGITS = 4
_YEAR = 365
_LEAST_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 28, Unit.YEARS: _YEAR}


def _fault(message: str, **values: str) -> PydanticCustomError:
    """Carry one of our messages through pydantic, which knows the path to it."""
    return PydanticCustomError(cast("Any", message), "{ours}", {"ours": message, **values})


def _read(parse: Callable[[str], Any]) -> PlainValidator:
    """Make a reader of text into a field's validator; what is no text, or empty, has the wrong shape."""

    def validate(value: object) -> object:
        if not isinstance(value, str) or not value:
            raise _fault("text-empty" if value == "" else "text-expected")
        try:
            return parse(value)
        except Fault as fault:
            raise _fault(fault.message, **fault.values) from None

    return PlainValidator(validate)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0):
        raise Fault("number-invalid", text=text)
    return int(text)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise Fault("truth-invalid", text=text)
    return text == "true"


def _before_end(text: str) -> Length:
    return parse_length(text, zero=True)


def _form(name: str) -> WithJsonSchema:
    """Name the form of a text for the schema; `schema.FORMS` says how an editor may know it."""
    return WithJsonSchema({"form": name})


Text = Annotated[str, StringConstraints(min_length=1), _form("text")]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN), _form("id")]
Day = Annotated[date, _read(parse_date), _form("date")]
Duration = Annotated[Length, _read(parse_length), _form("length")]
NoticeLength = Annotated[Length, _read(_before_end), _form("notice-length")]
YearlyDay = Annotated[MonthDay, _read(parse_month_day), _form("month-day")]
Count = Annotated[int, _read(_number), _form("number")]
Truth = Annotated[bool, _read(_truth), _form("truth")]


def _word_or(word: str, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Read one fixed word as itself, anything else with `parse`."""
    return lambda text: text if text == word else parse(text)


def _parties_or_either(value: object) -> Literal["either"] | tuple[str, ...]:
    """Read `either`, or a list of roles."""
    if value == "either":
        return "either"
    if not isinstance(value, list) or not value or not all(isinstance(role, str) for role in value):
        raise _fault("by-invalid")
    return tuple(value)


def _word_or_form(word: str, schema: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"const": word}, schema]})


Start = Annotated[
    date | Literal["signing"],
    _read(_word_or("signing", parse_date)),
    _word_or_form("signing", {"form": "date"}),
]
End = Annotated[
    date | Literal["indefinite"],
    _read(_word_or("indefinite", parse_date)),
    _word_or_form("indefinite", {"form": "date"}),
]
Survival = Annotated[
    Length | Literal["indefinitely"],
    _read(_word_or("indefinitely", parse_length)),
    _word_or_form("indefinitely", {"form": "length"}),
]
By = Annotated[
    Literal["either"] | tuple[str, ...],
    PlainValidator(_parties_or_either),
    _word_or_form("either", {"type": "array", "minItems": 1, "items": {"form": "text"}}),
]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Reasons = Annotated[dict[str, Text], _form("reasons")]


class Part(BaseModel):
    """A mapping of the file: unknown keys are errors, values never change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, hide_input_in_errors=True, defer_build=True
    )

    one_of: ClassVar[tuple[str, ...]] = ()
    """Keys of which exactly one must be written."""


class Choice(Part):
    """A mapping that says one thing in one of several ways: a mapping without `one_of` need not be asked."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(getattr(self, key) is not None for key in self.one_of) != 1:
            raise _fault("one-of", keys=" / ".join(self.one_of))
        return self


class Party(Part):
    """当事者: who signed, under which role (甲, 乙, 丙)."""

    role: Text
    name: Text
    representative: Text | None = None
    address: Text | None = None


class Activity(Part):
    """A theme of 具体的な取組内容 with its items."""

    theme: Text
    items: Texts = ()


class Term(Choice):
    """有効期間: the first period, to a stated day or of a stated length.

    `start: signing` is in force from the signing day but does not count it (民法140条).
    """

    one_of = ("end", "length")

    clause: Text | None = None
    start: Start
    end: End | None = None
    length: Duration | None = None


class TermChange(Choice):
    """What an amendment may change of the term: where it ends, not where it began."""

    one_of = ("end", "length")

    clause: Text | None = None
    end: End | None = None
    length: Duration | None = None


class Limit(Choice):
    """How often or how long an automatic renewal repeats; `total` runs from the first counted day."""

    one_of = ("times", "until", "total")

    times: Count | None = None
    until: Day | None = None
    total: Duration | None = None


class Renewal(Part):
    """更新: what follows a period, and for how long."""

    clause: Text | None = None
    mode: Literal["automatic", "by-consent", "none"]
    length: Duration | None = None
    to: YearlyDay | None = None
    limit: Limit | None = None

    @model_validator(mode="after")
    def _length_is_clear(self) -> Self:
        if self.length is not None and self.to is not None:
            raise _fault("one-of", keys="length / to")
        if self.mode == "automatic" and self.length is None and self.to is None:
            raise _fault("one-of", keys="length / to")
        return self


class Notice(Choice):
    """終了の申出: until when, by whom and how a coming renewal is stopped."""

    one_of = ("before_end", "by_date")

    clause: Text | None = None
    before_end: NoticeLength | None = None
    by_date: YearlyDay | None = None
    by: By = "either"
    form: Literal["written", "any"] | None = None
    effective: Literal["arrival", "dispatch"] = "arrival"
    reading: Reading | None = Field(default=None, strict=False)


class Termination(Part):
    """中途解約: termination at will; without a length of notice it takes effect on arrival."""

    clause: Text | None = None
    notice: Duration | None = None
    by: By = "either"


class Confidentiality(Part):
    """守秘義務, and how long it survives the agreement."""

    clause: Text | None = None
    survives: Survival | None = None
    exceptions: Text | None = None


class AmendmentClause(Part):
    """本協定の見直し: how the agreement itself may be changed."""

    clause: Text | None = None
    how: Text | None = None


class Consultation(Part):
    """協議: what is settled by talking when the text is silent."""

    clause: Text | None = None
    how: Text | None = None


class Contact(Part):
    """お問合せ先: an office, never a person."""

    party: Text
    office: Text
    phone: Text | None = None
    email: Text | None = None
    purpose: Text | None = Field(default=None, alias="for")


class Source(Part):
    """Where the data was read."""

    title: Text
    date: Day | None = None
    url: Text | None = None
    note: Text | None = None


class Recorded(Part):
    """What every event says: on which day it happened. `on` orders events and decides what is known when."""

    on: Day
    note: Text | None = None
    source: Text | None = None


class NoticeEvent(Recorded):
    """A notice of termination was given; it counts from its arrival (民法97条), or dispatch if so agreed."""

    type: Literal["notice"]
    by: Text
    arrived: Day | None = None
    accepted: Truth = False


class WithdrawalEvent(Recorded):
    """The latest notice still open was taken back."""

    type: Literal["withdrawal"]
    by: Text | None = None


class TerminationEvent(Recorded):
    """The agreement ends on its `effective` day."""

    type: Literal["termination"]
    effective: Day
    by: Text | None = None


class RenewalEvent(Recorded):
    """A renewal was agreed or confirmed."""

    type: Literal["renewal"]
    until: Day | None = None
    length: Duration | None = None

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.until is not None and self.length is not None:
            raise _fault("one-of", keys="until / length")
        return self


class Changes(Part):
    """The clauses that an amendment replaces, each whole."""

    term: TermChange | None = None
    renewal: Renewal | None = None
    notice: Notice | None = None
    termination: Termination | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise _fault("one-of.at-least", keys=" / ".join(type(self).model_fields))
        return self


class AmendmentEvent(Recorded):
    """Other clauses hold from the `effective` day."""

    type: Literal["amendment"]
    effective: Day
    changes: Changes


class SuccessionEvent(Recorded):
    """A party was renamed, merged or succeeded."""

    type: Literal["succession"]
    party: Text
    name: Text
    representative: Text | None = None


class SupersededEvent(Recorded):
    """Another agreement took this one's place."""

    type: Literal["superseded"]
    by: Text


class ReviewEvent(Recorded):
    """Someone looked and left it as it is."""

    type: Literal["review"]


Event = Annotated[
    NoticeEvent
    | WithdrawalEvent
    | TerminationEvent
    | RenewalEvent
    | AmendmentEvent
    | SuccessionEvent
    | SupersededEvent
    | ReviewEvent,
    Field(discriminator="type"),
]


EVENTS: dict[str, type[Recorded]] = {
    "notice": NoticeEvent,
    "withdrawal": WithdrawalEvent,
    "termination": TerminationEvent,
    "renewal": RenewalEvent,
    "amendment": AmendmentEvent,
    "succession": SuccessionEvent,
    "superseded": SupersededEvent,
    "review": ReviewEvent,
}


class Agreement(Part):
    """協定: one signed document, one file."""

    id: Id
    title: Text
    signed: Day
    parties: Annotated[tuple[Party, ...], Field(strict=False, min_length=2)]
    purpose: Text | None = None
    cooperation: Texts = ()
    activities: Annotated[tuple[Activity, ...], Field(strict=False)] = ()
    term: Term
    renewal: Renewal | None = None
    notice: Notice | None = None
    termination: Termination | None = None
    confidentiality: Confidentiality | None = None
    amendment: AmendmentClause | None = None
    consultation: Consultation | None = None
    originals: Count | None = None
    contacts: Annotated[tuple[Contact, ...], Field(strict=False)] = ()
    sources: Annotated[tuple[Source, ...], Field(strict=False)] = ()
    tags: Texts = ()
    notes: Text | None = None
    ignore: Reasons | None = None
    events: Annotated[tuple[Event, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        acting = [event for event in self.events if not isinstance(event, ReviewEvent | SuccessionEvent)]
        if acting and _steps(self, acting) > MOST_STEPS:
            raise _fault("events-too-many", count=str(len(acting)))
        return self


def _steps(agreement: Agreement, acting: Sequence[Event]) -> int:
    """Estimate the steps of counting, as measured: for every event, each notice walks through the periods."""
    notices = sum(isinstance(event, NoticeEvent) for event in acting)
    amendments = sum(isinstance(event, AmendmentEvent) for event in acting)
    walk = (_most_periods(agreement, acting) + 2) * (amendments + 8) // 8
    return len(acting) * ((notices + 2) * walk + 4 * len(acting))


def _most_periods(agreement: Agreement, acting: Sequence[Event]) -> int:
    """Return how many periods there can be at most until the last event: of the shortest length of all."""
    changed = [event.changes.renewal for event in acting if isinstance(event, AmendmentEvent)]
    clauses = [clause for clause in (agreement.renewal, *changed) if clause and clause.mode == "automatic"]
    lengths = [clause.length for clause in clauses if clause.length is not None]
    shortest = min((length.count * _LEAST_DAYS[length.unit] for length in lengths), default=_YEAR)
    first = agreement.signed if agreement.term.start == "signing" else agreement.term.start
    return max(0, (max(_last_day_of(event) for event in acting) - first).days) // shortest


def _last_day_of(event: Event) -> date:
    """Return the last day that an event names for itself: it may take effect long after it was recorded."""
    days = (event.on, getattr(event, "arrived", None), getattr(event, "effective", None))
    return max(day for day in days if day is not None)


def keys_at(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the mapping at `path` may have, as the file spells them.

    As in pydantic's locations, an event's type may stand behind its number: ("events", 0, "notice").
    """
    parts: list[type[Part]] = [Agreement]
    for step in path:
        if isinstance(step, str):
            fields = (part.model_fields[step] for part in parts if step in part.model_fields)
            inner = [part for field in fields for part in _parts_of(field.annotation)]
            parts = inner or [part for part in parts if _is_typed(part, step)]
    return [field.alias or name for part in parts for name, field in part.model_fields.items()]


def _is_typed(part: type[Part], word: str) -> bool:
    """Tell whether a part is the event of that type."""
    return "type" in part.model_fields and word in get_args(part.model_fields["type"].annotation)


def _parts_of(annotation: object) -> list[type[Part]]:
    """Return the models inside an annotation, however deep in tuples and unions."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in _parts_of(inner)]
