"""P10: fifty people at once for eight seats, beside the least that could do it.

The least is one guarded update and one row: no rule, no letter, no line to wait in.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import perf_counter

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, Uuid, func, insert, select, update

from bench.measure import Figure, in_turn, ratio
from bench.store import Store, store
from community.calls.actions import seating as calls_seating
from community.calls.models import Seat
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db, transaction

PEOPLE, SEATS = 50, 8
TARGET = 0.5

bare = MetaData()
bare_call = Table(
    "bench_call", bare, Column("id", Integer, primary_key=True), Column("taken", Integer)
)
bare_seat = Table("bench_seat", bare, Column("call", Integer), Column("person", Uuid))


def p10(folder: Path) -> dict[str, list[Figure]]:
    """Sign-ups a second, ours ÷ the guarded update. Never more seats than there are."""
    with store(folder / "signups.db", 0) as made:
        people = [made.make.member(f"Early {number}") for number in range(PEOPLE)]
        with made.app.app_context(), transaction():
            bare.create_all(db.session.connection())
        costs = in_turn(
            {
                "ours": lambda: _ours(made, people),
                "bare": lambda: _bare(made.app, people),
            }
        )
    # Sign-ups a second are the other way up than seconds.
    return {"P10": [ratio("sign-ups", costs["bare"], costs["ours"], TARGET, at_most=False)]}


def _ours(made: Store, people: list[Actor]) -> float:
    call_id = made.make.call(made.group_id, made.host, seats=SEATS)
    now = made.make.clock.now()

    def sign_up(person: Actor) -> None:
        with transaction():
            calls_seating.sign_up(person, call_id, now=now)

    took = _at_once(made.app, people, sign_up)
    with made.app.app_context():
        confirmed = db.session.scalar(
            select(func.count())
            .select_from(Seat)
            .where(Seat.call_id == call_id, Seat.state == SeatState.CONFIRMED)
        )
    assert confirmed == SEATS, f"{confirmed} seats were given"
    return took


def _bare(app: Flask, people: list[Actor]) -> float:
    with app.app_context(), transaction():
        made = db.session.execute(insert(bare_call).values(taken=0))
        number = made.inserted_primary_key[0]  # type: ignore[attr-defined]

    def sign_up(person: Actor) -> None:
        with transaction():
            free = (bare_call.c.id == number) & (bare_call.c.taken < SEATS)
            won = db.session.execute(
                update(bare_call).where(free).values(taken=bare_call.c.taken + 1)
            )
            if won.rowcount:  # type: ignore[attr-defined]
                db.session.execute(insert(bare_seat).values(call=number, person=person.id))

    return _at_once(app, people, sign_up)


def _at_once(app: Flask, people: list[Actor], sign_up: Callable[[Actor], None]) -> float:
    """Seconds from the moment that everybody is let go until the last of them is answered."""
    start = Barrier(len(people) + 1)

    def press(person: Actor) -> None:
        start.wait()
        with app.app_context():
            sign_up(person)

    with ThreadPoolExecutor(len(people)) as everybody:
        pressed = [everybody.submit(press, person) for person in people]
        start.wait()
        begun = perf_counter()
        for one in pressed:
            one.result()
        return perf_counter() - begun
