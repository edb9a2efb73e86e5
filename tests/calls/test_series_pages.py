"""The pages of calls that come again: to schedule, look at, change, skip, cancel and end them."""

import re
from datetime import date, time

import pytest

from community.calls.actions import scheduling
from community.calls.rules.call import Plan
from community.calls.rules.series import Every, Rhythm
from community.core.actor import Role
from tests.pages import ALERT, again_typed, plain, send, token

FIRST = date(2026, 11, 24)  # a Tuesday; the clock of these tests stands on Friday the 20th
TYPED = {
    "title": "Neck circle",
    "topic": "",
    "day": "2026-11-24",
    "hour": "19:00",
    "minutes": "45",
    "seats": "2",
    "opens_days": "",
    "listeners": "y",
    "about": "Something small.",
    "happens": "",
    "guide": "As long as it takes",
}
AGAIN = {"again": "two-weeks", "last": "", "times": ""}
NEW = "/calls/new"


@pytest.fixture
def first(make, cast, clock):
    """Every Tuesday at seven, held by Hana: the first of eight calls."""
    rhythm = Rhythm(Every.WEEK, FIRST, time(19), "UTC")
    plan = Plan("Neck circle", rhythm.begins(FIRST), seats=2)
    return make.done(
        lambda: scheduling.schedule_call(cast.hana, cast.neck, plan, rhythm, now=clock.now())
    )


def test_a_series_is_shown_in_words_before_it_is_scheduled(make, cast, client_for, calls):
    lena = make.member("Lena", zone="Europe/London")
    make.joined(cast.neck, lena, cast.owner)
    make.appointed(cast.neck, cast.owner, lena, frozenset({Role.FACILITATOR}))
    browser = client_for(make.actor(lena))
    check = send(browser, NEW, group=str(cast.neck), **TYPED, **AGAIN)
    assert check.status_code == 200
    assert calls() == []
    words = plain(check)
    assert "Every two weeks on Tuesday at 7:00 pm, London time" in words
    for day in ("24 November", "8 December", "22 December", "5 January 2027"):
        assert f"Tuesday {day}, 7:00 pm" in words
    assert "On Sunday 28 March 2027 the clocks change, and it stays 7:00 pm." in words
    back = browser.post(NEW, data={**again_typed(check), "back": "yes"})
    assert 'value="Neck circle"' in back.text
    assert "Something small." in back.text
    done = browser.post(NEW, data={**again_typed(check), "confirmed": "yes"})
    assert done.status_code == 302
    page = plain(browser.get(done.location))
    assert "This call comes again Every two weeks on Tuesday" in page
    assert "Tuesday 8 December, 7:00 pm" in page
    assert len(calls()) == 4


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"again": "month"}, "Every month on the fourth Tuesday at 7:00 pm, UTC time"),
        ({"again": "month-last"}, "Every month on the last Tuesday at 7:00 pm"),
        ({"again": "week", "times": "3"}, "Every week on Tuesday at 7:00 pm, UTC time"),
        ({"again": "week", "times": "3"}, "until Tuesday 8 December"),
        ({"again": "week", "last": "2026-12-10"}, "until Thursday 10 December"),
    ],
)
def test_it_is_said_in_words_how_it_comes_again(typed, words, cast, client_for):
    check = send(client_for(cast.hana), NEW, group=str(cast.neck), **{**TYPED, **AGAIN, **typed})
    assert words in plain(check)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"again": "month-last", "day": "2026-12-01"}, "A month has this weekday again"),
        ({"last": "2026-11-23"}, "The last day is before the first."),
        ({"last": "2026-12-23", "times": "3"}, "Choose a last day or a number of times"),
        ({"times": "0"}, "Enter a number from 1 to 100"),
        ({"times": "many"}, "Enter a whole number, like 3"),
    ],
)
def test_a_slip_is_told_beside_the_field(typed, said, cast, client_for, calls):
    answer = send(client_for(cast.hana), NEW, group=str(cast.neck), **{**TYPED, **AGAIN, **typed})
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert said in answer.text
    assert "Something small." in answer.text
    assert calls() == []


def test_a_draft_of_a_series_is_kept_at_once_and_has_its_dates_when_it_is_published(
    cast, client_for, calls
):
    hana = client_for(cast.hana)
    kept = send(hana, NEW, group=str(cast.neck), as_draft="yes", **TYPED, **AGAIN)
    assert "Every two weeks on Tuesday" in plain(hana.get(kept.location))
    assert len(calls()) == 1
    edit = f"{kept.location}/edit"
    assert "Which calls do you want to change?" not in hana.get(edit).text
    send(hana, edit, **{**TYPED, "title": "Evenings"})
    send(hana, kept.location, f"{kept.location}/publish")
    assert [call.title for call in calls()] == ["Evenings"] * 4


