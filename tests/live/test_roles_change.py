"""Who leads, and who belongs to a circle, follows the rows while it is on."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from flask import Flask

from community.calls.models import Call
from community.core.actor import Actor, Role
from community.core.db import db
from community.core.sockets import hang_up
from community.groups import actions as groups_actions
from community.live.jobs import notice_who_leads
from community.live.models import LiveRoom
from community.live.rules.room import Part, Room
from community.live.rules.stored import from_text
from tests.live.circle import JSON, Circle, ClientFor
from tests.live.lines import Line, hear_no_more_of_this, in_a_circle

BOTH = frozenset({Role.FACILITATOR, Role.OWNER})
MEMBER = frozenset[Role]()


class TwoLead(Circle):
    """Hana holds the call, together with Kenji. Kenji owns the group too."""

    kenji: Actor

    def appoint(self, by: Actor, whom: Actor, roles: frozenset[Role]) -> None:
        """Told to nobody’s page: that is what the rows have to do."""
        now = self.clock.now()
        just_in = replace(self.make.actor(by), signed_in_at=now)
        self.make.done(lambda: groups_actions.appoint(just_in, self.group, whom.id, roles, now=now))

    def leads_no_more(self) -> None:
        self.appoint(self.kenji, self.hana, MEMBER)

    def leads_again(self) -> None:
        self.appoint(self.kenji, self.hana, frozenset({Role.FACILITATOR}))

    def room(self) -> Room:
        with self.make.app.app_context():
            return from_text(db.session.get_one(LiveRoom, self.call_id).state)

    def holders(self) -> tuple[UUID | None, UUID | None]:
        with self.make.app.app_context():
            call = db.session.get_one(Call, self.call_id)
            return call.facilitator_id, call.co_facilitator_id


@pytest.fixture
def circle(make, client_for: ClientFor, clock) -> TwoLead:
    circle = TwoLead(make, client_for, clock)
    circle.kenji = make.member("Kenji")
    make.joined(circle.group, circle.kenji, circle.hana)
    circle.appoint(circle.hana, circle.kenji, BOTH)
    circle.kenji = make.actor(circle.kenji)
    circle.browsers["Kenji"] = client_for(circle.kenji)
    make.held_together(circle.call_id, circle.hana, circle.kenji)
    return circle


@pytest.fixture
def lines(app: Flask, circle: TwoLead) -> dict[str, Line]:
    """Hana, Kenji and Ana are in a circle that Hana has started, each with an open line."""
    lines = in_a_circle(app, circle, "Hana", "Kenji", "Ana")
    assert lines["Hana"].press("mic-on")["ok"]
    hear_no_more_of_this(lines)
    return lines


def by_socket(circle: TwoLead, lines: dict[str, Line]) -> Callable[..., object]:
    return lambda event, **fields: (
        lines["Hana"].press(event, **fields).get("reason", {}).get("code")
    )


def by_http(circle: TwoLead, lines: dict[str, Line]) -> Callable[..., object]:
    def press(event: str, **fields: object) -> object:
        answer = circle.press("Hana", event, **fields).get_json()
        return answer.get("reason", {}).get("code")

    return press


WAYS = pytest.mark.parametrize("way", [by_socket, by_http])


@pytest.mark.holds("asvs:4", "asvs:5", "asvs:34")
@WAYS
def test_whoever_lost_the_role_leads_nothing_with_their_next_press(
    circle: TwoLead, lines: dict[str, Line], way: Callable[..., Callable[..., object]]
) -> None:
    press = way(circle, lines)
    circle.leads_no_more()
    ana = str(circle.ana.id)
    for event, fields in (
        ("hold", {}),
        ("begin-round", {"seen": 99}),
        ("remove", {"person": ana, "why": "Because."}),
        ("ban", {"person": ana, "why": "Because."}),
        ("mute", {"person": ana}),
        ("hand-over", {"person": str(circle.kenji.id)}),
    ):
        assert press(event, **fields) in {"facilitators-only", "stale"}, event
    assert press("end") == "facilitators-only"
    assert circle.room().person(circle.hana.id).part is Part.MEMBER


@pytest.mark.holds("promise:3", "circle:5")
@WAYS
def test_the_others_see_it_though_the_press_was_refused(
    circle: TwoLead, lines: dict[str, Line], way: Callable[..., Callable[..., object]]
) -> None:
    assert str(circle.hana.id) in circle.board("Ana")["heard"]
    circle.leads_no_more()
    way(circle, lines)("hold")
    told = lines["Ana"].received("board")[-1]
    assert told["heard"] == []
    assert circle.room().lead == circle.kenji.id
    assert circle.holders() == (circle.kenji.id, circle.hana.id)
    assert circle.board("Kenji")["desk"]
    assert circle.board("Hana")["desk"] is None


@WAYS
def test_it_never_keeps_anybody_from_closing_their_microphone_or_leaving(
    circle: TwoLead, lines: dict[str, Line], way: Callable[..., Callable[..., object]]
) -> None:
    press = way(circle, lines)
    circle.leads_no_more()
    assert press("mic-off") is None
    assert circle.room().person(circle.hana.id).part is Part.MEMBER
    assert press("leave") is None


@pytest.mark.holds("asvs:5")
def test_what_they_are_shown_is_a_members_board_at_once(circle: TwoLead) -> None:
    circle.join("Hana")
    circle.join("Ana")
    assert circle.board("Hana")["desk"] is not None
    circle.leads_no_more()
    assert circle.board("Hana")["desk"] is None
    page = circle.page("Hana")
    assert 'id="desk"' not in page


@pytest.mark.holds("asvs:5", "circle:5", "moderation:15")
def test_a_line_that_is_ended_for_it_tells_the_room(
    app: Flask, circle: TwoLead, lines: dict[str, Line]
) -> None:
    circle.leads_no_more()
    with app.app_context():
        hang_up(circle.hana.id)
    room = circle.room()
    assert room.lead == circle.kenji.id
    assert not room.person(circle.hana.id).facilitates
    assert lines["Ana"].received("board")[-1]["heard"] == []


@pytest.mark.holds("asvs:5", "circle:5", "moderation:15")
def test_a_page_that_says_nothing_leads_no_longer_than_ten_seconds(
    app: Flask, circle: TwoLead, lines: dict[str, Line]
) -> None:
    circle.leads_no_more()
    with app.app_context():
        notice_who_leads(circle.clock.now())
    assert circle.room().lead == circle.kenji.id
    assert lines["Ana"].received("board")[-1]["heard"] == []


@pytest.mark.holds("circle:R4")
def test_with_nobody_left_to_lead_members_read_calm_words_and_may_end_it(
    app: Flask, circle: TwoLead, lines: dict[str, Line]
) -> None:
    lines["Kenji"].press("leave")
    circle.leads_no_more()
    lines["Hana"].press("mic-off")
    assert circle.room().lead is None
    board = circle.board("Ana")
    assert board["cue"] == "We’re waiting for a facilitator"
    assert "safe to wait or leave" in str(board["lines"])
    circle.clock.pass_by(minutes=5)
    assert "wait five more minutes" in str(circle.board("Ana")["lines"])
    assert circle.press("Ana", "wait-more").status_code == 200


def test_whoever_may_lead_again_does_so_with_their_next_press(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    circle.leads_no_more()
    assert lines["Hana"].press("mic-off")["ok"]
    circle.leads_again()
    answer = lines["Hana"].press("hold")
    assert answer["board"]["desk"] is not None
    assert circle.room().lead == circle.kenji.id


def test_nobodys_turn_ends_because_they_may_lead_from_now_on(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    circle.leads_no_more()
    assert lines["Hana"].press("mic-off")["ok"]
    lines["Kenji"].press("begin-round", seen=circle.board("Kenji")["version"])
    lines["Ana"].press("pass", seen=circle.board("Ana")["version"])
    answer = lines["Hana"].press("accept", seen=circle.board("Hana")["version"], mode="typed")
    assert answer["ok"]
    circle.leads_again()
    assert lines["Hana"].press("say", words="Still mine.")["ok"]
    assert circle.room().floor.person == circle.hana.id
    assert not circle.room().person(circle.hana.id).facilitates
    assert lines["Hana"].press("finish", seen=circle.board("Hana")["version"])["ok"]
    circle.board("Hana")
    assert circle.room().person(circle.hana.id).facilitates


def test_whoever_was_handed_the_lead_must_still_be_able_to(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    circle.appoint(circle.kenji, circle.hana, BOTH)
    circle.appoint(circle.hana, circle.kenji, MEMBER)
    answer = lines["Hana"].press("hand-over", person=str(circle.kenji.id))
    assert answer["reason"]["code"] == "not-a-facilitator"
    assert circle.room().lead == circle.hana.id


def test_whoever_leaves_hands_the_lead_to_nobody_who_may_not_have_it(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    circle.appoint(circle.kenji, circle.hana, BOTH)
    circle.appoint(circle.hana, circle.kenji, MEMBER)
    assert lines["Hana"].press("leave")["ok"]
    assert circle.room().lead == circle.hana.id
    assert not circle.room().person(circle.kenji.id).facilitates


@pytest.mark.holds("asvs:5", "asvs:34")
def test_whoever_leaves_the_group_is_out_of_its_circle_and_their_turn_waits_for_nobody(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    lines["Ana"].press("accept", seen=circle.board("Ana")["version"], mode="voice")
    circle.post("Ana", f"/groups/{circle.group}/leave", {})
    board = circle.board("Hana")
    assert str(circle.ana.id) not in board["connected"]
    assert str(circle.ana.id) not in board["heard"]
    assert circle.room().floor.person is None
    for path in ("state", "ticket"):
        answer = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/{path}", headers=JSON)
        assert answer.status_code == 404


@pytest.mark.holds("asvs:5")
def test_whoever_leads_and_leaves_the_group_hands_on_the_lead(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    answer = circle.post("Hana", f"/groups/{circle.group}/leave", {})
    assert answer.status_code == 302
    assert circle.room().lead == circle.kenji.id
    assert circle.press("Hana", "hold", event_id=str(uuid4())).status_code == 404


@pytest.mark.holds("circle:R4")
@pytest.mark.parametrize("press", ["hand-over", "take-over", "leave"])
def test_who_leads_in_the_room_holds_the_call(
    circle: TwoLead, lines: dict[str, Line], press: str
) -> None:
    if press == "hand-over":
        assert lines["Hana"].press("hand-over", person=str(circle.kenji.id))["ok"]
    elif press == "leave":
        assert lines["Hana"].press("leave")["ok"]
        assert circle.room().lead == circle.kenji.id
    else:
        lines["Hana"].socket.disconnect()
        circle.clock.pass_by(seconds=20)
        assert lines["Kenji"].press("take-over")["ok"]
    assert circle.holders() == (circle.kenji.id, circle.hana.id)
    assert "With Kenji" in circle.page("Ana")


@pytest.mark.holds("circle:9")
def test_between_two_who_lead_a_line_is_on_the_others_desk_while_both_are_in(
    circle: TwoLead, lines: dict[str, Line]
) -> None:
    board = lines["Kenji"].press("tell", words="My voice is tired.")["board"]
    assert board["private"] == []
    assert board["asked"]["text"] == "The facilitators have it. Nobody else can see it."
    [line] = lines["Hana"].received("board")[-1]["private"]
    assert (line["name"], line["text"]) == ("Kenji", "“My voice is tired.”")
    assert "voice is tired" not in str(lines["Ana"].received("board"))
    opened = line["controls"][0]
    assert lines["Hana"].press(opened["event"], **opened["fields"])["ok"]
    board = lines["Kenji"].received("board")[-1]
    assert board["asked"]["text"] == "A facilitator has opened it."
    assert board["is_read"]
    assert "Tell the other facilitators" in circle.page("Kenji")
    lines["Kenji"].press("leave")
    assert not lines["Hana"].received("board")[-1]["is_read"]
