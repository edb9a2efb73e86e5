"""Reporting a person: in two presses, in the group where they were met, and what comes of it."""

import re
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.core.verdict import Refused
from community.live.rules.room import Part, Person, Presence, Way
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.rules.case import Outcome, Target, actions_for
from community.moderation.rules.reasons import Scope, Severity
from community.moderation.rules.reporting import (
    NAMED_MOST,
    ONESELF,
    may_report_person,
    reason_for,
    reason_groups,
    there,
)
from community.moderation.sanctions.rules import Subject, steps_for
from tests.moderation.test_actions import again, count, queued
from tests.moderation.test_rules import NOON, case, moderator, person
from tests.pages import plain, send, send_as_seen

PERSON = Target.PERSON

# The rules


def test_whoever_has_met_somebody_may_report_them_and_nobody_themselves() -> None:
    ana = person()
    assert may_report_person(ana, uuid4(), has_met=True)
    assert may_report_person(ana, uuid4(), has_met=False).reason.status == 404
    assert may_report_person(ana, ana.id, has_met=True).reason is ONESELF


@pytest.mark.parametrize(
    ("about", "left_out"),
    [
        (Target.POST, set()),
        (Target.SHARE, set()),
        (Target.PERSON, {"graphic", "flashing"}),
        (Target.CALL, {"crisis_self", "graphic", "flashing"}),
    ],
)
def test_the_reasons_fit_what_is_reported(about: Target, left_out: set[str]) -> None:
    offered = {reason.id for group in reason_groups(about) for reason in group.reasons}
    everything = {reason.id for group in reason_groups(Target.POST) for reason in group.reasons}
    assert offered == everything - left_out
    for reason in everything:
        assert (reason_for(about, reason) is None) is (reason in left_out)


def test_about_a_person_nothing_follows_or_a_step_of_the_ladder() -> None:
    mori, ana = moderator(), uuid4()
    item = case(mori.id, author=ana, about=PERSON)
    assert actions_for(item, mori, NOON) == {Outcome.KEEP}
    steps = steps_for(mori, item, Subject(ana, "Ana"), NOON)
    assert {step.kind for step in steps} == {
        SanctionKind.WARNING,
        SanctionKind.CIRCLES,
        SanctionKind.MUTE,
        SanctionKind.BAN,
    }
    crisis = case(mori.id, author=ana, about=PERSON, severity=Severity.CRISIS)
    assert actions_for(crisis, mori, NOON) == {Outcome.CARE}
    assert not steps_for(mori, crisis, Subject(ana, "Ana"), NOON)


def called(name: str, **how: object) -> Person:
    here = Presence.CONNECTED
    return Person(uuid4(), name, Part.MEMBER, Way.LISTEN, 1, presence=here, **how)


names = st.text("aAbB éÉß·1", min_size=1, max_size=8).filter(str.strip)


@given(st.lists(st.tuples(names, st.booleans(), st.booleans()), max_size=40), names)
def test_everybody_there_is_found_and_whom_all_heard_at_once(people, sought) -> None:
    all_of_them = [called(name, turns=int(had_turn)) for name, had_turn, _ in people]
    typed = {each.id for each, (*_, wrote) in zip(all_of_them, people, strict=True) if wrote}
    found = there(all_of_them, typed, sought)
    assert {each.id for each in found.first} == typed | {
        each.id for each in all_of_them if each.turns
    }
    rest = {each.id for each in all_of_them} - {each.id for each in found.first}
    if len(rest) <= NAMED_MOST:
        assert {each.id for each in found.others} == rest
        assert not found.letters
        return
    named = [there(all_of_them, typed, letter).others for letter in found.letters]
    assert {each.id for some in named for each in some} == rest
    assert not there(all_of_them, typed, " ").others
    for each in all_of_them:
        if each.id in rest:
            assert each in there(all_of_them, typed, each.name).others


def test_a_name_is_found_by_how_a_word_of_it_begins() -> None:
    named = ["Åsa Lind", "Asta", "Béa", "Maria Åsberg", "lind", "🌱", *map(str, range(20))]
    people = [called(name) for name in named]
    assert [each.name for each in there(people, (), "ås").others] == [
        "Åsa Lind",
        "Asta",
        "Maria Åsberg",
    ]
    assert [each.name for each in there(people, (), "LIND").others] == ["Åsa Lind", "lind"]
    assert [each.name for each in there(people, (), "🌱").others] == ["🌱"]
    assert [each.name for each in there(people, (), "sberg").others] == []


# Reporting


