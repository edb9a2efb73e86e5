"""Three processes at the same moment, as on a large site: what holds is what the database holds."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from community.accounts.rules import SignInLinkAsked
from community.calls import queries
from community.calls.actions import seating
from community.calls.models import Call
from community.calls.rules.seats import SeatState
from community.core import letters
from community.core.actor import Actor, Role, Staff
from community.core.db import db, transaction
from community.core.post import BATCH, post
from tests.browser.copied import COPIES
from tests.core.store import Store, own_app
from tests.fakes import FRIDAY_NOON, KeptMail
from tests.make import Make

pytestmark = pytest.mark.parametrize("store", ["postgresql"], indirect=True)

PROCESSES, PEOPLE, SEATS = 3, 12, 8
PATIENCE = 120  # s

LETTER = SignInLinkAsked(UUID(int=7), is_new=False)

InEach = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def in_each() -> Iterator[InEach]:
    """Does the same in each process, on a share of its own; what all of them gave back."""
    with COPIES.Manager() as manager, ProcessPoolExecutor(PROCESSES, mp_context=COPIES) as pool:

        def done(act: Callable[..., Any], *facts: object, shares: Sequence[object]) -> list[Any]:
            start = manager.Barrier(PROCESSES, timeout=PATIENCE)
            going = [pool.submit(act, *facts, share, start) for share in shares]
            return [one for each in going for one in each.result()]

        yield done


def sign_up(url: str, call_id: UUID, people: Sequence[UUID], start: Barrier) -> list[SeatState]:
    with own_app(url) as app:
        make = Make(app, app.extensions["ports"].clock)
        actors = [make.actor(person) for person in people]

        def press(actor: Actor) -> SeatState:
            with app.app_context(), transaction():
                return seating.sign_up(actor, call_id, now=make.clock.now())

        start.wait()
        with ThreadPoolExecutor(len(people)) as everybody:
            return list(everybody.map(press, actors))


@pytest.mark.holds("promise:5")
def test_three_processes_never_oversell_eight_seats(store: Store, in_each: InEach) -> None:
    with own_app(store.url) as app:
        make = Make(app, app.extensions["ports"].clock)
        everyone, hana = make.everyone(), make.member("Hana")
        admin = make.staff("Admin", Staff.ADMIN)
        make.appointed(everyone, admin, hana, frozenset({Role.FACILITATOR}))
        call_id = make.call(everyone, make.actor(hana), seats=SEATS)
        people = [make.member(f"Member {number}").id for number in range(PROCESSES * PEOPLE)]
        shares = [people[number::PROCESSES] for number in range(PROCESSES)]
        states = Counter(in_each(sign_up, store.url, call_id, shares=shares))
        assert states == {SeatState.CONFIRMED: SEATS, SeatState.WAITING: len(people) - SEATS}
        with app.app_context():
            roster = queries.roster_of(db.session.get_one(Call, call_id))
            assert roster.taken == SEATS
            assert len({place.number for place in roster.places}) == len(people)


def send(url: str, once: str, start: Barrier) -> list[str]:
    """Write a letter that the other processes write too, and send all there is."""
    mail = KeptMail()
    with own_app(url, mail) as app, app.app_context():
        start.wait()
        with transaction():
            letters.write(f"{once}@example.org", LETTER, zone="UTC", now=FRIDAY_NOON, once=once)
        post(FRIDAY_NOON)
    return [str(message["To"]) for message in mail.kept]


@pytest.mark.holds("promise:6")
def test_three_processes_write_and_send_each_letter_once(store: Store, in_each: InEach) -> None:
    people = [f"member{number}@example.org" for number in range(BATCH - 1)]
    with own_app(store.url) as app, app.app_context(), transaction():
        for person in people:
            letters.write(person, LETTER, zone="UTC", now=FRIDAY_NOON)
    sent = in_each(send, store.url, shares=["everybody"] * PROCESSES)
    assert Counter(sent) == dict.fromkeys([*people, "everybody@example.org"], 1)
