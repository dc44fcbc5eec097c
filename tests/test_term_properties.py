"""What holds for every agreement and every history; and the engine against a clerk who goes day by day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kyotei.dates.counting import Reading
from kyotei.history import EndReason, history, known_events
from kyotei.model import Agreement
from kyotei.term import Ended, Standing, State, periods, standing
from kyotei.walk import deadline, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from agreements_for_tests import Clause, Text
    from kyotei.walk import Deadline

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2028, 12, 31)


# Agreements and histories, as text


def days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[str]:
    return st.dates(first, last).map(date.isoformat)


def lengths(*, most_months: int = 30) -> st.SearchStrategy[str]:
    """Lengths from some weeks on, so that a chain has no thousands of periods."""
    return (
        st.integers(1, most_months).map("{} months".format)
        | st.integers(1, 2).map("{} years".format)
        | st.integers(20, 500).map("{} days".format)
        | st.integers(3, 60).map("{} weeks".format)
    )


def clauses(
    required: dict[str, st.SearchStrategy[Text]], **optional: st.SearchStrategy[Text]
) -> st.SearchStrategy[Clause]:
    return st.fixed_dictionaries(required, optional=optional)


MONTH_DAYS = st.sampled_from(["03-31", "01-31", "02-29", "12-31", "06-15"])
ROLES = st.sampled_from(["甲", "乙"])


def only(key: str) -> Callable[[object], Text]:
    return lambda value: {key: str(value)}


LIMITS = (
    st.integers(1, 4).map(only("times"))
    | days().map(only("until"))
    | lengths(most_months=60).map(only("total"))
)
AUTOMATIC = clauses({"mode": st.just("automatic"), "length": lengths()}, limit=LIMITS) | clauses(
    {"mode": st.just("automatic"), "to": MONTH_DAYS}, limit=LIMITS
)
RENEWALS = (
    AUTOMATIC
    | clauses({"mode": st.just("by-consent")}, length=lengths())
    | clauses({"mode": st.just("none")})
)
NOTICE_OPTIONS: dict[str, st.SearchStrategy[Text]] = {
    "by": st.just("either") | ROLES.map(lambda role: [role]),
    "effective": st.sampled_from(["arrival", "dispatch"]),
    "reading": st.sampled_from([reading.value for reading in Reading]),
}
NOTICES = clauses({"before_end": lengths() | st.just("0 days")}, **NOTICE_OPTIONS) | clauses(
    {"by_date": MONTH_DAYS}, **NOTICE_OPTIONS
)
NEW_TERMS = clauses({"end": days() | st.just("indefinite")}) | clauses({"length": lengths()})
CHANGES = clauses({}, term=NEW_TERMS, renewal=RENEWALS, notice=NOTICES).filter(bool)


@st.composite
def events(draw: st.DrawFn) -> Clause:
    """One event that no day contradicts: nothing arrives or ends before the day on which it is told."""
    on = draw(st.dates(FIRST, LAST))
    kind = draw(
        st.sampled_from(
            ["notice", "withdrawal", "termination", "renewal", "amendment", "superseded", "review"]
        )
    )
    event: Clause = {"on": on.isoformat(), "type": kind}
    later = days(on, on + timedelta(days=200))
    if kind == "notice":
        event |= draw(clauses({"by": ROLES}, arrived=later, accepted=st.sampled_from(["true", "false"])))
    elif kind == "termination":
        event |= draw(clauses({"effective": days(on, on + timedelta(days=900))}))
    elif kind == "renewal":
        event |= draw(clauses({}) | clauses({"until": days()}) | clauses({"length": lengths()}))
    elif kind == "amendment":
        event |= draw(clauses({"effective": days(), "changes": CHANGES}))
    elif kind == "superseded":
        event["by"] = "new"
    return event


@st.composite
def terms(draw: st.DrawFn, signed: date) -> Clause:
    start = draw(st.just("signing") | days(FIRST, date(2024, 12, 31)))
    first = signed if start == "signing" else date.fromisoformat(start)
    ends = days(first, first + timedelta(days=1200))
    return {"start": start} | draw(clauses({"end": ends}) | clauses({"length": lengths()}))


def written(signed: str, term: Clause, events: list[Clause], **more: Text) -> Agreement:
    text: Clause = {
        "id": "test",
        "title": "連携協定",
        "signed": signed,
        "parties": [{"role": "甲", "name": "横浜市"}, {"role": "乙", "name": "渋谷区"}],
        "term": term,
        "events": [*events],
    }
    return Agreement.model_validate(text | more)


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Any agreement with any history."""
    signed = draw(st.dates(FIRST, date(2024, 12, 31)))
    term = draw(terms(signed))
    if draw(st.integers(1, 10)) == 1:
        term = {"start": term["start"], "end": "indefinite"}
    history = draw(st.lists(events(), max_size=6))
    return written(signed.isoformat(), term, history, **draw(clauses({}, renewal=RENEWALS, notice=NOTICES)))