@pytest.fixture
def page(cast):
    return f"/groups/{cast.group_id}/members/{cast.ana.id}/report"


@pytest.fixture
def item_id(cast, make):
    return make.report_person(cast.ana, cast.ben, group_id=cast.group_id)


@pytest.mark.holds("promise:8")
def test_a_member_is_reported_from_the_list_of_the_group_in_two_presses(
    cast, make, client_for, page
) -> None:
    ben = client_for(cast.ben)
    assert page in ben.get(f"/groups/{cast.group_id}/members").text
    first = plain(ben.get(page))
    assert "You’re telling us about Ana." in first
    assert "Keep apart from Ana" in first
    assert f"{page}/unkind" in ben.get(page).text
    second = ben.get(f"{page}/medical").text
    assert 'value="stop_treatment"' in second
    assert 'value="graphic"' not in second
    answer = send(ben, f"{page}/unkind", reason="harassment", words="Three letters a day.")
    assert answer.location == page.replace("/report", "/reported")
    thanks = plain(ben.get(answer.location))
    assert "Thank you for telling us" in thanks
    assert "They’re never told who reported." in thanks
    with make.app.app_context():
        item = db.session.scalars(select(ReviewItem)).one()
        assert (item.about, item.author_id, item.group_id) == (PERSON, cast.ana.id, cast.group_id)
        assert (item.scope, item.post_id, item.reported_html) == (Scope.GROUP, None, None)


def test_what_is_typed_stays_and_a_reason_that_does_not_fit_is_not_taken(
    cast, client_for, page
) -> None:
    ben = client_for(cast.ben)
    for typed in ({}, {"reason": "graphic"}, {"reason": "nonsense"}):
        answer = send(ben, f"{page}/medical", words="It was in the lobby.", **typed)
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
        assert "It was in the lobby." in answer.text
    assert ben.get(f"{page}/nonsense").status_code == 404


@pytest.mark.holds("moderation:23", "asvs:2")
def test_nobody_reports_themselves_or_whom_they_have_not_met(cast, client_for, page) -> None:
    assert client_for(cast.ana).get(page).status_code == 403
    for path in (page, f"{page}/unkind", page.replace("/report", "/reported")):
        assert client_for(cast.stranger).get(path).status_code == 404
        assert "/sign-in" in client_for().get(path).location
    elsewhere = f"/groups/{cast.group_id}/members/{cast.stranger.id}/report"
    assert client_for(cast.ben).get(elsewhere).status_code == 404


@pytest.mark.holds("moderation:19")
def test_many_reports_of_somebody_make_one_item_in_each_group(cast, make, item_id) -> None:
    assert make.report_person(cast.ana, cast.hana, group_id=cast.group_id) == item_id
    assert make.report_person(cast.ana, cast.ben, group_id=cast.group_id) == item_id
    assert (count(make, ReviewItem), count(make, Report)) == (1, 2)
    elsewhere = make.report_person(cast.ana, cast.ben, group_id=make.everyone())
    assert elsewhere not in {None, item_id}
    with pytest.raises(IntegrityError):
        make.done(lambda: again(item_id))


@pytest.mark.holds("moderation:7", "moderation:11")
def test_the_person_and_others_find_nothing_and_a_moderator_reads_it(
    cast, make, client_for, clock, item_id, letters
) -> None:
    page = f"/moderation/{item_id}"
    for who in (cast.ana, cast.ben, cast.hana, cast.stranger, cast.pat):
        assert client_for(who).get(page).status_code == 404
    assert letters() == []
    mori = client_for(cast.mori)
    assert "A person: Ana" in plain(mori.get("/moderation"))
    seen = plain(mori.get(page))
    assert "It’s about somebody, and not about words that we could show you." in seen
    assert "You had no part in it. You can decide." in seen
    assert 'value="keep"' in mori.get(page).text
    assert 'value="remove"' not in mori.get(page).text
    assert "Ben" not in seen


@pytest.mark.holds("moderation:10")
@pytest.mark.parametrize("who", ["hana", "mori", "owner"])
def test_whoever_looks_after_the_group_is_reported_over_their_head(
    cast, make, clock, client_for, who
) -> None:
    keeper = make.owner(cast.group_id) if who == "owner" else getattr(cast, who)
    item_id = make.report_person(keeper, cast.ben, group_id=cast.group_id)
    assert queued(make, cast.pat.id, clock)[0] == [item_id]
    for each in (cast.mori, cast.marta, make.owner(cast.group_id)):
        assert queued(make, each.id, clock) == ([], 0)
        assert client_for(each).get(f"/moderation/{item_id}").status_code == 404


