"""What each event of the file did, told by the chain before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.explain.case import AHEAD, Asked
from kyotei.explain.clauses import notice_said, objectors_said, renewal_said, termination_said
from kyotei.explain.said import Minded, Said, Told, say
from kyotei.history import EndReason, arrival, history, known_events, parties
from kyotei.term import periods
from kyotei.walk import deadline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kyotei.explain.said import Value
    from kyotei.model import (
        Agreement,
        AmendmentEvent,
        Event,
        NoticeEvent,
        Party,
        RenewalEvent,
        SuccessionEvent,
        SupersededEvent,
        TerminationEvent,
        WithdrawalEvent,
    )
    from kyotei.walk import Deadline, Period


def events_told(agreement: Agreement, as_of: date) -> tuple[Told, ...]:
    """Return what each event known on `as_of` did, oldest first."""
    asked, events = Asked(agreement, as_of), tuple(known_events(agreement, as_of))
    return tuple(_told(asked, events[:position], event) for position, event in enumerate(events))


def _told(asked: Asked, earlier: Sequence[Event], event: Event) -> Told:
    match event.type:
        case "notice":
            said = _notice_told(asked, earlier, event)
        case "withdrawal":
            said = _withdrawal_told(asked, earlier, event)
        case "termination" | "superseded":
            said = _cut_told(asked, earlier, event)
        case "renewal":
            said = _renewal_told(asked, earlier, event)
        case "amendment":
            said = _amendment_told(asked, earlier, event)
        case "succession":
            said = [_succession_said(asked, earlier, event)]
        case _:  # a review
            said = [say("event-review")]
    notes = [say(f"event-{key}", text=text) for key in ("note", "source") if (text := getattr(event, key))]
    return Told(event.on, (*said, *notes))


def _after(asked: Asked, events: Sequence[Event]) -> Agreement:
    return asked.agreement.model_copy(update={"events": tuple(events)})


def _chain_after(asked: Asked, events: Sequence[Event]) -> list[Period]:
    """Return the chain as it stands if no more than `events` had happened."""
    return periods(_after(asked, events), asked.as_of, future=AHEAD)


def _party(asked: Asked, events: Sequence[Event], role: str) -> Party | str:
    """Return the party under a role, as named after `events`."""
    named = parties(_after(asked, events), asked.as_of)
    return next((party for party in named if party.role == role), role)


def _notice_told(asked: Asked, earlier: Sequence[Event], event: NoticeEvent) -> list[Said]:
    """Say which period a notice ends, or why none: judged by what was known when it was given."""
    known = [each for each in earlier if each.type in {"renewal", "amendment", "succession", "review"}]
    chain = _chain_after(asked, known)
    live = [each for each in chain if each.end is None or arrival(event, each.notice) <= each.end]
    clause = live[0].notice if live else asked.agreement.notice
    day = arrival(event, clause)
    counts = "dispatched" if clause is not None and clause.effective == "dispatch" else "arrived"
    by = _party(asked, earlier, event.by)
    said = [say(f"event-notice-{counts}", by=by, on=event.on, day=Minded(day))]
    if day > asked.as_of:
        return [*said, say("notice-under-way")]
    if not live:
        return [*said, say("notice-after-end", end=chain[-1].end if chain else None)]
    after = _chain_after(asked, [*known, event])
    stopped = after[-1] if after and after[-1].closing is EndReason.NOTICE else None
    return [*said, *_judged(live, stopped, event, by)]


def _judged(
    live: Sequence[Period], stopped: Period | None, event: NoticeEvent, by: Party | str
) -> Iterator[Said]:
    """Judge a notice by the deadlines from the current period on; `stopped` is the period that it ends."""
    for period in live:
        due, day = deadline(period), arrival(event, period.notice)
        if stopped is not None and period.number == stopped.number:
            yield _stopped_said(period, due, day, accepted=event.accepted)
            return
        if due is not None and due.date >= day:
            yield say("notice-not-entitled", by=by)
            return
        if due is not None:
            values: dict[str, Value] = {"date": Minded(due.date), "latest": Minded(due.latest)}
            yield Said(f"missed-{due.verdict(day)}", {"period": period, **values})
    yield say("notice-idle")


def _stopped_said(period: Period, due: Deadline | None, day: date, *, accepted: bool) -> Said:
    if due is None or accepted:
        return say("notice-accepted", period=period, end=period.end)
    values: dict[str, Value] = {"period": period, "end": period.end}
    values |= {"date": Minded(due.date), "safe": Minded(due.safe)}
    return Said(f"notice-{due.verdict(day)}", values)


def _withdrawal_told(asked: Asked, earlier: Sequence[Event], event: WithdrawalEvent) -> list[Said]:
    given = history(_after(asked, earlier), asked.as_of).notices
    if not given:
        return [say("event-withdrawal-void")]
    said = say("event-withdrawal", on=given[-1].event.on)
    before, after = _chain_after(asked, earlier), _chain_after(asked, [*earlier, event])
    if before != after:
        return [said, say("withdrawal-effective")]
    last = before[-1] if before else None
    late = (
        last is not None and last.closing is EndReason.NOTICE and last.end is not None and last.end < event.on
    )
    return [said, say("withdrawal-late" if late else "event-idle", end=last and last.end)]


def _cut_told(
    asked: Asked, earlier: Sequence[Event], event: TerminationEvent | SupersededEvent
) -> list[Said]:
    """Say on which day a termination or a successor ends the agreement, or that it had ended before."""
    if event.type == "superseded":
        said, day = say("event-superseded", by=event.by), event.on
    else:
        by = None if event.by is None else _party(asked, earlier, event.by)
        said = say("event-termination" if by is None else "event-termination-by", by=by)
        day = event.effective
    events = [*earlier, event]
    cut, chain = history(_after(asked, events), asked.as_of).cut, _chain_after(asked, events)
    over = chain[-1] if chain and chain[-1].closing in {EndReason.EXPIRED, EndReason.NOTICE} else None
    if over is not None:
        return [said, say("cut-idle", end=over.end)]
    if cut is not None and cut.day != day:
        return [said, say("cut-idle", end=cut.day)]
    return [said, say("cut-effective", end=Minded(day))]


def _moves(before: Sequence[Period], after: Sequence[Period]) -> Period | None:
    """Return the first period that is new, or that has other days or another basis than before."""
    known = {period.number: (period.start, period.end, period.basis) for period in before}
    return next(
        (each for each in after if known.get(each.number) != (each.start, each.end, each.basis)), None
    )


def _renewal_told(asked: Asked, earlier: Sequence[Event], event: RenewalEvent) -> list[Said]:
    before = _chain_after(asked, earlier)
    moved = _moves(before, _chain_after(asked, [*earlier, event]))
    if moved is None:
        return [say("event-renewal"), say("event-idle")]
    confirms = any((old.number, old.end) == (moved.number, moved.end) for old in before)
    name = "renewal-confirms" if confirms else "renewal-makes"
    return [say("event-renewal"), say(name, period=moved, start=moved.start, end=moved.end)]


def _amendment_told(asked: Asked, earlier: Sequence[Event], event: AmendmentEvent) -> list[Said]:
    """Say what an amendment changes from when, and the first end and the first deadline that it moves."""
    said = [say("event-amendment", effective=event.effective), *_changes_said(asked, event)]
    before = {period.number: period for period in _chain_after(asked, earlier)}
    after = _chain_after(asked, [*earlier, event])
    kept = [(before[period.number], period) for period in after if period.number in before]
    for old, new in kept:
        if old.end != new.end:
            said.append(say("moves-end", period=new, old=old.end, new=new.end))
            break
    for old, new in kept:
        was, due = deadline(old), deadline(new)
        if was is not None and due is not None and was.date != due.date:
            said.append(say("moves-deadline", period=new, old=Minded(was.date), new=Minded(due.date)))
            break
    return said


def _changes_said(asked: Asked, event: AmendmentEvent) -> list[Said]:
    """Say the new clauses in words."""
    changes, said = event.changes, []
    named = parties(asked.agreement, asked.as_of)
    if changes.term is not None:
        name = "length" if changes.term.length else ("open" if changes.term.end == "indefinite" else "end")
        said.append(say(f"change-term-{name}", end=changes.term.end, length=changes.term.length))
    if changes.renewal is not None:
        said += renewal_said(changes.renewal)
    if changes.notice is not None:
        said += [*notice_said(changes.notice), *objectors_said(changes.notice, named)]
    if changes.termination is not None:
        said += termination_said(changes.termination, named)
    return said


def _succession_said(asked: Asked, earlier: Sequence[Event], event: SuccessionEvent) -> Said:
    return say("event-succession", old=_party(asked, earlier, event.party), new=event.name)