@st.composite
def stoppable(draw: st.DrawFn) -> Agreement:
    """An agreement that renews if nobody objects; nothing has happened yet."""
    signed = draw(st.dates(FIRST, date(2024, 12, 31)))
    clause = draw(clauses({"renewal": AUTOMATIC, "notice": NOTICES}))
    return written(signed.isoformat(), draw(terms(signed)), [], **clause)


DAYS = st.dates(FIRST, date(2032, 12, 31))


def answer(agreement: Agreement, as_of: date, *, of: Agreement) -> Standing:
    """The standing of one agreement, put as that of another one: so two can be compared."""
    return standing(agreement, as_of)._replace(agreement=of)


@given(stoppable(), st.dates(FIRST, date(2099, 12, 31)))
def test_the_periods_passed_over_at_once_are_those_that_a_walk_counts(
    agreement: Agreement, as_of: date
) -> None:
    """Where nothing is recorded, a standing adds its months all at once; a chain is walked."""
    running = [one for one in periods(agreement, as_of, future=0) if one.end is None or one.end >= as_of]
    assert standing(agreement, as_of).period == (running[-1] if running else None)


@given(stoppable(), st.dates(FIRST, date(2099, 12, 31)))
def test_an_amendment_of_something_else_moves_no_period(agreement: Agreement, as_of: date) -> None:
    """A chain that nothing recorded moves is walked more quickly: it says what every other one says."""
    termination: Clause = {"effective": "1999-01-01", "changes": {"termination": {"notice": "1 month"}}}
    amended = with_events(agreement, {"on": "1999-01-01", "type": "amendment", **termination})
    assert answer(agreement, as_of, of=amended) == standing(amended, as_of)
    assert periods(agreement, as_of, future=3) == periods(amended, as_of, future=3)


@given(stoppable(), st.dates(FIRST, date(2099, 12, 31)))
def test_a_walk_that_passes_over_periods_begins_with_one_of_the_chain(
    agreement: Agreement, as_of: date
) -> None:
    known = history(agreement, as_of)
    first = next(walk(known, as_of))
    assert [*islice(walk(known), first.number)][-1] == first


def with_events(agreement: Agreement, *told: Clause) -> Agreement:
    """The same agreement with more events, written last."""
    added = written("2020-01-01", {"start": "signing", "end": "indefinite"}, list(told))
    return agreement.model_copy(update={"events": (*agreement.events, *added.events)})


# What always holds


@given(agreements(), DAYS)
def test_periods_are_numbered_and_follow_each_other_without_gap_or_overlap(
    agreement: Agreement, as_of: date
) -> None:
    chain = periods(agreement, as_of, future=4)
    assert [period.number for period in chain] == list(range(1, len(chain) + 1))
    for period in chain:
        assert period.end is None or period.start <= period.end
    for period, following in pairwise(chain):
        assert period.end is not None
        assert following.start == period.end + ONE_DAY
        assert period.closing is None


@given(agreements(), DAYS)
def test_a_day_lies_in_the_current_period_and_in_no_other(agreement: Agreement, as_of: date) -> None:
    chain = periods(agreement, as_of, future=4)
    around = [
        period for period in chain if period.start <= as_of and (period.end is None or as_of <= period.end)
    ]
    current = standing(agreement, as_of).period
    assert around == ([] if current is None else [current])


@given(agreements(), DAYS)
def test_ending_is_the_last_period_and_nothing_else(agreement: Agreement, as_of: date) -> None:
    found = standing(agreement, as_of)
    last = periods(agreement, as_of, future=1)[-1:] == [found.period]
    has_end = found.period is not None and found.period.end is not None
    assert (found.state is State.ENDING) == (last and has_end)
    assert found.ends == (found.period.end if found.period and found.state is State.ENDING else None)


