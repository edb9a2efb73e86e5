"""Who is in a group: for its members, place by place."""

import pytest

from community.core.actor import Role, Staff
from community.groups import queries
from tests.groups.crowd import crowd
from tests.pages import send


@pytest.fixture
def place(cast) -> str:
    return f"/groups/{cast.group_id}/members"


@pytest.mark.holds("promise:10")
def test_members_see_who_is_in_and_nobody_else_finds_the_page(client_for, cast, place) -> None:
    seen = client_for(cast.ana).get(place).text
    for words in ("Ana", "Hana", "owner and facilitator", "Mori", "moderator"):
        assert words in seen
    assert "Ben" not in seen
    assert "Change what" not in seen
    assert client_for(cast.ben).get(place).status_code == 404
    assert client_for().get(place).headers["Location"].startswith("/sign-in")


@pytest.mark.holds("moderation:21")
def test_a_member_can_keep_apart_from_another_and_not_from_themselves(
    client_for, cast, place
) -> None:
    browser = client_for(cast.ana)
    seen = browser.get(place).text
    assert f"/apart/{cast.hana.id}?back={place}" in seen
    assert f"/apart/{cast.ana.id}" not in seen
    send(browser, place, f"/apart/{cast.hana.id}", back=place)
    assert f"/apart/{cast.hana.id}" not in browser.get(place).text


def test_an_owner_goes_on_to_what_somebody_does(client_for, cast, place) -> None:
    seen = client_for(cast.hana).get(place).text
    assert f"/groups/{cast.group_id}/roles/{cast.ana.id}" in seen
    assert place in client_for(cast.hana).get(f"/groups/{cast.group_id}/roles").text
    assert place in client_for(cast.ana).get(f"/groups/{cast.group_id}").text


def test_who_looks_after_the_group_is_led_to_what_is_asked_of_them(client_for, cast, place) -> None:
    facilitators, moderators = "/guidelines/facilitators", "/guidelines/moderators"
    for person, codes in (
        (cast.hana, [facilitators, moderators]),  # she owns it too
        (cast.mori, [moderators]),
    ):
        seen = client_for(person).get(place).text
        assert [code for code in (facilitators, moderators) if code in seen] == codes
    seen = client_for(cast.ana).get(place).text
    assert facilitators not in seen
    assert moderators not in seen


def test_in_the_built_in_group_nobody_is_listed(client_for, cast, make) -> None:
    everyone = make.everyone()
    make.appointed(
        everyone, make.staff("Lee", Staff.ADMIN), cast.ben, frozenset({Role.FACILITATOR})
    )
    seen = client_for(cast.ana).get(f"/groups/{everyone}/members").text
    assert "so we show no list of names" in seen
    assert "Ben" not in seen


@pytest.mark.thorough
@pytest.mark.parametrize("people", [1, 200])
def test_a_page_costs_the_same_however_many_there_are(client_for, make, cost, people: int) -> None:
    ana = make.member("Ana")
    group_id = make.group("Many", owner=ana)
    invitation_id = make.invitation(group_id, ana, uses=200)
    crowd(make, invitation_id, people)
    browser = client_for(ana)
    cost.statements.clear()
    assert browser.get(f"/groups/{group_id}/members").status_code == 200
    assert int(cost) == 4


def test_the_pages_hold_everybody_once_and_in_order(make, app) -> None:
    ana = make.member("Ana")
    group_id = make.group("Many", owner=ana)
    crowd(make, make.invitation(group_id, ana, uses=200), 120)
    names, after = [], None
    with app.app_context():
        for _ in range(3):
            found = queries.members(group_id, make.clock.now(), after=after)
            names += [one.name for one in found.people]
            after = found.more_after
    assert after is None
    assert len(names) == 121
    assert names == sorted(names, key=str.lower)
    assert len(set(names)) == 61  # every name but Ana’s is there twice
