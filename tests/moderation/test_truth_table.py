"""Who may do what: the table of moderation, against the rules, the pages and what is sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import event

from community.core.db import db
from community.core.sockets import socketio
from community.groups.claims import actor_of
from community.moderation import queries
from community.moderation.rules.case import actions_for
from community.moderation.sanctions import queries as sanction_queries
from community.moderation.sanctions.rules import LADDER as STEPS
from community.moderation.sanctions.rules import steps_for
from tests.core.store import EmptyDatabase, own_app
from tests.fakes import FrozenClock
from tests.moderation.matrix import (
    GROUP,
    LADDER,
    OPEN,
    OUTCOMES,
    PROPOSED,
    READ,
    ROLES,
    TABLE,
    Deed,
    World,
)
from tests.moderation.more_deeds import MORE, READ_MORE, THERE, build

ALL = (*TABLE, *MORE)
DONE, REFUSED = {200, 302}, {403, 404, 409}

pytestmark = pytest.mark.holds("moderation:1", "moderation:10", "moderation:11", "asvs:2")


@pytest.fixture(scope="module")
def world(empty_database: EmptyDatabase) -> Iterator[World]:
    """Built once. What each test does in it is undone."""
    with empty_database("sqlite") as store, own_app(store.url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        clock = app.extensions["ports"].clock
        assert isinstance(clock, FrozenClock)
        with app.app_context():
            engines = db.engines
        engine = engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection
            try:
                yield build(app, clock, connection)
            finally:
                engines[None] = engine
                outer.rollback()


@contextmanager
def changes(world: World) -> Iterator[list[str]]:
    """What is written to the database meanwhile; of a press in a circle not that it came, which is
    undone if it is refused."""
    found: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        verb = statement.split(None, 1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"} and "INTO room_event" not in statement:
            found.append(statement)

    event.listen(world.connection, "before_cursor_execute", note)
    yield found
    event.remove(world.connection, "before_cursor_execute", note)


@pytest.mark.parametrize("deed", ALL, ids=str)
def test_it_is_done_by_whom_the_table_says_and_by_nobody_else(world: World, deed: Deed) -> None:
    place, typed, done = world.place(deed, deed.to), world.typed(deed), set()
    for role in ROLES:
        with world.undone(), changes(world) as made:
            answer = world.browsers[role].post(place, data=typed)
        if answer.status_code in REFUSED:
            assert made == [], role
        else:
            assert answer.status_code in DONE, (role, answer.status_code)
            assert made, role
            done.add(role)
    assert done == deed.may


@pytest.mark.holds("moderation:24")
@pytest.mark.parametrize("deed", [each for each in ALL if each.may], ids=str)
def test_nothing_is_done_by_looking_nor_without_the_token(
    world: World, deed: Deed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whoever may do it. That somebody looked may be written down."""
    place, typed, role = world.place(deed, deed.to), world.typed(deed), min(deed.may)
    with world.undone(), changes(world) as made:
        world.browsers[role].get(place, query_string=typed)
    assert [each for each in made if not each.startswith("INSERT INTO audit_event")] == []
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    with world.undone(), changes(world) as made:
        assert world.browsers[role].post(place, data=typed).status_code == 400
    assert made == []


@pytest.mark.parametrize("deed", [each for each in ALL if each.page], ids=str)
def test_a_page_offers_it_to_whom_the_table_says_and_to_nobody_else(
    world: World, deed: Deed
) -> None:
    assert deed.page
    place, offer = (world.place(deed, each) for each in (deed.page, deed.offers))
    assert {role for role in ROLES if offer in world.page(role, place)} == deed.may


@pytest.mark.parametrize("address", READ)
def test_a_page_is_there_for_whom_the_table_says_and_for_nobody_else(
    world: World, address: str
) -> None:
    ids = {about: thing["id"] for about, thing in world.things.items() if "id" in thing}
    decided = world.things["appealed in the group"]
    place = address.format(**ids, removed=decided["post"], decision=decided["decision"])
    with world.undone():
        answers = {role: world.browsers[role].get(place).status_code for role in ROLES}
    assert {role for role, status in answers.items() if status == 200} == READ[address]
    assert set(answers.values()) <= {200, 302, 404}  # nobody learns that it is there
    assert answers["guest"] == 302


