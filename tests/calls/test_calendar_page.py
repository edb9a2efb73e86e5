"""My calendar: a private address, what it leads to, and one call at a time."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from structlog.testing import capture_logs

from community.calls.actions import scheduling
from community.calls.rules.calendars import KEPT
from community.calls.rules.call import Plan
from community.groups import actions as groups_actions
from tests.pages import send

PAGE = "/calls/calendar"
START = "/calls/calendar/start"


def address(browser) -> str:
    """A new private address, as its page shows it."""
    send(browser, PAGE, START)
    return shown(browser)


def shown(browser) -> str:
    found = re.search(
        r'value="http://localhost(/calls/calendar/[^"]+\.ics)"', browser.get(PAGE).text
    )
    assert found
    return found[1]


def events(answer) -> list:
    assert answer.status_code == 200
    return vobject.readOne(answer.text).contents.get("vevent", [])


@pytest.fixture
def call_id(make, cast):
    return make.call(cast.neck, cast.hana, seated=[cast.ana])


@pytest.fixture
def edited(make, cast, clock, call_id):
    """Hana changes the call."""

    def change(**plan) -> None:
        usual = {"title": "Neck circle", "starts_at": clock.now() + timedelta(days=4)}
        wish = Plan(**usual | plan)
        make.done(lambda: scheduling.edit_call(cast.hana, call_id, wish, now=clock.now()))

    return change


def cancelled(make, cast, clock, call_id) -> None:
    make.done(lambda: scheduling.cancel_call(cast.hana, call_id, now=clock.now()))


@pytest.mark.holds("seed:8")
def test_an_address_is_made_and_works_signed_out(cast, client_for, call_id):
    leads_to = address(client_for(cast.ana))
    answer = client_for(None).get(leads_to)
    assert answer.mimetype == "text/calendar"
    [event] = events(answer)
    assert event.uid.value == str(call_id)
    assert event.dtstart.value == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.holds("promise:10")
def test_it_says_nothing_about_the_call_or_anybody(cast, client_for, call_id):
    leads_to = address(client_for(cast.ana))
    calendar = client_for(None).get(leads_to).text
    for word in ("Neck", "Ana", "Hana", cast.ana.id.hex, str(cast.ana.id), "evenings", "circle"):
        assert word not in calendar.replace("Circles: a call", "").replace("Circles", "")
        assert word not in leads_to


@pytest.mark.holds("promise:10")
def test_the_address_is_in_no_log(cast, client_for, call_id):
    leads_to = address(client_for(cast.ana))
    with capture_logs() as logs:
        client_for(None).get(leads_to)
    assert [line["route"] for line in logs] == ["/calls/calendar/<key>.ics"]
    assert leads_to.rpartition("/")[2][:-4] not in repr(logs)


def test_a_new_address_stops_the_one_before(cast, client_for, call_id):
    ana, guest = client_for(cast.ana), client_for(None)
    first = address(ana)
    second = address(ana)
    assert guest.get(first).status_code == 404
    assert guest.get(second).status_code == 200
    send(ana, PAGE, "/calls/calendar/stop")
    assert guest.get(second).status_code == 404
    assert "Make my address" in ana.get(PAGE).text


def test_an_address_that_we_did_not_make_leads_nowhere(cast, client_for):
    leads_to = address(client_for(cast.ana))
    assert client_for(None).get(leads_to.replace(".ics", "x.ics")).status_code == 404


def test_it_has_the_calls_i_come_to_and_hold_and_no_others(make, cast, client_for, call_id):
    waits = make.call(
        cast.neck, cast.hana, seats=2, seated=[cast.ben, cast.mori], waiting=[cast.ana]
    )
    draft = make.call(cast.neck, cast.hana, as_draft=True)
    theirs = {str(call_id), str(waits)}
    guest = client_for(None)
    of_ana = {event.uid.value for event in events(guest.get(address(client_for(cast.ana))))}
    of_hana = {event.uid.value for event in events(guest.get(address(client_for(cast.hana))))}
    of_noor = events(guest.get(address(client_for(cast.noor))))
    assert of_ana == {str(call_id)}
    assert of_hana == theirs
    assert str(draft) not in of_hana
    assert of_noor == []


@pytest.mark.holds("promise:10")
def test_whoever_left_the_group_has_nothing_of_it_in_there(make, cast, client_for, call_id):
    leads_to = address(client_for(cast.ana))
    make.done(lambda: groups_actions.leave(cast.ana, cast.neck, now=make.clock.now()))
    assert events(client_for(None).get(leads_to)) == []


def test_a_seat_that_was_given_up_is_gone_from_it(make, cast, client_for, call_id):
    leads_to = address(client_for(cast.ana))
    make.gave_up(call_id, cast.ana)
    assert events(client_for(None).get(leads_to)) == []


def test_a_new_time_is_a_newer_telling_and_new_words_are_not(
    make, cast, clock, client_for, call_id, edited
):
    leads_to, guest = address(client_for(cast.ana)), client_for(None)
    edited(title="Another title", about="Another theme", seats=4)
    assert events(guest.get(leads_to))[0].sequence.value == "0"
    clock.pass_by(hours=1)
    edited(starts_at=clock.now() + timedelta(days=9))
    [event] = events(guest.get(leads_to))
    assert event.sequence.value == "1"
    assert event.dtstamp.value == event.last_modified.value == clock.now()
    assert event.dtstart.value == clock.now() + timedelta(days=9)
    edited(starts_at=clock.now() + timedelta(days=9), minutes=60)
    [event] = events(guest.get(leads_to))
    assert event.sequence.value == "2"
    assert event.dtend.value - event.dtstart.value == timedelta(hours=1)


def test_a_cancelled_call_stays_for_a_while_and_says_so(make, cast, clock, client_for, call_id):
    leads_to, guest = address(client_for(cast.ana)), client_for(None)
    cancelled(make, cast, clock, call_id)
    [event] = events(guest.get(leads_to))
    assert event.status.value == "CANCELLED"
    assert event.sequence.value == "1"
    clock.pass_by(days=4 + KEPT.days)
    assert events(guest.get(leads_to)) == []


def test_what_a_calendar_has_already_is_not_sent_again(cast, client_for, call_id, edited, clock):
    leads_to, guest = address(client_for(cast.ana)), client_for(None)
    first = guest.get(leads_to)
    assert first.headers["Cache-Control"] == "private, no-cache"
    has = {"If-None-Match": first.headers["ETag"]}
    again = guest.get(leads_to, headers=has)
    assert (again.status_code, again.text) == (304, "")
    edited(starts_at=clock.now() + timedelta(days=9))
    assert guest.get(leads_to, headers=has).status_code == 200


def test_one_call_can_be_added_by_whoever_sees_it(cast, client_for, call_id):
    noor = client_for(cast.noor)
    leads_to = f"/calls/{call_id}/call.ics"
    assert leads_to in noor.get(f"/calls/{call_id}").text
    answer = noor.get(leads_to)
    assert "METHOD:PUBLISH" in answer.text
    [event] = events(answer)
    assert event.description.value == f"http://localhost/calls/{call_id}"


def test_one_call_that_was_cancelled_is_taken_out(make, cast, clock, client_for, call_id):
    cancelled(make, cast, clock, call_id)
    ana = client_for(cast.ana)
    assert "call.ics" not in ana.get(f"/calls/{call_id}").text
    answer = ana.get(f"/calls/{call_id}/call.ics")
    assert "METHOD:CANCEL" in answer.text
    assert events(answer)[0].status.value == "CANCELLED"


def test_a_draft_is_in_no_calendar(make, cast, client_for):
    draft = make.call(cast.neck, cast.hana, as_draft=True)
    assert client_for(cast.hana).get(f"/calls/{draft}/call.ics").status_code == 409
    assert client_for(cast.ana).get(f"/calls/{draft}/call.ics").status_code == 404


@pytest.mark.holds("promise:10")
def test_a_stranger_has_no_call_of_the_group_to_add(cast, client_for, call_id):
    assert client_for(cast.stranger).get(f"/calls/{call_id}/call.ics").status_code == 404
    assert client_for(None).get(f"/calls/{call_id}/call.ics").status_code == 302


def test_twenty_calls_cost_no_more_queries_than_one(make, cast, client_for, cost, call_id):
    leads_to, guest = address(client_for(cast.ana)), client_for(None)
    cost.statements.clear()
    guest.get(leads_to)
    one = int(cost)
    for _ in range(19):
        make.call(cast.neck, cast.hana, seated=[cast.ana])
    cost.statements.clear()
    assert len(events(guest.get(leads_to))) == 20
    assert int(cost) == one