@pytest.mark.holds("moderation:10")
def test_about_staff_a_safety_lead_decides(cast, make, clock) -> None:
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    item_id = make.report_person(cast.pat, cast.ben, group_id=make.everyone())
    assert queued(make, cast.pat.id, clock) == ([], 0)
    assert queued(make, lea.id, clock)[0] == [item_id]


# Deciding


@pytest.mark.holds("moderation:7", "moderation:8")
def test_when_nothing_follows_the_reporter_alone_hears_and_can_ask_again(
    cast, make, client_for, item_id, letters
) -> None:
    make.decision(item_id, cast.mori, Outcome.KEEP)
    assert letters() == [("Ben", "report_answered")]
    with make.app.app_context():
        decided = db.session.scalars(select(Decision)).one()
        assert (decided.target_id, decided.author_id) == (cast.ana.id, cast.ana.id)
        another = f"/decisions/{decided.id}/another-look"
    assert client_for(cast.ana).get(another).status_code == 404
    ben = client_for(cast.ben)
    assert send(ben, another, words="It goes on.").status_code == 302
    marta = client_for(cast.marta)
    assert "A person: Ana" in plain(marta.get("/moderation"))
    [appeal] = {
        part for part in marta.get("/moderation").text.split('"') if "/moderation/appeals/" in part
    }
    assert "It goes on." in marta.get(appeal).text
    send_as_seen(marta, appeal, result="upheld", answer="There is more to it.")
    assert f"/moderation/{item_id}" in marta.get("/moderation").text
    assert make.report_person(cast.ana, cast.hana, group_id=cast.group_id) == item_id


@pytest.mark.holds("moderation:5", "moderation:6", "moderation:7", "moderation:8")
def test_a_step_about_them_is_the_decision_and_they_read_why(
    cast, make, client_for, item_id, letters
) -> None:
    mori, page = client_for(cast.mori), f"/moderation/{item_id}/person"
    assert "A step is the decision" in mori.get(page).text
    step = {"step": "mute-7", "rule": "experience", "why": "You wrote after a no."}
    assert send(mori, page, version="1", **step).status_code == 302
    assert letters() == [("Ana", "person_decided"), ("Ben", "report_answered")]
    assert "It has been decided" in mori.get(f"/moderation/{item_id}").text
    mine = plain(client_for(cast.ana).get("/in-force"))
    assert "a no." in mine
    assert "Ben" not in mine
    with pytest.raises(Refused) as refused:
        make.decision(item_id, cast.marta, Outcome.KEEP, version=2)
    assert refused.value.reason.status == 409
    assert make.report_person(cast.ana, cast.ben, group_id=cast.group_id) not in {None, item_id}


def test_what_is_proposed_about_them_is_answered_before_anything_else_is_decided(
    cast, make, client_for, item_id, letters
) -> None:
    make.sanction(item_id, cast.mori, SanctionKind.BAN, 90)
    with pytest.raises(Refused) as refused:
        make.decision(item_id, cast.marta, Outcome.KEEP, version=2)
    assert refused.value.reason.code == "proposed"
    assert ("Ben", "report_answered") not in letters()
    owner = make.owner(cast.group_id)
    browser = client_for(owner)
    [proposal] = {
        part
        for part in browser.get("/moderation").text.split('"')
        if "/moderation/proposed/" in part
    }
    assert send(browser, proposal, agree="yes", version="2").status_code == 302
    assert ("Ben", "report_answered") in letters()
    assert ("Ana", "person_decided") in letters()
    with make.app.app_context():
        assert db.session.get_one(ReviewItem, item_id).closed_at


@pytest.mark.holds("moderation:17")
def test_worry_about_somebody_leads_to_care_by_two(cast, make, client_for, letters) -> None:
    item_id = make.report_person(cast.ana, cast.ben, group_id=cast.group_id, reason="crisis_self")
    page = f"/moderation/{item_id}"
    mori, pat, told = client_for(cast.mori), client_for(cast.pat), len(letters())
    assert "Somebody may be in danger" in mori.get(page).text
    assert "What follows for them" not in mori.get(page).text
    assert send(mori, f"{page}/help", words="", country="").status_code == 302
    assert letters()[told:] == [("Ana", "thought_of_you")]
    make.decision(item_id, cast.pat, Outcome.CARE, version=2)
    assert letters()[told:] == [("Ana", "thought_of_you"), ("Ben", "report_answered")]
    assert "It has been decided" in pat.get(page).text