@pytest.mark.holds("moderation:22", "moderation:23")
@pytest.mark.parametrize(("about", "address"), READ_MORE)
def test_nobody_reads_from_outside_but_what_is_theirs_to_decide(
    world: World, about: str, address: str
) -> None:
    place = address.format(**world.things[about])
    with world.undone():
        answers = {role: world.browsers[role].get(place).status_code for role in ROLES}
    assert {role for role, status in answers.items() if status == 200} == READ_MORE[about, address]
    assert set(answers.values()) <= {200, 302, 403, 404}
    assert answers["guest"] == 302


@pytest.mark.holds("moderation:15", "moderation:23")
def test_a_line_listens_to_a_thread_only_for_whoever_may_read_it(world: World) -> None:
    thread_id = str(world.things["unreported"]["thread"])
    assert _listening(world, "watch-thread", {"thread_id": thread_id, "last": 2}) == THERE


@pytest.mark.holds("moderation:15", "moderation:23")
def test_a_line_listens_to_a_circle_only_for_whoever_is_in_it(world: World) -> None:
    call_id = str(world.things["place"]["call"])
    with world.undone():
        for role in ("facilitator", "author"):
            way = {"way": "text", "shows_card": "y"}
            joined = world.browsers[role].post(f"/calls/{call_id}/lobby", data=way)
            assert joined.status_code == 302
        entering = {"call_id": call_id, "page": str(uuid4())}
        assert _listening(world, "enter-circle", entering) == {"facilitator", "author"}


def _listening(world: World, event: str, payload: dict[str, object]) -> set[str]:
    """Who hears of it from then on, by the live line."""
    let = set()
    for role in ROLES:
        line = socketio.test_client(world.app, flask_test_client=world.browsers[role])
        if not line.is_connected():
            assert role == "guest"
            continue
        with world.undone():
            if line.emit(event, payload, callback=True)["ok"]:
                let.add(role)
        line.disconnect()
    return let


def test_somebody_is_removed_from_a_circle_by_whoever_holds_it_and_by_nobody_else(
    world: World,
) -> None:
    """By the live line, as the page of a circle does it."""
    place = world.things["place"]
    circle, author = f"/circles/{place['call']}/events", str(place["author"])
    removed = set()
    with world.undone():
        for role in ("facilitator", "author"):
            way = {"way": "text", "shows_card": "y"}
            joined = world.browsers[role].post(f"/calls/{place['call']}/lobby", data=way)
            assert joined.status_code == 302
        press = {"call_id": str(place["call"]), "event_id": str(uuid4())}
        started = world.browsers["facilitator"].post(
            f"{circle}/start", json=press, headers={"Accept": "application/json"}
        )
        assert started.get_json()["ok"]
        for role in ROLES:
            line = socketio.test_client(world.app, flask_test_client=world.browsers[role])
            if not line.is_connected():
                assert role == "guest"
                continue
            removal = {**press, "event_id": str(uuid4()), "person": author, "why": "Advice."}
            with world.undone():
                with changes(world) as made:
                    answer = line.emit("remove", removal, callback=True)
                assert bool(made) is answer["ok"], role
                if answer["ok"]:
                    removed.add(role)
                    assert _readers(world, f"/circles/{place['call']}/sent-out") == {"author"}
                    [case] = re.findall('href="(/moderation/[^"]+)"', _lately(world))
                    assert _readers(world, case) == GROUP
            line.disconnect()
    assert removed == {"facilitator"}


def _lately(world: World) -> str:
    """What whoever looks after the group reads of it in their queue."""
    page = world.browsers["moderator"].get("/moderation").text
    return page.partition('id="sent-out"')[2].partition("</section>")[0]


def _readers(world: World, page: str) -> set[str]:
    return {role for role in ROLES if world.browsers[role].get(page).status_code == 200}


@pytest.mark.parametrize("about", OPEN)
def test_the_rules_say_the_same(world: World, about: str) -> None:
    item_id, now = world.things[about]["id"], world.clock.now()
    outcomes = {deed.name: deed.may for deed in TABLE if deed.about == about and deed.offers}
    for role, person in world.people.items():
        if person is None:
            continue
        with world.app.app_context():
            actor = replace(actor_of(person.id, now=now), signed_in_at=now)
            case = queries.items_by_id([item_id], now)[item_id].case
            subject = sanction_queries.subject_of(case)
            can = {outcome.value for outcome in actions_for(case, actor, now)}
            steps = steps_for(actor, case, subject, now)
        assert can == {name for name in OUTCOMES if role in outcomes[name]}
        for step in STEPS:
            listed = LADDER.get(str(step))
            if listed is not None:
                assert (step in steps) is (role in listed[about]), (role, step)
                needs = role in PROPOSED.get(str(step), ())
                assert bool(steps.get(step)) is (needs and step in steps), (role, step)
