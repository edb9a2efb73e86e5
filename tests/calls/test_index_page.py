"""The page of calls to come."""

import re
from datetime import timedelta

import pytest

from community.calls.listed import A_PAGE

PAGE = "/calls"


def test_calls_stand_week_by_week_the_next_first(make, cast, client_for):
    make.call(cast.neck, cast.hana, title="Later circle", starts_in=timedelta(days=11))
    make.call(cast.neck, cast.hana, title="Sooner circle", starts_in=timedelta(days=4))
    page = client_for(cast.ana).get(PAGE).text
    order = ["Next week", "Sooner circle", "The week after", "Later circle"]
    found = [page.index(words) for words in order]
    assert found == sorted(found)


def test_each_card_says_what_there_is_for_this_person(make, cast, client_for):
    free = make.call(cast.neck, cast.hana, title="Free circle")
    make.call(cast.neck, cast.hana, title="Mine", seats=2, seated=[cast.ana, cast.ben])
    full = make.call(cast.neck, cast.hana, title="Full", seats=2, seated=[cast.ben, cast.mori])
    page = client_for(cast.ana).get(PAGE).text
    assert "8 seats free" in page
    assert "Your seat is confirmed" in page
    assert "Full. Nobody is waiting" in page
    assert f"/calls/{free}/sign-up" in page
    assert f"/calls/{full}/sign-up" in page
    assert "You hold this call" in client_for(cast.hana).get(PAGE).text


def test_each_press_says_what_it_does_and_for_which_call(make, cast, client_for):
    at, seated = timedelta(days=4), [cast.ben, cast.mori]
    make.call(cast.neck, cast.hana, title="Free circle", starts_in=at)
    make.call(cast.neck, cast.hana, title="Free circle", starts_in=at + timedelta(days=1))
    make.call(cast.neck, cast.hana, title="Other circle", starts_in=at)
    make.call(cast.neck, cast.hana, title="Full circle", starts_in=at, seats=2, seated=seated)
    make.call(cast.neck, cast.hana, title="Other circle", starts_in=at, seats=2, seated=seated)
    page = client_for(cast.ana).get(PAGE).text
    presses = re.findall(
        r"<button[^>]*>([\w ]+)<span class=\"vh\"> for (\w+) circle on (\w+)", page
    )
    assert sorted(presses) == [
        ("Sign up", "Free", "Tuesday"),
        ("Sign up", "Free", "Wednesday"),
        ("Sign up", "Other", "Tuesday"),
        ("Wait in line", "Full", "Tuesday"),
        ("Wait in line", "Other", "Tuesday"),
    ]


def test_a_seat_held_for_me_stands_first(make, cast, client_for):
    make.call(cast.neck, cast.hana, title="Sooner circle")
    held = make.call(
        cast.neck,
        cast.hana,
        title="Held circle",
        starts_in=timedelta(days=20),
        seats=2,
        seated=[cast.ben, cast.mori],
        waiting=[cast.ana],
    )
    make.gave_up(held, cast.ben)
    page = client_for(cast.ana).get(PAGE).text
    assert page.index("Waiting for your answer") < page.index("Held circle")
    assert page.index("Held circle") < page.index("Sooner circle")
    assert "Waiting for your answer" not in client_for(cast.mori).get(PAGE).text


def test_times_are_the_viewers(make, cast, client_for):
    make.call(cast.neck, cast.hana)
    ella = make.member("Ella", zone="America/New_York")
    make.joined(cast.neck, ella, cast.owner)
    page = client_for(make.actor(ella)).get(PAGE).text
    assert "Times are yours: New York." in page
    assert re.search(r"Tuesday 24 November, 7:00\s*am", page)


def test_a_page_of_calls_ends_with_a_way_to_the_next(make, cast, client_for):
    for number in range(A_PAGE + 1):
        starts_in = timedelta(days=4, minutes=number)
        make.call(cast.neck, cast.hana, title=f"Circle {number:02}", starts_in=starts_in)
    browser = client_for(cast.ana)
    last, beyond = f"Circle {A_PAGE - 1:02}", f"Circle {A_PAGE:02}"
    first = browser.get(PAGE).text
    assert last in first
    assert beyond not in first
    link = re.search(r'href="(/calls\?after=[^"]+)"', first)
    assert link
    second = browser.get(link[1]).text
    assert beyond in second
    assert last not in second
    assert "?after=" not in second


def test_facilitators_find_the_way_to_schedule_one(cast, client_for):
    assert "/calls/new" in client_for(cast.hana).get(PAGE).text
    assert "/calls/new" not in client_for(cast.ana).get(PAGE).text


@pytest.mark.holds("promise:10")
def test_a_stranger_sees_no_call_of_the_group(make, cast, client_for):
    make.call(cast.neck, cast.hana)
    page = client_for(cast.stranger).get(PAGE).text
    assert "Neck circle" not in page
    assert "There are no calls in your groups yet." in page


def test_a_guest_is_asked_to_sign_in(client_for):
    answer = client_for(None).get(PAGE)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_twenty_calls_cost_no_more_queries_than_one(make, cast, client_for, cost):
    browser = client_for(cast.ana)
    make.call(cast.neck, cast.hana, seated=[cast.ana])
    cost.statements.clear()
    browser.get(PAGE)
    one = int(cost)
    for _ in range(19):
        make.call(cast.neck, cast.hana, seated=[cast.ben])
    cost.statements.clear()
    browser.get(PAGE)
    assert int(cost) == one
