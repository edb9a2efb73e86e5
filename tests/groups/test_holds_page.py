"""Whose posts are read first in a group: its owners say so."""

import pytest

from community.groups import actions, queries
from community.groups.rules import HoldPolicy
from tests.pages import ALERT, send


@pytest.fixture
def where(cast) -> str:
    return f"/groups/{cast.group_id}/read-first"


@pytest.mark.parametrize("policy", HoldPolicy)
def test_an_owner_chooses_and_finds_it_chosen(make, client_for, cast, where, policy) -> None:
    hanas = client_for(cast.hana)
    assert send(hanas, where, policy=policy.value).headers["Location"] == f"/groups/{cast.group_id}"
    assert make.done(lambda: queries.hold_policy(cast.group_id)) is policy
    page = hanas.get(where).text
    assert (
        f'checked id="policy-{list(HoldPolicy).index(policy)}"'.replace(
            'id="policy-0"', 'id="policy"'
        )
        in page
    )


def test_a_new_group_reads_first_posts(make, client_for, cast) -> None:
    opened = make.member("Priya")
    asked = make.done(
        lambda: actions.ask_to_open(opened, "Music", "For hands.", "", now=make.clock.now())
    )
    assert make.done(lambda: queries.hold_policy(asked)) is HoldPolicy.FIRST_POSTS


def test_what_is_no_choice_is_said(client_for, cast, where) -> None:
    answer = send(client_for(cast.hana), where, policy="x")
    assert answer.status_code == 422
    assert ALERT in answer.text


@pytest.mark.parametrize(("who", "status"), [("ana", 403), ("mori", 403), ("ben", 404)])
def test_others_do_not(make, client_for, cast, where, who, status) -> None:
    browser = client_for(getattr(cast, who))
    assert browser.get(where).status_code == status
    assert send(browser, "/comfort", where, policy="all").status_code == status


def test_a_guest_is_sent_to_the_door(client_for, where) -> None:
    assert "/sign-in" in client_for().get(where).headers["Location"]
