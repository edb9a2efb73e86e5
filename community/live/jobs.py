"""It is time: what the live circle does by the clock. It moves nothing that anybody is in."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from community.core.db import scrub, scrub_again, transaction
from community.core.jobs import Job
from community.core.media import Path
from community.core.sockets import breathe, is_open
from community.core.web import ports
from community.live import actions, becoming, over, prepared, queries
from community.live.after import actions as after_actions
from community.live.events import notice_gone
from community.live.models import ERASED, WAITING
from community.live.process import this_process
from community.live.publish import page_name, tell
from community.live.rules.events import Empty, NobodyCame
from community.live.rules.may import may
from community.live.rules.room import Room
from community.live.rules.signals import allowed

T = TypeVar("T")

MINUTE = timedelta(minutes=1)
TEN_SECONDS = timedelta(seconds=10)


def keep_the_lease(now: datetime) -> None:
    """Say that this process answers. Each that does has to say so itself."""
    with transaction():
        actions.keep_lease(this_process(), now=now)


def notice_who_is_gone(now: datetime) -> None:
    """Whose process has ended, and who takes part by plain HTTP and asks no more."""
    if queries.ended_lines(now):
        with transaction():
            happened = actions.close_ended_lines(now=now)
        for step in happened:
            tell(step, now)


def notice_lost_lines(now: datetime) -> None:
    """Whose line to this process ended without our taking note of it: a thousand that drop at
    once are more than there is time for."""
    for line in _one_by_one(queries.lines_to(this_process())):
        if not is_open(page_name(*line)):
            notice_gone(*line)


def notice_who_leads(now: datetime) -> None:
    """Whoever led a circle that is on and may not any more, if no page of theirs told us."""
    if becoming.who_leads_no_more(_one_by_one(queries.kept_rooms()), now):
        with transaction():
            happened = actions.follow_who_leads(now=now)
        for step in happened:
            tell(step, now)


def hold_the_media(now: datetime) -> None:
    """Say to a media server again who may be there, heard and seen, whatever it missed; and that
    nobody meets where somebody was sent out of."""
    media = ports().media
    if media.path is Path.SERVER:
        for room in _one_by_one(queries.rooms_that_are_on()):
            for place in room.media_before:
                media.close(place)
            media.floor(room.media_id, allowed(room))


def ask_the_media(now: datetime) -> None:
    """Whether a media server answers, for this process: no page waits for that."""
    ports().media.look()


def call_off(now: datetime) -> None:
    """End what was cancelled while its lobby was open, for whoever waits in it."""
    if over.called_off():
        with transaction():
            happened = actions.call_off(now=now)
        for step in happened:
            tell(step, now)


def end_empty_circles(now: datetime) -> None:
    """End the circles in which nobody has been for long, where that is known."""
    for kept in _one_by_one(queries.kept_rooms()):
        if not kept.is_anybody_here:
            _end(kept.room, Empty(), now)


def end_circles_that_nobody_leads(now: datetime) -> None:
    """End the circles to which no facilitator has come, long after their start."""
    for room, starts_at in queries.lobbies(now):
        _end(room, NobodyCame(starts_at), now)


def after_restart(now: datetime) -> None:
    """The first breath of a process. What the one before had no time to erase leaves the files."""
    with transaction():
        actions.after_restart(now=now)
    scrub(*ERASED)


def erase_what_ended(now: datetime) -> None:
    """Again, in case the words of a circle that ended could not leave the files at once. And what
    was written for a call that was cancelled, or ended without a circle.

    A circle that is on would wait for that, and whatever is left goes with it when it ends."""
    with transaction():
        prepared.forget_finished()
    if not queries.is_any_on():
        scrub(*ERASED)


def erase_what_waited(now: datetime) -> None:
    """Erase what was written to facilitators after a circle, when its days are over; and whatever
    of these words is gone from the tables leaves the files."""
    with transaction():
        after_actions.forget_lines(now=now)
    scrub(*WAITING)


def erase_what_was_read(now: datetime) -> None:
    """Again, whatever could not leave the files because somebody was reading just then."""
    scrub_again()


def _one_by_one(all_of_them: Iterable[T]) -> Iterator[T]:
    """With a breath before each: no press waits until we have been through all of them."""
    for each in all_of_them:
        breathe()
        yield each


def _end(room: Room, event: Empty | NobodyCame, now: datetime) -> None:
    if may(room, event, now):
        with transaction():
            happened = actions.notice(room.call_id, event, now=now)
        if happened is not None:
            tell(happened, now)


JOBS = (
    Job("notice who is gone", TEN_SECONDS, notice_who_is_gone),
    Job("notice who leads", TEN_SECONDS, notice_who_leads),
    Job("hold the media", TEN_SECONDS, hold_the_media),
    Job("call off", TEN_SECONDS, call_off),
    Job("end empty circles", MINUTE, end_empty_circles),
    Job("end circles that nobody leads", MINUTE, end_circles_that_nobody_leads),
    Job("erase what ended", MINUTE, erase_what_ended),
    Job("erase what waited", timedelta(hours=1), erase_what_waited),
)

OF_EACH_PROCESS = (
    Job("keep the lease", TEN_SECONDS, keep_the_lease),
    Job("notice lost lines", TEN_SECONDS, notice_lost_lines),
    Job("ask the media", MINUTE, ask_the_media),
    Job("erase what was read", MINUTE, erase_what_was_read),
)
"""What every process that answers does for itself, wherever the other jobs run."""