def test_who_is_affected_is_shown_before_many_calls_change(
    make, cast, client_for, first, calls, letters, clock
):
    for call in calls()[1:3]:
        make.signed_up(call.id, cast.ana)
    make.signed_up(calls()[1].id, cast.ben)
    clock.pass_by(minutes=1)
    hana, page = client_for(cast.hana), f"/calls/{calls()[1].id}/edit"
    assert re.search(r'checked[^>]* value="one"', hana.get(page).text)
    moved = {**TYPED, "day": "2026-12-02", "hour": "20:00", "scope": "following"}
    check = send(hana, page, **moved)
    words = plain(check)
    assert "Every week on Wednesday at 8:00 pm, UTC time" in words
    assert "Seven calls change:" in words
    assert "Wednesday 2 December, 8:00 pm (it was Tuesday 1 December, 7:00 pm)" in words
    assert "Two people have signed up for them, and keep what they have." in words
    assert calls()[1].starts_at.hour == 19
    assert not [kind for _, kind in letters() if "moved" in kind]
    back = hana.post(page, data={**again_typed(check), "back": "yes"})
    assert 'value="20:00"' in back.text
    done = hana.post(page, data={**again_typed(check), "confirmed": "yes"})
    assert done.status_code == 302
    assert [call.starts_at.hour for call in calls()] == [19, *[20] * 7]
    assert [each for each in letters() if "moved" in each[1]] == [
        ("Ana", "calls_moved"),
        ("Ben", "call_moved"),
    ]


def test_it_is_said_when_a_change_is_told_to_nobody(make, cast, client_for, first):
    hana, page = client_for(cast.hana), f"/calls/{first}/edit"
    changed = {**TYPED, "title": "Evenings", "scope": "all"}
    assert "Nobody has signed up for them yet." in plain(send(hana, page, **changed))
    make.signed_up(first, cast.ana)
    assert "The times stay, so they get no letter." in plain(send(hana, page, **changed))


def test_only_this_one_is_changed_at_once(cast, client_for, first, calls):
    done = send(client_for(cast.hana), f"/calls/{first}/edit", **{**TYPED, "hour": "20:00"})
    assert done.status_code == 302
    assert [call.starts_at.hour for call in calls()] == [20, *[19] * 7]


def test_a_change_that_would_be_in_the_past_is_told_beside_the_choice(
    cast, client_for, clock, first, calls
):
    clock.pass_by(days=3)  # Monday evening
    page = f"/calls/{calls()[1].id}/edit"
    answer = send(
        client_for(cast.hana),
        page,
        **{**TYPED, "day": "2026-11-29", "hour": "09:00", "scope": "all"},
    )
    assert answer.status_code == 422
    assert "The next of these calls would begin in the past." in answer.text
    assert 'value="2026-11-29"' in answer.text


def test_somebody_who_holds_one_call_of_a_series_changes_that_one(
    make, cast, client_for, first, calls, ben
):
    make.held_together(first, cast.hana, ben)
    page = f"/calls/{first}/edit"
    browser = client_for(ben)
    assert "Which calls do you want to change?" not in browser.get(page).text
    answer = send(browser, page, **{**TYPED, "scope": "all"})
    assert answer.status_code == 422
    assert "Which calls won’t happen?" not in browser.get(f"/calls/{first}/cancel").text


def test_cancelling_says_beside_each_choice_whom_it_concerns(
    make, cast, client_for, first, calls, letters
):
    for call in calls()[1:3]:
        make.signed_up(call.id, cast.ana)
    make.signed_up(calls()[2].id, cast.ben)
    hana, page = client_for(cast.hana), f"/calls/{calls()[1].id}/cancel"
    words = plain(hana.get(page))
    assert "Only this one One person has signed up." in words
    assert "This one and all that follow Seven calls. Two people have signed up." in words
    assert "All that are to come Eight calls. Two people have signed up." in words
    assert re.search(r'checked[^>]* value="all"', hana.get(f"{page}?scope=all").text)
    send(hana, page, scope="following")
    assert {call.state for call in calls()[1:]} == {"cancelled"}
    assert [each for each in letters() if "cancelled" in each[1]] == [
        ("Ana", "calls_cancelled"),
        ("Ben", "call_cancelled"),
    ]


def test_a_series_has_a_page_where_dates_are_skipped_and_it_ends(
    make, cast, client_for, first, calls
):
    make.signed_up(first, cast.ana)
    hana = client_for(cast.hana)
    assert "Your calls that come again" in hana.get("/calls/prepared").text
    page = f"/calls/series/{calls()[0].series_id}"
    assert page in hana.get(f"/calls/{first}").text
    assert page in hana.get("/calls/prepared").text
    words = plain(hana.get(page))
    assert "Every week on Tuesday at 7:00 pm, UTC time" in words
    assert "Tuesday 24 November, 7:00 pm 1 of 2 seats are taken. Nobody is waiting." in words
    assert "Later" in words
    assert "Tuesday 19 January 2027, 7:00 pm" in words
    send(hana, page, f"{page}/skip", day="2027-01-19")
    assert "Tuesday 19 January 2027, 7:00 pm Won’t happen" in plain(hana.get(page))
    assert send(hana, page, f"{page}/skip", day="2027-01-19").status_code == 409
    assert send(hana, page, f"{page}/skip", day="some day").status_code == 409
    send(hana, page, f"{page}/end")
    words = plain(hana.get(page))
    assert "Add no more dates" not in words
    assert "until Tuesday 19 January 2027" in words


