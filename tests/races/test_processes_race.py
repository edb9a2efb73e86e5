"""Four processes at the same moment, as on a large site: what holds is what the database holds."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from community.accounts.rules import SignInLinkAsked
from community.core import letters
from community.core.actor import Role, Staff
from community.core.db import transaction
from community.core.post import BATCH, post
from tests.browser.copied import COPIES
from tests.core.store import Store, own_app
from tests.fakes import FRIDAY_NOON, KeptMail
from tests.make import Make
from tests.races.crowd import (
    SEATS,
    Pressed,
    at_once,
    crowd,
    every_offer_and_every_seat_has_its_letter,
    nothing_is_broken,
    the_line_kept_its_order,
)

pytestmark = pytest.mark.parametrize("store", ["postgresql"], indirect=True)

PROCESSES, PEOPLE = 4, 500
CONNECTIONS = 8  # of each process to the database
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


def come(url: str, call_id: UUID, host: UUID, people: Sequence[UUID], start: Barrier) -> Pressed:
    """This process’s share of everybody; in each process offers end and seats change."""
    with own_app(url) as app:
        make = Make(app, app.extensions["ports"].clock)
        actors, hana = [make.actor(one) for one in people], make.actor(host)
        start.wait()
        visits = crowd(app, hana, call_id, actors, 2, FRIDAY_NOON)
        return at_once(visits, hands=CONNECTIONS)


@pytest.mark.holds("promise:5", "circle:4")
def test_five_hundred_people_in_four_processes_never_oversell_eight_seats(
    store: Store, in_each: InEach
) -> None:
    with own_app(store.url) as app:
        make = Make(app, app.extensions["ports"].clock)
        everyone, hana = make.everyone(), make.member("Hana")
        admin = make.staff("Admin", Staff.ADMIN)
        make.appointed(everyone, admin, hana, frozenset({Role.FACILITATOR}))
        call_id = make.call(everyone, make.actor(hana), seats=SEATS, starts_in=timedelta(days=9))
        people = [make.member(f"Member {number}").id for number in range(PEOPLE)]
        shares = [people[number::PROCESSES] for number in range(PROCESSES)]
        pressed = in_each(come, store.url, call_id, hana.id, shares=shares)
        with app.app_context():
            nothing_is_broken(call_id)
            the_line_kept_its_order(call_id)
            every_offer_and_every_seat_has_its_letter(call_id, pressed)


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
def test_four_processes_write_and_send_each_letter_once(store: Store, in_each: InEach) -> None:
    people = [f"member{number}@example.org" for number in range(BATCH - 1)]
    with own_app(store.url) as app, app.app_context(), transaction():
        for person in people:
            letters.write(person, LETTER, zone="UTC", now=FRIDAY_NOON)
    sent = in_each(send, store.url, shares=["everybody"] * PROCESSES)
    assert Counter(sent) == dict.fromkeys([*people, "everybody@example.org"], 1)
