"""Reporting a call: what it says of itself, or how it was led."""

import pytest
from sqlalchemy import select

from community.calls.models import Call
from community.core.actor import Staff
from community.core.db import db
from community.core.verdict import Refused
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.rules.case import OUTCOMES, Outcome, Target, actions_for
from community.moderation.rules.reasons import Scope
from community.moderation.rules.reporting import OWN_CALL, may_report_call
from community.moderation.sanctions.rules import Subject, steps_for
from tests.moderation.test_actions import count, queued
from tests.moderation.test_rules import NOON, case, person, platform_moderator
from tests.pages import plain, send, send_as_seen

CALL = Target.CALL
TITLE = "How I stopped my tablets"


def test_whoever_holds_a_call_changes_it_rather_than_reporting_it() -> None:
    hana, ruth, ana = person(), person(), person()
    for holder in (hana, ruth):
        assert may_report_call(holder, (hana.id, ruth.id)).reason is OWN_CALL
    assert may_report_call(ana, (hana.id, None))


def test_about_a_call_it_is_left_or_its_facilitator_is_written_to() -> None:
    pat, hana = platform_moderator(), person()
    item = case(author=hana.id, about=CALL, scope=Scope.PLATFORM, was_there=frozenset({hana.id}))
    assert actions_for(item, pat, NOON) == OUTCOMES[CALL] == {Outcome.KEEP, Outcome.WARN}
    steps = steps_for(pat, item, Subject(hana.id, "Hana", keeps_group=True), NOON)
    assert "warning" not in {step.kind for step in steps}  # that is the decision about the call
    assert not actions_for(item, hana, NOON)


@pytest.fixture
def call_id(cast, make):
    return make.call(
        cast.group_id, cast.hana, title=TITLE, about="You can, too.", seated=[cast.ana]
    )


@pytest.fixture
def item_id(make, cast, call_id):
    return make.report_call(call_id, cast.ben, words="It frightens me.")


def test_a_call_is_reported_from_its_page_in_two_presses(cast, make, client_for, call_id) -> None:
    ben, page = client_for(cast.ben), f"/calls/{call_id}/report"
    assert f'"{page}"' in ben.get(f"/calls/{call_id}").text
    assert f'"{page}"' not in client_for(cast.hana).get(f"/calls/{call_id}").text
    assert TITLE in plain(ben.get(page))
    assert 'value="crisis_self"' not in ben.get(f"{page}/worried").text
    wrong = send(ben, f"{page}/medical", reason="flashing", words="It frightens me.")
    assert wrong.status_code == 422
    assert "It frightens me." in wrong.text
    answer = send(ben, f"{page}/medical", reason="medical_claim", words="It frightens me.")
    assert answer.location == f"/calls/{call_id}/reported"
    assert "or write to whoever holds it" in plain(ben.get(answer.location))
    with make.app.app_context():
        item = db.session.scalars(select(ReviewItem)).one()
        assert (item.about, item.call_id, item.author_id) == (CALL, call_id, cast.hana.id)
        assert item.reported_call == f"{TITLE}\n\nYou can, too."


@pytest.mark.holds("moderation:23", "asvs:2")
def test_for_others_there_is_no_such_call(cast, client_for, call_id) -> None:
    for path in ("report", "report/unkind", "reported"):
        assert client_for(cast.stranger).get(f"/calls/{call_id}/{path}").status_code == 404
        assert "/sign-in" in client_for().get(f"/calls/{call_id}/{path}").location
    assert client_for(cast.hana).get(f"/calls/{call_id}/report").status_code == 403


@pytest.mark.holds("moderation:10", "moderation:19")
def test_many_reports_of_a_call_make_one_item_above_its_facilitator(
    cast, make, clock, call_id, item_id
) -> None:
    assert make.report_call(call_id, cast.ana) == item_id
    assert make.report_call(call_id, cast.ben) == item_id
    assert (count(make, ReviewItem), count(make, Report)) == (1, 2)
    assert queued(make, cast.pat.id, clock)[0] == [item_id]
    for each in (cast.hana, cast.mori, make.owner(cast.group_id)):
        with pytest.raises(Refused) as refused:
            make.decision(item_id, each, Outcome.KEEP)
        assert refused.value.reason.status == 404


@pytest.mark.holds("moderation:6", "moderation:7", "moderation:8", "moderation:18")
def test_its_facilitator_is_written_to_about_what_it_said_then(
    cast, make, client_for, clock, call_id, item_id, letters
) -> None:
    def rename() -> None:
        call = db.session.get_one(Call, call_id)
        call.title, call.about = "How it went for me", ""

    make.done(rename)
    before = letters()
    pat, page = client_for(cast.pat), f"/moderation/{item_id}"
    seen = plain(pat.get(page))
    assert TITLE in seen
    assert "You can, too." in seen
    assert "It frightens me." in seen
    assert f'"/calls/{call_id}"' not in pat.get(page).text  # Pat isn’t in the group
    decision = {"outcome": "warn", "rule": "medicine", "why": "It reads as advice.", "version": "1"}
    assert send(pat, page, **decision).status_code == 302
    new = [each for each in letters() if each not in before]
    assert new == [("Hana", "call_decided"), ("Ben", "report_answered")]
    statement = plain(client_for(cast.hana).get(f"/calls/{call_id}/statement"))
    assert "It reads as advice." in statement
    assert "Ben" not in statement
    assert "To this call only." in statement
    for who in (cast.ben, cast.mori, cast.stranger):
        assert client_for(who).get(f"/calls/{call_id}/statement").status_code == 404


@pytest.mark.holds("moderation:9")
def test_its_facilitator_asks_for_another_look(
    cast, make, client_for, call_id, item_id, letters
) -> None:
    make.decision(item_id, cast.pat, Outcome.WARN)
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    ask = f"/decisions/{decision_id}/another-look"
    assert send(client_for(cast.hana), ask, words="It is my own story.").status_code == 302
    [appeal] = {
        part
        for part in client_for(lea).get("/moderation").text.split('"')
        if "/moderation/appeals/" in part
    }
    assert TITLE in plain(client_for(lea).get(appeal))
    assert 'value="partly_upheld"' not in client_for(lea).get(appeal).text
    answer = send_as_seen(client_for(lea), appeal, result="upheld", answer="It is.")
    assert answer.status_code == 302
    assert letters()[-1] == ("Hana", "appeal_answered")
    statement = plain(client_for(cast.hana).get(f"/calls/{call_id}/statement"))
    assert "We’ve looked again. Nothing follows from it." in statement


def test_a_report_of_a_call_is_taken_back(cast, make, client_for, clock, call_id, item_id) -> None:
    ben, done = client_for(cast.ben), f"/calls/{call_id}/reported"
    assert "Take this report back" in ben.get(done).text
    assert send(ben, done).location == f"/calls/{call_id}"
    assert queued(make, cast.pat.id, clock) == ([], 0)
    assert make.report_call(call_id, cast.ben) not in {None, item_id}


def test_many_reports_of_a_call_cost_no_more_statements_than_one(
    cast, make, client_for, call_id, item_id, cost
) -> None:
    pat, page = client_for(cast.pat), f"/moderation/{item_id}"

    def statements() -> int:
        cost.statements.clear()
        pat.get(page)
        return int(cost)

    statements()
    one = statements()
    for number in range(20):
        member = make.member(f"Member {number}")
        make.joined(cast.group_id, member, make.owner(cast.group_id))
        make.report_call(call_id, member)
    assert statements() == one
