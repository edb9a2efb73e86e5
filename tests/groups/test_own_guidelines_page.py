"""What a group asks for beside the guidelines of the site: read by members, written by owners."""

import pytest

from community.groups.guidelines import queries
from community.groups.guidelines.rules import ENOUGH, MOST
from tests.pages import ALERT, send

CAMERAS = {"title": "Cameras stay off", "words": "Also when somebody waves."}


@pytest.fixture
def asking(cast) -> str:
    return f"/groups/{cast.group_id}/guidelines"


@pytest.fixture
def hanas(client_for, cast):
    return client_for(cast.hana)


def own(make, cast):
    return make.done(lambda: queries.own(cast.group_id))


def test_an_owner_adds_one_and_members_read_it_where_they_are(
    cast, client_for, hanas, asking, clock
) -> None:
    assert send(hanas, asking, **CAMERAS).headers["Location"] == asking
    anas = client_for(cast.ana)
    for where in (asking, f"/groups/{cast.group_id}"):
        shown = anas.get(where).text
        assert CAMERAS["title"] in shown
        assert CAMERAS["words"] in shown
        assert "New since Friday 20 November" in shown
    clock.pass_by(hours=31 * 24)
    anas = client_for(cast.ana)
    assert "New since" not in anas.get(asking).text
    assert "Since Friday 20 November" in anas.get(asking).text


def test_whoever_would_like_to_join_reads_it_first(cast, client_for, make, hanas, asking) -> None:
    send(hanas, asking, **CAMERAS)
    bens = client_for(cast.ben)
    door = bens.get(f"/groups/{cast.group_id}/join").text
    assert CAMERAS["title"] in door
    assert "New since" not in door  # it is all new to Ben
    make.invitation(cast.group_id, cast.hana)
    listed = hanas.get(f"/groups/{cast.group_id}/invitations").text
    link = "/invited/" + listed.split("/invited/")[1].split('"')[0].split("<")[0].strip()
    assert CAMERAS["title"] in bens.get(link).text


def test_a_change_keeps_what_it_was_before_with_its_dates(
    cast, client_for, make, hanas, asking, clock
) -> None:
    send(hanas, asking, **CAMERAS)
    (before,) = own(make, cast)
    clock.pass_by(hours=48)
    hanas = client_for(cast.hana)
    one = f"{asking}/{before.id}"
    assert CAMERAS["words"] in hanas.get(one).text
    assert send(hanas, one, **{**CAMERAS, "words": "Always."}).headers["Location"] == asking
    shown = client_for(cast.ana).get(asking).text
    assert "New since Sunday 22 November" in shown
    was = shown.split("What it asked for before")[1]
    assert CAMERAS["words"] in was
    assert "From Friday 20 November until Sunday 22 November" in was
    assert hanas.get(one).status_code == 404  # this wording has ended


def test_saving_the_same_words_changes_nothing(cast, make, hanas, asking) -> None:
    send(hanas, asking, **CAMERAS)
    (before,) = own(make, cast)
    send(hanas, f"{asking}/{before.id}", **CAMERAS)
    assert own(make, cast) == [before]


def test_a_changed_one_keeps_its_place(cast, make, hanas, asking) -> None:
    for title in ("First", "Second"):
        send(hanas, asking, title=title, words="So that everybody knows.")
    first, _ = own(make, cast)
    send(hanas, f"{asking}/{first.id}", title="First, again", words="In other words.")
    assert [each.title for each in own(make, cast)] == ["First, again", "Second"]


def test_an_owner_takes_one_away(cast, client_for, make, hanas, asking) -> None:
    send(hanas, asking, **CAMERAS)
    (one,) = own(make, cast)
    send(hanas, asking, f"{asking}/{one.id}/end")
    assert own(make, cast) == []
    assert CAMERAS["title"] not in client_for(cast.ana).get(f"/groups/{cast.group_id}").text
    assert send(hanas, asking, f"{asking}/{one.id}/end").status_code == 404


def test_there_are_a_few_and_no_more(cast, make, hanas, asking) -> None:
    for number in range(MOST):
        send(hanas, asking, title=f"Number {number}", words="So that everybody knows.")
    assert ENOUGH.text in hanas.get(asking).text
    assert send(hanas, asking, **CAMERAS).status_code == 409
    assert len(own(make, cast)) == MOST


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "", "words": "Kept as typed."},
        {"title": "Kept as typed.", "words": " "},
        {"title": "Kept as typed." + "x" * 80, "words": "Long"},
    ],
)
def test_what_can_not_be_taken_is_said_and_stays(hanas, asking, typed) -> None:
    answer = send(hanas, asking, **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert "Kept as typed." in answer.text


@pytest.mark.holds("asvs:2", "asvs:4", "promise:10")
def test_only_owners_write_and_only_members_read(cast, client_for, make, hanas, asking) -> None:
    send(hanas, asking, **CAMERAS)
    (one,) = own(make, cast)
    for inside in (cast.ana, cast.mori):
        browser = client_for(inside)
        assert "Add it" not in browser.get(asking).text
        assert send(browser, "/comfort", asking, **CAMERAS).status_code == 403
        assert browser.get(f"{asking}/{one.id}").status_code == 403
        assert send(browser, "/comfort", f"{asking}/{one.id}/end").status_code == 403
    stranger = client_for(cast.ben)
    assert stranger.get(asking).status_code == 404
    assert send(stranger, "/comfort", asking, **CAMERAS).status_code == 404
    assert send(stranger, "/comfort", f"{asking}/{one.id}/end").status_code == 404
    assert client_for().get(asking).headers["Location"].startswith("/sign-in")
    assert own(make, cast) == [one]


def test_one_of_another_group_is_not_found_in_mine(cast, client_for, make, hanas, asking) -> None:
    send(hanas, asking, **CAMERAS)
    (one,) = own(make, cast)
    bens = make.group("Elsewhere", owner=cast.ben)
    browser, there = client_for(make.actor(cast.ben)), f"/groups/{bens}/guidelines"
    assert browser.get(f"{there}/{one.id}").status_code == 404
    assert send(browser, there, f"{there}/{one.id}/end").status_code == 404


def test_nobody_writes_for_the_group_that_all_belong_to(client_for, make) -> None:
    browser, asking = client_for(make.member("Ana")), f"/groups/{make.everyone()}/guidelines"
    assert "Nothing more than the site does." in browser.get(asking).text
    assert send(browser, asking, **CAMERAS).status_code == 403


def test_a_page_costs_the_same_however_many_there_are(hanas, asking, cost) -> None:
    def asked() -> int:
        cost.statements.clear()
        hanas.get(asking)
        return int(cost)

    before = asked()
    for number in range(MOST):
        send(hanas, asking, title=f"Number {number}", words="So that everybody knows.")
    assert asked() == before
