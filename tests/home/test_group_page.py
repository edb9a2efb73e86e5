"""A group from inside. Who may not see it: tests/groups/test_pages.py."""

import pytest

from community.core.actor import Role, Staff


@pytest.fixture
def hana(make):
    return make.member("Hana")


@pytest.fixture
def page(make, hana) -> str:
    ana, mori = make.member("Ana"), make.member("Mori")
    group = make.group(
        "Quiet evenings", owner=hana, members=[ana], facilitators=[hana], moderators=[mori]
    )
    return f"/groups/{group}"


@pytest.mark.holds("promise:10", "asvs:3")
def test_it_shows_who_looks_after_it_and_nobody_else(client_for, hana, page) -> None:
    shown = client_for(hana).get(page).text
    assert "owner and facilitator" in shown
    assert "Mori" in shown
    assert "Ana" not in shown


def test_the_built_in_group_belongs_to_all(client_for, make) -> None:
    ana, admin, everyone = make.member("Ana"), make.staff("Lee", Staff.ADMIN), make.everyone()
    assert "The moderators of the whole site." in client_for(ana).get(f"/groups/{everyone}").text
    make.appointed(everyone, admin, ana, frozenset({Role.FACILITATOR}))
    shown = client_for(ana).get(f"/groups/{everyone}").text
    assert "facilitator" in shown
    assert "Leave this group" not in shown


def test_the_last_owner_is_told_to_hand_over(client_for, hana, page) -> None:
    shown = client_for(hana).get(page).text
    assert "You’re the only owner." in shown
    assert "Leave this group" not in shown


def test_for_whoever_moderates_it_takes_eleven_statements(client_for, hana, page, cost) -> None:
    browser = client_for(hana)
    cost.statements.clear()
    browser.get(page)
    assert int(cost) == 11