@given(agreements(), DAYS)
def test_ended_is_after_the_last_period_and_pending_before_the_first(
    agreement: Agreement, as_of: date
) -> None:
    found = standing(agreement, as_of)
    begun = periods(agreement, as_of, future=0)
    assert (found.ended is not None) == (found.state is State.ENDED)
    if found.state is State.PENDING:
        assert begun == []
    if found.ended is not None:
        assert found.ended.on < as_of
        assert begun == [] or (begun[-1].end, begun[-1].closing) == (found.ended.on, found.ended.reason)


@given(agreements(), DAYS)
def test_silence_says_what_the_chain_does_next(agreement: Agreement, as_of: date) -> None:
    found = standing(agreement, as_of)
    if found.period is None:
        return
    following = periods(agreement, as_of, future=1)[found.period.number :]
    assert found.silence.following == (following[0] if following else None)
    assert found.silence.outcome == ("renews" if following else None if found.period.end is None else "ends")


@given(agreements(), DAYS)
def test_what_happens_later_is_not_known_yet(agreement: Agreement, as_of: date) -> None:
    known = agreement.model_copy(update={"events": tuple(known_events(agreement, as_of))})
    assert answer(agreement, as_of, of=known) == standing(known, as_of)


@given(agreements(), DAYS, DAYS)
def test_a_period_that_is_over_never_changes(agreement: Agreement, one: date, other: date) -> None:
    early, late = sorted((one, other))

    def over(as_of: date) -> list[tuple[date, date | None]]:
        chain = periods(agreement, as_of, future=0)
        return [(period.start, period.end) for period in chain if period.end and period.end < early]

    before = over(early)
    assert over(late)[: len(before)] == before


@given(
    agreements(),
    DAYS,
    DAYS,
    clauses({"by": ROLES, "accepted": st.sampled_from(["true", "false"])}),
    st.integers(0, 60),
)
def test_a_notice_taken_back_is_as_if_it_never_was(
    agreement: Agreement, as_of: date, on: date, said: Clause, travels: int
) -> None:
    day, arrived = on.isoformat(), (on + timedelta(days=travels)).isoformat()
    notice: Clause = {"on": day, "type": "notice", "arrived": arrived}
    taken_back = with_events(agreement, notice | said, {"on": day, "type": "withdrawal"})
    assert answer(taken_back, as_of, of=agreement) == standing(agreement, as_of)


@given(agreements(), DAYS, DAYS)
def test_a_review_moves_nothing(agreement: Agreement, as_of: date, on: date) -> None:
    reviewed = with_events(agreement, {"on": on.isoformat(), "type": "review"})
    assert answer(reviewed, as_of, of=agreement) == standing(agreement, as_of)


# Deadlines


@given(agreements(), DAYS)
def test_the_safe_day_and_the_latest_day_enclose_every_reading(agreement: Agreement, as_of: date) -> None:
    for period in periods(agreement, as_of, future=3):
        found = deadline(period)
        if found is not None:
            assert all(found.safe <= day <= found.latest for day in found.readings.values())
            assert found.safe in found.readings.values()
            assert found.latest in found.readings.values()
            assert found.date in found.readings.values()
            assert period.end is not None
            assert found.latest <= period.end


@given(agreements(), DAYS)
def test_the_next_deadline_is_the_first_that_is_not_over(agreement: Agreement, as_of: date) -> None:
    """From the current period on, or from the first one; brute force over a hundred periods."""
    found = standing(agreement, as_of)
    if found.state is State.ENDED:
        assert found.deadline is None
        return
    begun = periods(agreement, as_of, future=0)
    ahead = periods(agreement, as_of, future=100)[max(len(begun) - 1, 0) :]
    open_ones = [
        due for period, _ in pairwise(ahead) if (due := deadline(period)) is not None and due.date >= as_of
    ]
    assert found.deadline == (open_ones[0] if open_ones else None)
    if found.deadline is not None:
        assert found.deadline.date >= as_of
        assert found.locked is not None
        assert found.locked.following is not None
        assert found.deadline.period.end == found.locked.following.start - ONE_DAY


def next_deadline(agreement: Agreement, as_of: date) -> tuple[Deadline, date]:
    found = standing(agreement, as_of).deadline
    assume(found is not None)
    assert found is not None
    assert found.period.end is not None
    return found, found.period.end


