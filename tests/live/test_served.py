"""Where voices go through a media server: who may be there, and what a page is told."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from community.core.media import Allowed
from community.core.web import now
from community.live import queries
from community.live.jobs import OF_EACH_PROCESS, ask_the_media, hold_the_media
from community.live.rules.effects import Cut, OutOfGroup, Seen
from community.live.rules.events import Became, Event
from community.live.rules.leading import Ban, Remove, Unban
from community.live.rules.presses import CameraOff, CameraOn, Leave, MicOff, SoundOff
from community.live.rules.signals import allowed
from tests.core.store import own_app
from tests.fakes import PretendMedia
from tests.live import pretend
from tests.live.circle import JSON, Circle
from tests.live.lines import Line, greeting, in_a_circle
from tests.live.pretend import ANA, BEN, HANA, ana_speaks


@pytest.mark.holds("promise:3", "circle:5")
def test_the_server_is_told_who_may_be_there_heard_and_seen() -> None:
    circle = ana_speaks().happen(CameraOn(ANA))
    everybody = {each.id for each in circle.room.people}
    assert circle.effects == (Seen(frozenset({ANA})),)
    assert allowed(circle.room) == Allowed(everybody, heard={ANA}, seen={ANA})
    circle.happen(CameraOff(ANA), MicOff(ANA))
    assert allowed(circle.room) == Allowed(everybody)


@pytest.mark.parametrize("goes", [Leave(BEN), SoundOff(BEN), Remove(HANA, BEN, "Why.")], ids=str)
def test_whoever_left_or_wants_no_sound_may_not_be_there(goes: Event) -> None:
    circle = ana_speaks()
    before = allowed(circle.room).people
    assert allowed(circle.happen(goes).room).people == before - {BEN}


@pytest.mark.holds("promise:3", "circle:5", "circle:12")
def test_whoever_is_sent_out_has_a_ticket_to_a_place_where_nobody_is() -> None:
    circle = ana_speaks()
    places = [circle.room.media_id]
    for sends_out in (Remove(HANA, BEN, "Why."), Unban(HANA, BEN), Became(ANA, None)):
        circle.happen(sends_out)
        places.append(circle.room.media_id)
    assert places[2] == places[1]
    assert len(set(places)) == 3
    assert circle.effects[-2:] == (Cut(places[2], ANA), OutOfGroup(ANA))
    assert str(pretend.CALL) not in map(str, places)


def test_a_ban_after_a_removal_cuts_nobody_again() -> None:
    circle = ana_speaks().happen(Remove(HANA, BEN, "Why."))
    place = circle.room.media_id
    assert circle.happen(Ban(HANA, BEN, "Why.")).room.media_id == place


@pytest.fixture
def lines(app: Flask, served: PretendMedia, circle: Circle) -> dict[str, Line]:
    """Hana and Ana in a circle that has started."""
    return in_a_circle(app, circle, "Hana", "Ana")


def told(media: PretendMedia, what: str) -> list[tuple[object, ...]]:
    return [each[1:] for each in media.told if each[0] == what]


def test_a_page_is_told_of_the_server_with_a_ticket_that_says_what_it_may_send(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    with app.app_context():
        room = queries.room_for(circle.ana, circle.call_id)
    assert '"by_server": true' in circle.page("Ana")
    given = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/ticket", headers=JSON).get_json()
    assert given["url"] == "wss://media.invalid"
    assert given["token"] == f"{room.media_id} {circle.ana.id} listens"
    lines["Hana"].press("mic-on")
    given = circle.browsers["Hana"].get(f"/circles/{circle.call_id}/ticket", headers=JSON)
    assert given.get_json()["token"] == f"{room.media_id} {circle.hana.id} sends"


@pytest.mark.holds("promise:3", "circle:5")
def test_the_floor_and_its_cuts_reach_the_server_before_anybody_is_told(
    circle: Circle, lines: dict[str, Line], media: PretendMedia
) -> None:
    lines["Hana"].press("mic-on")
    place, may = told(media, "floor")[-1]
    assert may == Allowed({circle.hana.id, circle.ana.id}, heard={circle.hana.id})
    lines["Hana"].press("remove", person=str(circle.ana.id), why="Why.")
    assert told(media, "remove") == [(place, circle.ana.id)]
    assert told(media, "close") == [(place,)]
    lines["Hana"].press("end")
    assert len(told(media, "close")) == 2


@pytest.mark.holds("circle:5")
def test_what_the_server_missed_it_is_told_again(
    app: Flask, circle: Circle, lines: dict[str, Line], media: PretendMedia
) -> None:
    for served in (True, False):
        media.served = served
        media.told.clear()
        with app.app_context():
            room = queries.room_for(circle.ana, circle.call_id)
            hold_the_media(now())
        assert media.told == ([("floor", room.media_id, allowed(room))] if served else [])


@pytest.mark.holds("circle:5", "circle:12")
def test_where_somebody_was_sent_out_of_is_closed_again_in_case_the_server_missed_it(
    app: Flask, circle: Circle, lines: dict[str, Line], media: PretendMedia
) -> None:
    with app.app_context():
        first = queries.room_for(circle.ana, circle.call_id).media_id
    lines["Hana"].press("remove", person=str(circle.ana.id), why="Why.")
    media.told.clear()  # as if it had not heard of it
    with app.app_context():
        room = queries.room_for(circle.hana, circle.call_id)
        hold_the_media(now())
    assert room.media_id != first
    assert media.told == [("close", first), ("floor", room.media_id, allowed(room))]


def test_each_process_asks_it_every_minute_whether_it_is_there(
    app: Flask, media: PretendMedia
) -> None:
    asks = {each.run: each.every for each in OF_EACH_PROCESS}
    assert asks[ask_the_media] == timedelta(minutes=1)
    with app.app_context():
        ask_the_media(now())
    assert media.told == [("look",)]


@pytest.mark.holds("asvs:35")
def test_no_browser_tells_another_anything(lines: dict[str, Line], circle: Circle) -> None:
    answer = lines["Hana"].signal(**greeting(circle.ana.id))
    assert answer["reason"]["code"] == "by-server"
    assert lines["Ana"].received("signal") == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ({"served": True}, "so that server can’t listen."),
        ({"served": False, "relay_only": True}, "Voices go through a relay of ours"),
        ({"served": False}, "could learn your network address"),
    ],
    ids=["server", "relay", "direct"],
)
def test_the_lobby_says_what_others_could_learn(
    circle: Circle, media: PretendMedia, path: dict[str, bool], words: str
) -> None:
    for name, value in path.items():
        setattr(media, name, value)
    lobby = circle.browsers["Ana"].get(f"/calls/{circle.call_id}/lobby").text
    every = ["that server can’t listen", "a relay of ours", "others’ computers could learn"]
    assert words in lobby
    assert sum(each in lobby for each in every) == 1


def test_pages_may_connect_to_the_media_server_and_to_nothing_else(
    tmp_path: Path,
) -> None:
    place = "media.example.org"
    for url, may in ((f"wss://{place}/way", f" wss://{place} https://{place}"), ("", "")):
        with own_app(f"sqlite:///{tmp_path}/circles.db", livekit_url=url) as site:
            headers = site.test_client().get("/healthz").headers
        assert f"connect-src 'self'{may};" in headers["Content-Security-Policy"]