def test_a_report_of_somebody_is_taken_back(cast, make, client_for, page, item_id, clock) -> None:
    ben, done = client_for(cast.ben), page.replace("/report", "/reported")
    assert "Take this report back" in ben.get(done).text
    assert send(ben, done).location == f"/groups/{cast.group_id}/members"
    assert queued(make, cast.mori.id, clock) == ([], 0)
    assert make.report_person(cast.ana, cast.ben, group_id=cast.group_id) not in {None, item_id}


def test_many_reports_of_somebody_cost_no_more_statements_than_one(
    cast, make, client_for, item_id, cost
) -> None:
    mori, page = client_for(cast.mori), f"/moderation/{item_id}"

    def statements() -> int:
        cost.statements.clear()
        mori.get(page)
        return int(cost)

    statements()
    one = statements()
    for number in range(20):
        member = make.member(f"Member {number}")
        make.joined(cast.group_id, member, make.owner(cast.group_id))
        make.report_person(cast.ana, member, group_id=cast.group_id)
    assert statements() == one <= 28


# Met by voice


@pytest.fixture
def met(circle):
    """Ana and Ben were in a circle that Hana held; Ben reports Ana afterwards."""
    circle.gathered("Mori")
    circle.end()
    return circle


@pytest.mark.holds("moderation:1", "circle:13")
def test_somebody_met_by_voice_is_reported_from_the_page_after_and_who_was_there_does_not_decide(
    met,
) -> None:
    ben, place = met.browsers["Ben"], f"/calls/{met.call_id}/people/{met.ana.id}/report"
    assert place in ben.get(f"/calls/{met.call_id}/thanks").text
    assert send(ben, f"{place}/unkind", reason="harassment").status_code == 302
    with met.make.app.app_context():
        item_id = db.session.scalars(select(ReviewItem.id)).one()
    page = f"/moderation/{item_id}"
    assert met.browsers["Mori"].get(page).status_code == 404  # was there
    assert met.browsers["Hana"].get(page).status_code == 404  # held it
    assert "They met in the circle “" in plain(met.browsers["Marta"].get(page))


@pytest.mark.holds("moderation:1")
def test_somebody_is_reported_from_the_circle_while_it_is_on(circle) -> None:
    circle.gathered("Mori")
    beside = f"/circles/{circle.call_id}/report"
    ben, place = circle.browsers["Ben"], f"/calls/{circle.call_id}/people/{circle.ana.id}/report"
    assert f'href="{beside}" target="_blank"' in ben.get(f"/circles/{circle.call_id}").text
    people = set(re.findall(r"/people/([^/]+)/report", ben.get(beside).text))
    assert people == {str(each.id) for each in (circle.hana, circle.ana, circle.mori)}
    assert send(ben, f"{place}/unkind", reason="harassment").status_code == 302
    assert circle.board("Ben")["is_in"]
    with circle.make.app.app_context():
        item_id = db.session.scalars(select(ReviewItem.id)).one()
    page = f"/moderation/{item_id}"
    for name in ("Mori", "Hana"):  # were there
        assert circle.browsers[name].get(page).status_code == 404
    assert "They met in the circle “" in plain(circle.browsers["Marta"].get(page))


@pytest.mark.holds("circle:12", "moderation:23")
def test_whoever_left_can_be_reported_from_the_circle_and_whoever_was_sent_out_is_not_shown(
    circle,
) -> None:
    def people(name: str) -> set[str]:
        page = circle.browsers[name].get(f"/circles/{circle.call_id}/report").text
        return set(re.findall(r"/people/([^/]+)/report", page))

    circle.gathered("Mori")
    circle.press("Mori", "leave")
    assert str(circle.mori.id) in people("Ben")
    assert str(circle.ben.id) in people("Mori")
    circle.press("Hana", "remove", person=str(circle.mori.id), why="A test of the door.")
    assert people("Ben") == {str(circle.hana.id), str(circle.ana.id)}
    assert people("Marta") == set()  # isn’t in it


@pytest.mark.holds("moderation:23")
def test_whoever_was_not_there_reports_nobody_from_it_but_who_holds_it(met) -> None:
    def report(who, whom) -> int:
        return who.get(f"/calls/{met.call_id}/people/{whom.id}/report").status_code

    marta, stranger = met.browsers["Marta"], met.browsers["Stranger"]
    assert report(marta, met.ana) == 404
    assert report(marta, met.hana) == 200
    assert report(stranger, met.hana) == 404
    assert f"/people/{met.hana.id}/report" in marta.get(f"/calls/{met.call_id}").text
    assert report(met.browsers["Hana"], met.hana) == 403