@given(stoppable(), DAYS)
def test_a_notice_on_the_deadline_ends_the_agreement_with_its_period(
    agreement: Agreement, as_of: date
) -> None:
    found, end = next_deadline(agreement, as_of)
    clause = agreement.notice
    assert clause is not None
    by = "乙" if clause.by == "either" else clause.by[0]
    told = with_events(agreement, {"on": found.date.isoformat(), "type": "notice", "by": by})
    assert standing(told, end).ends == end
    assert standing(told, end + ONE_DAY).ended == Ended(end, EndReason.NOTICE)


@given(stoppable(), DAYS)
def test_a_notice_the_day_after_the_deadline_does_not(agreement: Agreement, as_of: date) -> None:
    found, end = next_deadline(agreement, as_of)
    told = with_events(agreement, {"on": (found.date + ONE_DAY).isoformat(), "type": "notice", "by": "甲"})
    assert standing(told, end + ONE_DAY).period is not None


@given(agreements(), DAYS)
def test_whoever_is_in_force_may_still_object_and_renewing_is_too_late(
    agreement: Agreement, as_of: date
) -> None:
    found = standing(agreement, as_of)
    if found.period is None or found.state is State.ENDING:
        return
    due = deadline(found.period)
    if found.state is State.RENEWING:
        assert due is None or due.date < as_of
        assert found.silence.following is not None
    else:
        assert found.state is State.IN_FORCE
        assert due is None or due.date >= as_of


# Day by day


@dataclass(frozen=True)
class Happening:
    """An event; `number` is the months of a renewal, or the days that a letter or a termination takes."""

    kind: str
    on: date
    number: int
    accepted: bool

    @property
    def later(self) -> date:
        return self.on + timedelta(days=self.number)

    def text(self) -> Clause:
        event: Clause = {"on": self.on.isoformat(), "type": self.kind}
        if self.kind == "notice":
            accepted = "true" if self.accepted else "false"
            event |= {"by": "乙", "arrived": self.later.isoformat(), "accepted": accepted}
        elif self.kind == "termination":
            event["effective"] = self.later.isoformat()
        elif self.kind == "superseded":
            event["by"] = "new"
        elif self.kind == "renewal":
            event["length"] = f"{self.number} months"
        return event


@dataclass
class Letter:
    """A notice on its way, or arrived."""

    arrives: date
    accepted: bool


@dataclass
class Clerk:
    """Keeps one agreement by hand, day after day: no look ahead, no look back, and other arithmetic.

    Counts months by the calendar's own lengths. Automatic renewal, by consent, or none; no amendments.
    """

    first: date
    end: date
    mode: str
    months: int
    notice_days: int | None
    times: int
    number: int = 1
    start: date = field(init=False)
    letters: list[Letter] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)
    cut: tuple[date, EndReason] | None = None
    over: Ended | None = None

    def __post_init__(self) -> None:
        self.start = self.first

    def next_end(self, first: date, months: int) -> date:
        """Art. 143(2): the day before the corresponding day, or the last day of a month that lacks it."""
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, last) if first.day > last else date(year, month + 1, first.day) - ONE_DAY

    def goes_on(self) -> bool:
        if self.mode == "automatic":
            return self.number <= self.times or bool(self.agreed)
        return bool(self.agreed)

    def stopped(self, today: date) -> bool:
        """Whether a letter that has arrived stops the coming renewal."""
        silent = self.mode == "automatic" and self.number <= self.times and self.notice_days is not None
        last_day = self.end - timedelta(days=self.notice_days or 0)
        return self.goes_on() and any(
            letter.arrives <= today and (letter.accepted or (silent and letter.arrives <= last_day))
            for letter in self.letters
        )

    def morning(self, today: date) -> None:
        """Close what ended before today, and turn the page."""
        while self.over is None and min(self.end, self.cut[0] if self.cut else self.end) < today:
            if self.cut is not None and self.cut[0] <= self.end:
                self.over = Ended(*self.cut)
            elif self.stopped(self.end):
                self.over = Ended(self.end, EndReason.NOTICE)
            elif not self.goes_on():
                self.over = Ended(self.end, EndReason.EXPIRED)
            else:
                months = self.agreed.pop(0) if self.agreed else self.months
                self.number, self.start = self.number + 1, self.end + ONE_DAY
                self.end = self.next_end(self.start, months)

    def told(self, event: Happening) -> None:
        """Write down what happened; a consent recorded late opens the book again, nothing else does."""
        if event.kind == "renewal":
            self.agreed.append(event.number)
            if self.over is not None and self.over.reason is EndReason.EXPIRED:
                self.over = None
                self.morning(event.on)
        elif event.kind in {"termination", "superseded"}:
            if self.cut is None or event.on <= self.cut[0]:
                later = event.kind == "termination"
                self.cut = (event.later, EndReason.TERMINATION) if later else (event.on, EndReason.SUPERSEDED)
        elif event.kind == "notice" and self.over is None:
            self.letters.append(Letter(event.later, event.accepted))
        elif event.kind == "withdrawal" and self.over is None:
            self.letters = self.letters[:-1]

    def says(self, today: date) -> tuple[State, tuple[int, date, date] | None, Ended | None]:
        if self.over is not None:
            return State.ENDED, None, self.over
        if today < self.first:
            return State.PENDING, None, None
        if self.cut is not None and self.cut[0] <= self.end:
            return State.ENDING, (self.number, self.start, self.cut[0]), None
        page = (self.number, self.start, self.end)
        if self.stopped(today) or not self.goes_on():
            return State.ENDING, page, None
        if self.mode == "by-consent":
            return State.RENEWING, page, None
        late = self.notice_days is not None and today > self.end - timedelta(days=self.notice_days)
        return State.RENEWING if late else State.IN_FORCE, page, None


