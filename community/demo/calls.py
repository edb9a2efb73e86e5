"""The calls of the demo."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from community.calls import queries as calls_queries
from community.calls.actions import holding as calls_holding
from community.calls.actions import scheduling as calls_scheduling
from community.calls.actions import seating as calls_seating
from community.calls.rules.call import Format, Plan
from community.calls.rules.holding import Ask
from community.calls.rules.series import Every, rhythm_from
from community.demo.cast import actor
from community.live.livekit import CEILINGS


def schedule(neck: UUID, voice: UUID, at: datetime) -> None:
    tuesday = _evening(at, "Europe/London", days=4, hour=18, minute=30)
    circle = calls_scheduling.schedule_call(
        actor("Hana", at), neck,
        Plan("Neck circle", tuesday, "cervical", "Something small that went well, or didn’t."),
        now=at,
    )  # fmt: skip
    for name in ("Ana", "Ruth", "Lee", "Tom", "Sam"):
        calls_seating.sign_up(actor(name, at), circle, now=at)
    full = calls_scheduling.schedule_call(
        actor("Hana", at), neck,
        Plan("Early circle", tuesday + timedelta(days=5), "cervical", "Mornings.", seats=2),
        now=at,
    )  # fmt: skip
    for name in ("Ruth", "Tom", "Ana", "Lee"):
        calls_seating.sign_up(actor(name, at), full, now=at)
    calls_seating.give_up_seat(actor("Ruth", at), full, now=at)  # so that a seat is held for Ana
    calls_holding.ask_to_hold(actor("Hana", at), full, actor("Ruth", at).id, now=at)
    calls_holding.accept(actor("Ruth", at), full, Ask.TOGETHER, now=at)
    calls_scheduling.keep_as_template(actor("Hana", at), circle, "Tuesday evenings")
    later = _evening(at, "Europe/London", days=10, hour=19, minute=0)
    rhythm = rhythm_from(Every.TWO_WEEKS, later.date(), later.time(), "Europe/London")
    again = calls_scheduling.schedule_call(
        actor("Hana", at), neck,
        Plan("Every other week", later, "cervical", "How these two weeks have been."),
        rhythm, now=at,
    )  # fmt: skip
    for name in ("Ruth", "Lee", "Tom"):
        calls_seating.sign_up(actor(name, at), again, now=at)
    calls_scheduling.schedule_call(
        actor("Idris", at), voice,
        Plan(
            "Voice circle, typed turns first", _evening(at, "Africa/Lagos", 6, 12, 0), "laryngeal",
            "Whatever is on your mind.", seats=6, format=Format.TYPED,
        ),
        now=at,
    )  # fmt: skip
    _gather(voice, at)


def _gather(voice: UUID, at: datetime) -> None:
    """One in which most people listen, as a media server would carry it. Where there is none, it
    opens as a circle like others, and its page says so."""
    reading = calls_scheduling.schedule_call(
        actor("Idris", at), voice,
        Plan(
            "An evening of reading", _evening(at, "Africa/Lagos", 8, 19, 0), "laryngeal",
            "A few of us read something we wrote, or have it read aloud. Come and listen.",
            seats=60, format=Format.GATHERING,
        ),
        ceilings=CEILINGS, now=at,
    )  # fmt: skip
    for name in ("Priya", "Kit"):
        calls_seating.sign_up(actor(name, at), reading, now=at)
    calls_seating.choose_part(actor("Priya", at), reading, listens=False)  # she’d like to read


def _evening(at: datetime, zone: str, days: int, hour: int, minute: int) -> datetime:
    there = at.astimezone(ZoneInfo(zone)) + timedelta(days=days)
    return there.replace(hour=hour, minute=minute, second=0, microsecond=0)


def open_a_lobby(at: datetime) -> None:
    """A circle that somebody who looks around can walk into right now."""
    hana = actor("Hana", at)
    ready = calls_queries.next_call_of(actor("Ana", at), now=at)
    if ready is not None and ready.starts_at <= at + timedelta(minutes=15):
        return
    neck = next(group for group in hana.groups if hana.facilitates(group))
    soon = calls_scheduling.schedule_call(
        hana, neck,
        Plan("Neck circle, today", at + timedelta(minutes=10), "cervical",
             "How today has been, in a few words."),
        now=at,
    )  # fmt: skip
    for name in ("Ana", "Ben", "Sam"):
        calls_seating.sign_up(actor(name, at), soon, now=at)
