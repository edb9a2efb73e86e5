"""A call for many, of whom most listen: where there is a media server, and nowhere else."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.calls import queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call
from community.calls.rules.call import (
    MOST_SEATS_IN_A_GATHERING,
    NO_GATHERINGS,
    Format,
    Plan,
    may_be_carried,
    most_seats,
)
from community.calls.rules.seats import (
    STAYS_A_GATHERING,
    TOO_MANY_SEATS,
    Roster,
    may_have_seats,
)
from community.calls.rules.series import Scope
from community.core.actor import Actor, Role
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.media import MESH, Ceilings
from community.core.ports import Ports
from community.live.livekit import CEILINGS
from tests.calls.test_edit_page import CHANGED
from tests.calls.test_new_page import TYPED
from tests.calls.test_rules import ANA, NOOR
from tests.fakes import PretendMedia
from tests.pages import ALERT, plain, send
from tests.refusals import refusal

OFFERED = '<option value="gathering">'
CHOSEN = '<option selected value="gathering">'


@pytest.fixture
def media(ports: Ports) -> PretendMedia:
    assert isinstance(ports.media, PretendMedia)
    return ports.media


@pytest.fixture
def served(media: PretendMedia) -> PretendMedia:
    media.served, media.ceilings = True, CEILINGS
    return media


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize(("ceilings", "carries"), [(MESH, False), (CEILINGS, True)])
def test_only_a_media_server_carries_one(format: Format, ceilings: Ceilings, carries: bool):
    may = may_be_carried(format, ceilings)
    assert may.reason == (NO_GATHERINGS if format is Format.GATHERING and not carries else None)


def test_it_has_room_for_two_hundred_whoever_facilitates():
    for for_two in (False, True):
        assert most_seats(Format.GATHERING, for_two=for_two) == MOST_SEATS_IN_A_GATHERING == 200


def test_it_stays_one_while_more_come_than_fit_in_a_circle():
    assert may_have_seats(11, 11, 11)
    assert may_have_seats(11, 12, 11).reason == STAYS_A_GATHERING
    assert may_have_seats(200, 12, 11).reason == STAYS_A_GATHERING
    assert may_have_seats(20, 11, 11).reason == TOO_MANY_SEATS


def test_whoever_signs_up_or_stands_by_comes_to_listen():
    roster = Roster(1, gathers=True).signed_up(ANA.id).stood_by(NOOR.id)
    assert [place.listens for place in roster.places] == [True, True]
    roster = Roster(1).signed_up(ANA.id).stood_by(NOOR.id)
    assert [place.listens for place in roster.places] == [False, False]


def test_it_is_offered_where_it_can_be_carried(cast, client_for, media: PretendMedia):
    browser = client_for(cast.hana)
    page = browser.get("/calls/new").text
    assert OFFERED not in page
    assert '<option value="12">' not in page
    media.ceilings = CEILINGS
    page = browser.get("/calls/new").text
    assert OFFERED in page
    for seats in ("11", "20", "200"):
        assert f'<option value="{seats}">' in page


def test_a_facilitator_schedules_one_and_listeners_are_welcome_in_it(
    make, cast, client_for, served: PretendMedia
):
    browser = client_for(cast.hana)
    typed = {**TYPED, "group": str(cast.neck), "format": "gathering", "seats": "150"}
    answer = send(browser, "/calls/new", **typed)
    assert answer.status_code == 302
    page = plain(browser.get(answer.location))
    assert "A gathering. Most people listen; anybody may ask for a turn" in page
    assert "Up to 150 people, and whoever facilitates" in page
    with make.app.app_context():
        call = db.session.scalars(select(Call)).one()
        assert (call.format, call.seats, call.listeners) == (Format.GATHERING, 150, True)


@pytest.mark.parametrize("again", ["", "every-week"])
def test_without_a_server_it_is_refused_in_words_and_what_was_typed_is_kept(
    cast, client_for, again: str
):
    typed = {**TYPED, "group": str(cast.neck), "format": "gathering", "seats": "20", "again": again}
    answer = send(client_for(cast.hana), "/calls/new", **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert NO_GATHERINGS.text in plain(answer)
    assert CHOSEN in answer.text
    assert '<option selected value="20">20</option>' in answer.text
    assert "Something small." in answer.text


def test_a_circle_has_no_more_seats_than_a_circle(cast, client_for, served: PretendMedia):
    typed = {**TYPED, "group": str(cast.neck), "format": "typed", "seats": "20"}
    answer = send(client_for(cast.hana), "/calls/new", **typed)
    assert answer.status_code == 422
    assert TOO_MANY_SEATS.text in plain(answer)


@pytest.fixture
def call_id(make, cast):
    return make.call(cast.neck, cast.hana, format=Format.GATHERING, seats=150)


def as_typed(**changes: str) -> dict[str, str]:
    return {**CHANGED, "day": "2026-11-24", "hour": "12:00", **changes}


def test_a_gathering_becomes_a_circle_and_a_circle_a_gathering(
    make, cast, client_for, call_id, served: PretendMedia
):
    browser, page = client_for(cast.hana), f"/calls/{call_id}/edit"
    assert CHOSEN in browser.get(page).text
    for format, seats in (("any", "8"), ("gathering", "60")):
        assert send(browser, page, **as_typed(format=format, seats=seats)).status_code == 302
        with make.app.app_context():
            call = db.session.get_one(Call, call_id)
            assert (call.format, call.seats) == (format, int(seats))


def test_where_the_server_is_gone_it_can_only_become_a_circle(cast, client_for, call_id):
    browser, page = client_for(cast.hana), f"/calls/{call_id}/edit"
    answer = send(browser, page, **as_typed(format="gathering", seats="150"))
    assert answer.status_code == 422
    assert NO_GATHERINGS.text in plain(answer)
    assert send(browser, page, **as_typed(format="any", seats="8")).status_code == 302


def twelve(make, cast, call_id) -> list[Actor]:
    """One more than there are seats in a circle."""
    people = [make.member(f"Number {number}") for number in range(12)]
    for person in people:
        make.joined(cast.neck, person, cast.owner)
        make.signed_up(call_id, make.actor(person))
    return [make.actor(person) for person in people]


def test_while_many_come_it_stays_a_gathering(
    make, cast, client_for, call_id, served: PretendMedia
):
    twelve(make, cast, call_id)
    typed = as_typed(format="any", seats="20")
    answer = send(client_for(cast.hana), f"/calls/{call_id}/edit", **typed)
    assert answer.status_code == 422
    assert STAYS_A_GATHERING.text in plain(answer)


def test_a_copy_of_one_begins_as_one(cast, client_for, call_id, served: PretendMedia):
    page = client_for(cast.hana).get(f"/calls/new?like={call_id}").text
    assert CHOSEN in page
    assert '<option selected value="150">150</option>' in page


@pytest.mark.parametrize(
    "broken",
    [
        {"seats": 201},
        {"format": Format.ANY},
        {"listeners": False},
    ],
    ids=str,
)
def test_the_database_holds_it_too(make, call_id, broken):
    def break_it() -> None:
        call = db.session.get_one(Call, call_id)
        for name, value in broken.items():
            setattr(call, name, value)
        db.session.flush()

    with pytest.raises(IntegrityError):
        make.done(break_it)


def test_two_hold_it_together_whatever_its_seats(make, cast, call_id, app: Flask):
    make.joined(cast.neck, cast.stranger, cast.owner)
    make.appointed(cast.neck, cast.owner, cast.stranger, frozenset({Role.FACILITATOR}))
    make.held_together(call_id, cast.hana, make.actor(cast.stranger))
    with app.app_context():
        assert db.session.get_one(Call, call_id).co_facilitator_id == cast.stranger.id


def test_its_page_says_what_comes_of_signing_up_and_how_many_listen(
    make, cast, client_for, call_id
):
    browser, page = client_for(cast.ana), f"/calls/{call_id}"
    before = plain(browser.get(page))
    assert "You come to listen. In the lobby, and in the gathering, you can choose" in before
    assert "Sign me up to listen" not in before
    assert "So far" not in before
    for person in (cast.ana, cast.ben):
        make.signed_up(call_id, person)
    after = plain(browser.get(page))
    assert "You’re coming, to listen" in after
    assert "So far 2 people come to listen" in after
    make.done(lambda: seating.choose_part(cast.ana, call_id, listens=False))
    assert "So far one person comes to listen" in plain(browser.get(page))
    with make.app.app_context():
        written = select(OutboxLetter.facts).where(OutboxLetter.kind == "calls/seat_confirmed")
        assert [each["gathers"] for each in db.session.scalars(written)] == [True, True]


def test_lists_say_what_it_is_and_draw_a_table_of_few(cast, client_for, call_id):
    page = client_for(cast.ana).get("/calls")
    assert "A gathering. Most people listen; anybody may ask for a turn." in plain(page)
    assert page.text.count('class="free"') == 20


def test_the_dates_of_a_series_stay_gatherings_while_many_come(make, cast, clock, app: Flask):
    first, _ = make.series(cast.neck, cast.hana)

    def change(plan: Plan, ceilings: Ceilings = CEILINGS) -> None:
        scheduling.edit_call(
            cast.hana, first, plan, scope=Scope.ALL, ceilings=ceilings, now=clock.now()
        )

    with app.app_context():
        call = db.session.get_one(Call, first)
        of_many = Plan(call.title, call.starts_at, seats=50, format=Format.GATHERING)
        of_few = Plan(call.title, call.starts_at)
    assert refusal(lambda: make.done(lambda: change(of_many, MESH))) == NO_GATHERINGS
    make.done(lambda: change(of_many))
    with app.app_context():
        later = [each for each in db.session.scalars(select(Call.id)) if each != first]
        assert {each.seats for each in db.session.scalars(select(Call))} == {50}
    people = twelve(make, cast, later[-1])
    assert refusal(lambda: make.done(lambda: change(of_few))) == STAYS_A_GATHERING
    make.gave_up(later[-1], people[0])
    make.done(lambda: change(of_few))
    with app.app_context():
        assert {each.seats for each in db.session.scalars(select(Call))} == {8, 11}
        assert not queries.roster_of(db.session.get_one(Call, first)).gathers