@dataclass(frozen=True)
class Book:
    """What the clerk and the engine are both told."""

    first: date
    term: int
    mode: str
    months: int
    notice_days: int | None
    times: int
    happenings: list[Happening]

    def agreement(self) -> Agreement:
        renewal: Clause = {"mode": self.mode, "length": f"{self.months} months"}
        if self.mode == "automatic":
            renewal["limit"] = {"times": str(self.times)}
        term: Clause = {"start": self.first.isoformat(), "length": f"{self.term} months"}
        clauses: Clause = {"renewal": renewal}
        if self.notice_days is not None:
            clauses["notice"] = {"before_end": f"{self.notice_days} days"}
        return written("2021-01-01", term, [happening.text() for happening in self.happenings], **clauses)


# A notice against a renewal by consent is left to a table: the renewals known when it was given judge it.
KINDS = {
    "automatic": ["notice", "withdrawal", "termination", "superseded"],
    "none": ["notice", "withdrawal", "termination", "superseded"],
    "by-consent": ["renewal", "termination", "superseded"],
}


@st.composite
def books(draw: st.DrawFn) -> Book:
    mode = draw(st.sampled_from(["automatic", "automatic", "by-consent", "none"]))
    happenings = st.builds(
        Happening,
        st.sampled_from(KINDS[mode]),
        st.dates(date(2021, 1, 1), date(2025, 12, 31)),
        st.integers(1, 24) | st.integers(0, 120),
        st.booleans(),
    ).filter(lambda happening: happening.kind != "renewal" or happening.number > 0)
    return Book(
        first=draw(st.dates(date(2021, 1, 1), date(2022, 12, 31))),
        term=draw(st.integers(1, 30)),
        mode=mode,
        months=draw(st.integers(1, 24)),
        notice_days=draw(st.none() | st.integers(0, 100)),
        times=draw(st.integers(1, 40)),
        happenings=sorted(draw(st.lists(happenings, max_size=5)), key=attrgetter("on")),
    )


@settings(max_examples=150)
@given(books(), st.lists(st.dates(date(2021, 1, 1), date(2027, 12, 31)), min_size=8, max_size=8))
def test_a_clerk_who_goes_day_by_day_comes_to_the_same(book: Book, asked: list[date]) -> None:
    agreement = book.agreement()
    clerk = Clerk(book.first, book.first, book.mode, book.months, book.notice_days, book.times)
    clerk.end = clerk.next_end(book.first, book.term)
    today = date(2021, 1, 1)
    while today <= max(asked):
        clerk.morning(today)
        for happening in book.happenings:
            if happening.on == today:
                clerk.told(happening)
        if today in asked:
            found = standing(agreement, today)
            page = found.period
            told = None if page is None else (page.number, page.start, page.end)
            assert clerk.says(today) == (found.state, told, found.ended)
        today += ONE_DAY