def test_a_member_sees_that_a_call_comes_again_and_not_the_page_of_its_holders(
    make, cast, client_for, first, calls
):
    ana, page = client_for(cast.ana), f"/calls/series/{calls()[0].series_id}"
    words = plain(ana.get(f"/calls/{first}"))
    assert "This call comes again Every week on Tuesday at 7:00 pm, UTC time." in words
    assert "The next dates, your time: Tuesday 1 December, 7:00 pm" in words
    assert page not in ana.get(f"/calls/{first}").text
    assert ana.get(page).status_code == 403
    csrf = token(ana, "/comfort")
    for way in ("skip", "end"):
        answer = ana.post(f"{page}/{way}", data={"csrf_token": csrf, "day": "2027-01-19"})
        assert answer.status_code == 403
    assert client_for(cast.stranger).get(page).status_code == 404
    assert "/sign-in" in client_for(None).get(page).location


@pytest.mark.parametrize("signed_up", [0, 5])
def test_the_page_of_a_series_costs_the_same_however_many_dates_it_has(
    make, cast, client_for, first, calls, cost, clock, signed_up
):
    for call in calls()[:signed_up]:
        make.signed_up(call.id, cast.ana)
    page = f"/calls/series/{calls()[0].series_id}"
    browser = client_for(cast.hana)
    cost.statements.clear()
    browser.get(page)
    assert int(cost) == 5


@pytest.mark.holds("promise:5")
def test_in_a_moved_call_a_member_says_that_it_suits_them_or_lets_it_go(
    make, cast, client_for, first, clock
):
    for person in (cast.ana, cast.ben):
        make.signed_up(first, person)
    clock.pass_by(minutes=1)
    send(client_for(cast.hana), f"/calls/{first}/edit", **{**TYPED, "hour": "20:00"})
    clock.pass_by(minutes=1)
    page = f"/calls/{first}"
    ana, bens = client_for(cast.ana), client_for(cast.ben)
    assert "Does it suit you?" in ana.get(page).text
    people = client_for(cast.hana).get(f"{page}/people").text
    assert people.count("hasn’t said yet whether the new time suits") == 2
    assert "Your seat stays yours." in plain(
        ana.get(send(ana, page, f"{page}/still-come").location)
    )
    assert "Does it suit you?" not in ana.get(page).text
    assert "No, let it go" in bens.get(page).text
    send(bens, page, f"{page}/give-up")
    assert "One seat is free" in client_for(cast.noor).get(page).text
    assert send(client_for(cast.noor), page, f"{page}/still-come").status_code == 409


def test_the_language_of_a_call_is_said_when_it_is_another_than_usual(cast, client_for):
    hana = client_for(cast.hana)
    spanish = send(hana, NEW, group=str(cast.neck), **TYPED, language="es")
    page = hana.get(spanish.location).text
    assert "In Spanish" in page
    form = hana.get(f"{NEW}?like={spanish.location.rpartition('/')[2]}").text
    assert '<option selected value="es">Spanish</option>' in form
    english = send(hana, NEW, group=str(cast.neck), **{**TYPED, "day": "2026-11-25"})
    assert "In English" not in hana.get(english.location).text
    odd = send(hana, NEW, group=str(cast.neck), **TYPED, language="xx")
    assert odd.status_code == 422


def test_how_people_take_part_is_said_beforehand_when_it_is_not_as_usual(cast, client_for):
    hana, said = client_for(cast.hana), "Typed turns first. Nobody needs to speak"
    wish = {**TYPED, "format": "typed", "again": "week", "times": "2"}
    check = send(hana, NEW, group=str(cast.neck), **wish)
    scheduled = hana.post(NEW, data={**again_typed(check), "confirmed": "yes"})
    assert said in hana.get(scheduled.location).text
    assert hana.get("/calls").text.count(said) == 2  # the series keeps it for each of its calls
    form = hana.get(f"{NEW}?like={scheduled.location.rpartition('/')[2]}").text
    assert f'<option selected value="typed">{said}</option>' in form
    usual = send(hana, NEW, group=str(cast.neck), **{**TYPED, "day": "2026-11-25"})
    assert "Any way of taking a turn" not in hana.get(usual.location).text
    assert send(hana, NEW, group=str(cast.neck), **TYPED, format="sung").status_code == 422


def test_sign_up_opens_some_days_before_and_its_page_says_when(
    make, cast, client_for, calls, clock
):
    hana = client_for(cast.hana)
    done = send(hana, NEW, group=str(cast.neck), **{**TYPED, "opens_days": "3"})
    ana = client_for(cast.ana)
    assert "You can sign up from Saturday 21 November, 7:00 pm." in plain(ana.get(done.location))
    assert send(ana, "/comfort", f"{done.location}/sign-up").status_code == 409
    clock.pass_by(days=1, hours=8)
    send(ana, done.location, f"{done.location}/sign-up")
    assert calls()[0].taken == 1
