"""Two people who keep apart and both have a seat: nobody is refused, and nobody is named."""

from datetime import timedelta

import pytest

from tests.pages import send

BESIDE = "Somebody you keep apart from has a seat here too."
SEPARATE = "Two people here prefer separate calls."


@pytest.fixture
def call_id(make, cast):
    """Ana keeps apart from Ben, who has a seat."""
    make.kept_apart(cast.ana, cast.ben)
    return make.call(cast.neck, cast.hana, seats=4, seated=[cast.ben])


@pytest.mark.holds("moderation:21")
def test_a_seat_is_never_refused_and_only_whoever_keeps_apart_is_told(
    client_for, cast, make, call_id
):
    ana, page = client_for(cast.ana), f"/calls/{call_id}"
    assert BESIDE not in ana.get(page).text  # or it would tell anybody who comes to which call
    assert send(ana, page, f"{page}/sign-up").status_code == 302
    told = ana.get(page).text
    assert "Your seat is confirmed" in told
    assert BESIDE in told
    assert "Ben" not in told
    for person in (cast.ben, cast.noor, cast.hana):
        assert BESIDE not in client_for(person).get(page).text


@pytest.mark.holds("moderation:21")
def test_whoever_is_kept_apart_signs_up_as_anybody_does(client_for, cast, make):
    make.kept_apart(cast.ana, cast.ben)
    call_id = make.call(cast.neck, cast.hana, seats=4, seated=[cast.ana])
    page = f"/calls/{call_id}"
    assert BESIDE not in client_for(cast.ana).get(page).text
    ben = client_for(cast.ben)
    assert send(ben, page, f"{page}/sign-up").status_code == 302
    assert BESIDE not in ben.get(page).text
    assert BESIDE in client_for(cast.ana).get(page).text
    make.gave_up(call_id, cast.ben)
    assert BESIDE not in client_for(cast.ana).get(page).text


def test_no_seat_of_theirs_no_note(client_for, cast, make):
    make.kept_apart(cast.ana, cast.ben)
    call_id = make.call(
        cast.neck, cast.hana, seats=2, seated=[cast.ana, cast.noor], waiting=[cast.ben]
    )
    assert BESIDE not in client_for(cast.ana).get(f"/calls/{call_id}").text


@pytest.mark.holds("moderation:21")
def test_another_date_is_shown_that_has_room_and_not_the_other_one(client_for, cast, make, call_id):
    """Of the calls after it: Ben comes, it is full, it isn’t open yet, and then one that fits."""
    make.signed_up(call_id, cast.ana)
    page, days = f"/calls/{call_id}", timedelta(days=1)
    ana = client_for(cast.ana)
    assert "We know of no other call here with room for now." in ana.get(page).text
    make.call(cast.neck, cast.hana, starts_in=5 * days, seated=[cast.ben])
    make.call(cast.neck, cast.hana, starts_in=6 * days, seats=2, seated=[cast.noor, cast.mori])
    make.call(cast.neck, cast.hana, starts_in=30 * days, opens_days=2)
    mine = make.call(cast.neck, cast.hana, starts_in=7 * days, seated=[cast.ana])
    assert "We know of no other call here with room for now." in ana.get(page).text
    fits = make.call(cast.neck, cast.hana, starts_in=8 * days)
    told = ana.get(page).text
    assert f'href="/calls/{fits}"' in told
    assert f'href="/calls/{mine}"' not in told


def test_a_date_of_the_same_series_comes_first(client_for, cast, make):
    make.kept_apart(cast.ana, cast.ben)
    call_id, _ = make.series(cast.neck, cast.hana)
    for person in (cast.ana, cast.ben):
        make.signed_up(call_id, person)
    sooner = make.call(cast.neck, cast.hana, title="Another", starts_in=timedelta(hours=5))
    told = client_for(cast.ana).get(f"/calls/{call_id}").text
    assert "Look at that call" in told
    assert f'href="/calls/{sooner}"' not in told


@pytest.mark.holds("moderation:21")
def test_whoever_holds_it_reads_that_two_prefer_separate_calls_and_no_names(
    client_for, cast, make, call_id
):
    hana, roster = client_for(cast.hana), f"/calls/{call_id}/people"
    assert SEPARATE not in hana.get(roster).text
    make.signed_up(call_id, cast.ana)
    make.signed_up(call_id, cast.noor)
    assert hana.get(roster).text.count(SEPARATE) == 1
    assert {"Ana", "Ben", "Noor"} <= set(hana.get(roster).text.replace("<", ">").split(">"))
    make.gave_up(call_id, cast.ben)
    assert SEPARATE not in hana.get(roster).text


@pytest.mark.holds("moderation:21")
def test_it_is_not_said_to_one_of_the_two_when_they_own_the_group(client_for, cast, make):
    make.kept_apart(cast.ana, cast.owner)
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ana, cast.owner])
    assert SEPARATE not in client_for(cast.owner).get(f"/calls/{call_id}/people").text
    assert SEPARATE in client_for(cast.hana).get(f"/calls/{call_id}/people").text


@pytest.mark.holds("moderation:21")
def test_whoever_holds_a_call_is_named_also_to_somebody_who_keeps_apart_from_them(
    client_for, cast, make
):
    make.kept_apart(cast.ana, cast.hana)
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ana])
    page = client_for(cast.ana).get(f"/calls/{call_id}").text
    assert "<strong>Hana</strong>" in page
    assert BESIDE not in page


@pytest.mark.parametrize("others", [1, 12])
def test_the_page_costs_the_same_however_many_are_kept_apart(
    client_for, cast, make, cost, call_id, others
):
    make.signed_up(call_id, cast.ana)
    for number in range(others):
        make.kept_apart(cast.ana, make.member(f"Member {number}"))
    for day in range(others):
        make.call(cast.neck, cast.hana, starts_in=timedelta(days=9 + day))
    browser = client_for(cast.ana)
    cost.statements.clear()
    assert BESIDE in browser.get(f"/calls/{call_id}").text
    assert int(cost) == 3
