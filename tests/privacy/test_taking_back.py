"""Taking the consent back ends what it was given for, at once; what was written stays."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from community.calls import queries as calls_queries
from community.core.actor import Standing
from community.groups.rules import GroupDeclined
from community.live import queries as live_queries
from community.live.rules.room import Presence
from community.notifications.actions import tell
from community.notifications.rules import News
from tests.fakes import PretendMedia
from tests.live.circle import Circle
from tests.live.lines import Line
from tests.pages import plain, send

PAGE, TAKES_BACK = "/consent", "/consent/withdraw"


@pytest.fixture
def circle(make, client_for, clock) -> Circle:
    return Circle(make, client_for, clock)


def later(circle: Circle, *seated, **more) -> UUID:
    return circle.make.call(
        circle.group, circle.hana, starts_in=timedelta(days=3), seated=list(seated), **more
    )


def place_of(circle: Circle, name: str) -> Presence:
    room = circle.make.done(lambda: live_queries.room_of(circle.hana, circle.call_id))
    return room.person(getattr(circle, name).id).presence


@pytest.mark.holds("promise:3", "asvs:5")
@pytest.mark.parametrize("has_line", [True, False])
def test_a_circle_in_another_window_is_over_for_them(
    app: Flask, circle: Circle, has_line: bool
) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    lines = {name: Line(app, circle, name) for name in ("Hana", "Ana")[: 1 + has_line]}
    for line in lines.values():
        assert line.ask("enter-circle")["ok"]
    assert place_of(circle, "ana") in {Presence.CONNECTED, Presence.IN_LOBBY}
    ana = circle.browsers["Ana"]
    assert send(ana, PAGE, TAKES_BACK).location == PAGE
    assert place_of(circle, "ana") not in {Presence.CONNECTED, Presence.IN_LOBBY}
    media = app.extensions["ports"].media
    assert isinstance(media, PretendMedia)
    assert circle.ana.id in {told[2] for told in media.told if told[0] == "remove"}
    assert ana.get(f"/circles/{circle.call_id}/ticket").location == "/about-you"
    assert str(circle.ana.id) not in lines["Hana"].received("board")[-1]["connected"]
    if has_line:
        assert not lines["Ana"].socket.is_connected()


def test_their_seats_go_to_whoever_waits_and_their_name_is_in_no_list(circle: Circle) -> None:
    call_id = later(circle, circle.ana, seats=2)
    for name in ("Ben", "Hana"):
        circle.post(name, f"/calls/{call_id}/sign-up", {})
    people = f"/calls/{call_id}/people"
    assert "Ana" in plain(circle.browsers["Hana"].get(people))
    send(circle.browsers["Ana"], PAGE, TAKES_BACK)
    assert "Ana" not in plain(circle.browsers["Hana"].get(people))
    assert "Ana" not in plain(circle.browsers["Hana"].get(f"/groups/{circle.group}/members"))
    held = circle.make.done(lambda: calls_queries.held_in(circle.ana, circle.group))
    assert held == []


def test_what_they_wrote_stays_and_coming_back_they_are_in_their_groups(circle: Circle) -> None:
    thread_id = circle.make.thread(circle.group, circle.ana)
    ana = circle.browsers["Ana"]
    said = plain(ana.get(PAGE))
    assert "What you wrote before stays until you delete your account." in said
    send(ana, PAGE, TAKES_BACK)
    assert circle.make.actor(circle.ana).standing is Standing.ARRIVING
    assert "Here is what that means." in plain(ana.get(PAGE))
    assert circle.browsers["Ben"].get(f"/threads/{thread_id}").status_code == 200
    assert send(ana, PAGE).location == "/guidelines"
    assert circle.group in circle.make.actor(circle.ana).groups
    assert ana.get(f"/threads/{thread_id}").status_code == 200


def test_news_that_waits_for_the_morning_never_goes(circle: Circle, letters, clock) -> None:
    clock.pass_by(hours=11)  # it is night
    told = GroupDeclined("Evenings", "No.")
    circle.make.done(lambda: tell(circle.ana.id, told, about=News.GROUPS, now=clock.now()))
    assert ("Ana", "group_declined") in letters()
    send(circle.browsers["Ana"], PAGE, TAKES_BACK)
    assert ("Ana", "group_declined") not in letters()
