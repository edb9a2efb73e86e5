"""Looking up who reported: who may, who isn’t named, what is written down, who is told."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.core.actor import Staff
from community.core.db import db
from community.core.post import post
from community.core.verdict import Refused
from community.moderation.models import AuditEvent, Report
from community.moderation.queries import items_by_id
from community.moderation.reports import actions as report_actions
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import REASONS, Severity
from community.moderation.unmasking import actions
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import Because, Sent, Sought, Whose, is_named_to
from tests.letters import words as words_of
from tests.moderation.test_rules import NOON, person
from tests.pages import plain, send
from tests.privacy.taken import Taken

WHY = "Somebody may be followed home, and we ask what they saw."
ASKED = {"because": "harm", "why": WHY}


@pytest.fixture
def item_id(make, cast, reply_id) -> UUID:
    """Ben, then Hana report what Ana wrote. It stands before the group and the site."""
    make.report(reply_id, cast.ben, "sexual")
    make.clock.pass_by(minutes=1)
    return make.report(reply_id, cast.hana, "stop_treatment")


@pytest.fixture
def lead(make):
    return make.staff("Lena", Staff.SAFETY_LEAD)


def page_of(item_id) -> str:
    return f"/moderation/{item_id}/reporters"


def press(make, actor, item_id, because=Because.HARM) -> list[str | None]:
    now = make.clock.now()
    just_in = replace(make.actor(actor), signed_in_at=now)
    how = (just_in, item_id, Whose.REPORTERS, because, WHY)
    return [each.name for each in make.done(lambda: actions.look_up(*how, now=now))]


def record(make, action) -> list[tuple[UUID, UUID, str]]:
    asked = select(AuditEvent.actor_id, AuditEvent.item_id, AuditEvent.reason)
    return make.done(
        lambda: [tuple(row) for row in db.session.execute(asked.where(AuditEvent.action == action))]
    )


def kept(make) -> list[str]:
    return make.done(lambda: db.session.scalars(select(Unmasking.why)).all())


# The rule


@pytest.mark.holds("moderation:7")
@given(st.sampled_from(list(REASONS)), st.sampled_from(Because), st.booleans(), st.booleans())
def test_whoever_keeps_their_name_is_named_only_where_a_life_may_be_at_risk(
    reason: str, because: Because, anonymous: bool, meets: bool
) -> None:
    reporter_id, report = uuid4(), Sent(uuid4(), REASONS[reason], NOON, anonymous)
    asker = person() if meets else replace(person(), apart=frozenset({reporter_id}))
    is_grave = REASONS[reason].severity in {Severity.CRISIS, Severity.DANGER}
    may_be_life = because is Because.LIFE and is_grave
    named = is_named_to(asker, Sought(reporter_id, report), because)
    assert named is (meets and (may_be_life or not anonymous))
    assert not is_named_to(asker, Sought(None, report), because)


# Who may


@pytest.mark.holds("moderation:7", "moderation:24")
def test_two_roles_may_and_the_names_are_on_that_answer_in_the_order_of_the_reports(
    make, cast, client_for, item_id, lead
):
    for moderator in (cast.pat, lead):
        browser = client_for(moderator)
        asked = plain(browser.get(page_of(item_id)))
        assert "2 members reported it." in asked
        assert not {"Ben", "Hana"} & set(asked.split())
        answer = send(browser, page_of(item_id), **ASKED)
        said = plain(answer)
        assert answer.status_code == 200
        assert said.index("Ben Friday 20 November, 12:00 pm: Sexual") < said.index("Hana Friday")
        assert not {"Ben", "Hana"} & set(plain(browser.get(page_of(item_id))).split())
        assert "Hana" not in browser.get(f"/moderation/{item_id}").text  # Ben began the thread
    assert [who for who, *_ in record(make, "named-reporters")] == [cast.pat.id, lead.id]


@pytest.mark.holds("moderation:7", "moderation:11")
def test_for_everybody_else_there_is_no_such_page(make, cast, client_for, item_id):
    admin = make.staff("Adam", Staff.ADMIN)
    others = (cast.ana, cast.ben, cast.noor, cast.hana, cast.mori, cast.marta, cast.stranger)
    for who in (*others, admin, make.owner(cast.group_id)):
        browser = client_for(who)
        assert browser.get(page_of(item_id)).status_code == 404
        assert send(browser, "/home", page_of(item_id), **ASKED).status_code == 404
        assert page_of(item_id) not in browser.get(f"/moderation/{item_id}").text
    assert "/sign-in" in client_for().get(page_of(item_id)).location
    assert page_of(item_id) in client_for(cast.pat).get(f"/moderation/{item_id}").text
    assert kept(make) == []


@pytest.mark.holds("moderation:1")
def test_nobody_looks_up_where_they_took_part_or_when_it_is_closed_or_the_group_s_alone(
    make, cast, client_for, reply_id, item_id, lead
):
    alone = make.report(make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben)
    assert client_for(cast.pat).get(page_of(alone)).status_code == 404
    make.joined(cast.group_id, lead, make.owner(cast.group_id))
    make.report(reply_id, make.actor(lead), "sexual")
    assert client_for(lead).get(page_of(item_id)).status_code == 404
    pats = make.report(make.reply(make.thread(make.everyone(), cast.ben), cast.pat), cast.ana)
    assert client_for(cast.pat).get(page_of(pats)).status_code == 404
    make.decision(item_id, cast.mori, Outcome.REMOVE, version=2)
    assert client_for(cast.pat).get(page_of(item_id)).status_code == 404


@pytest.mark.holds("moderation:24", "asvs:22")
def test_it_is_never_done_by_looking_nor_without_reason_nor_later_than_a_quarter_of_an_hour(
    make, cast, client_for, item_id
):
    browser = client_for(cast.pat)
    browser.get(page_of(item_id), query_string=ASKED)
    for lacking in ({"because": "harm"}, {"why": WHY}, {"because": "x", "why": WHY}):
        answer = send(browser, page_of(item_id), **lacking)
        assert answer.status_code == 422
        assert "Ben" not in answer.text
    assert "Why? Whoever reported it reads this" in answer.text
    make.clock.pass_by(minutes=16)
    assert "Sign out, come in again" in plain(browser.get(page_of(item_id)))
    assert send(browser, "/home", page_of(item_id), **ASKED).status_code == 403
    assert record(make, "named-reporters") == kept(make) == []


@pytest.mark.holds("moderation:1")
def test_what_somebody_else_is_looking_at_is_taken_over_first(make, cast, client_for, item_id):
    case = f"/moderation/{item_id}"
    assert send(client_for(cast.mori), case, f"{case}/claim").status_code == 302
    refused = send(client_for(cast.pat), "/home", page_of(item_id), **ASKED)
    assert refused.status_code == 409
    assert kept(make) == []


# Who isn’t named


@pytest.mark.holds("moderation:7")
@pytest.mark.parametrize("because", list(Because))
@pytest.mark.parametrize("reason", ["sexual", "crisis_self"])
def test_whoever_kept_their_name_is_not_named_nor_written_to(
    app, make, cast, mail, clock, client_for, reply_id, because, reason
):
    make.report(reply_id, cast.ben, reason, anonymous=True)
    item_id = make.report(reply_id, cast.hana, "sexual")
    is_life = (because, reason) == (Because.LIFE, "crisis_self")
    assert press(make, cast.pat, item_id, because) == ["Ben" if is_life else None, "Hana"]
    with app.app_context():
        post(clock.now())
    assert not [one for one in mail.kept if one["To"] == "ben@example.org"]
    assert len(kept(make)) == 1 + is_life
    assert WHY not in plain(client_for(cast.ben).get("/who-can-see"))


@pytest.mark.holds("moderation:7", "moderation:12")
def test_where_nobody_is_named_that_somebody_asked_is_written_down(
    make, cast, client_for, reply_id
):
    item_id = make.report(reply_id, cast.ben, "sexual", anonymous=True)
    answer = send(client_for(cast.pat), page_of(item_id), **ASKED)
    assert "Nobody is named to you." in plain(answer)
    assert "Ben" not in answer.text
    assert record(make, "kept-from-reporters") == [(cast.pat.id, item_id, "harm")]
    assert record(make, "named-reporters") == kept(make) == []


@pytest.mark.holds("moderation:1", "moderation:7")
def test_whoever_keeps_apart_or_has_left_is_not_named_and_whoever_took_it_back_is_not_listed(
    make, cast, client_for, reply_id, item_id
):
    make.report(reply_id, cast.marta, "sexual")
    now = make.clock.now()
    make.done(lambda: report_actions.take_back(make.actor(cast.marta), reply_id, now=now))
    for each in make.done(lambda: items_by_id([item_id], now)[item_id].case.site):
        make.kept_apart(cast.ben, make.actor(each))  # so that nobody else is left to look
    left = select(Report).where(Report.reporter_id == cast.hana.id)
    make.done(lambda: setattr(db.session.scalars(left).one(), "reporter_id", None))
    answer = send(client_for(cast.pat), page_of(item_id), **ASKED)
    assert plain(answer).count("No name") == 2
    assert not {"Ben", "Hana", "Marta"} & set(plain(answer).split())
    assert record(make, "kept-from-reporters") == [(cast.pat.id, item_id, "harm")]


def test_twenty_reports_are_named_in_as_many_statements_as_one(
    make, cast, client_for, cost, reply_id
):
    spent = []
    for many in (1, 20):
        for number in range(many):
            member = make.member(f"Member {many}-{number}")
            make.joined(cast.group_id, member, make.owner(cast.group_id))
            item_id = make.report(reply_id, make.actor(member), "sexual")
        browser = client_for(cast.pat)
        browser.get(page_of(item_id))
        cost.statements.clear()
        browser.get(page_of(item_id))
        spent.append(int(cost))
    assert spent[0] == spent[1]
    assert len(press(make, cast.pat, item_id)) == 21


# What is written down, and who is told


@pytest.mark.holds("moderation:12")
def test_the_record_says_it_in_codes_and_to_admins_without_a_name(make, cast, client_for, item_id):
    press(make, cast.pat, item_id)
    assert record(make, "named-reporters") == [(cast.pat.id, item_id, "harm")]
    said = plain(client_for(make.staff("Adam", Staff.ADMIN)).get("/moderation/record"))
    assert "Looked up who reported" in said
    assert not {"Ben", "Hana"} & set(said.split())


@pytest.mark.holds("moderation:7")
@pytest.mark.parametrize("because", list(Because))
def test_whoever_reported_is_told_at_once_unless_a_life_is_at_risk_and_whoever_wrote_it_is_not(
    app, make, cast, client_for, clock, mail, item_id, because
):
    for _ in range(2):
        assert press(make, cast.pat, item_id, because) == ["Ben", "Hana"]
    with app.app_context():
        post(clock.now())
    is_told = because is not Because.LIFE
    for who in ("ben", "hana"):
        told = [one for one in mail.kept if one["To"] == f"{who}@example.org"]
        assert len(told) == is_told
        mine = plain(client_for(getattr(cast, who)).get("/who-can-see"))
        assert (WHY in mine) == is_told
        for words in (*map(words_of, told), mine):
            assert not {"Pat", "Ana"} & set(words.split())
        for letter in told:
            assert letter["Subject"] == "Circles: about something you told us"
            assert WHY in words_of(letter)
    assert not [one for one in mail.kept if one["To"] == "ana@example.org"]
    make.decision(item_id, cast.mori, Outcome.REMOVE, version=2)
    assert "about what you reported" in plain(client_for(cast.ben).get("/who-can-see"))
    assert WHY not in plain(client_for(cast.ana).get("/who-can-see"))


@pytest.mark.holds("moderation:1")
def test_the_database_refuses_that_somebody_looks_up_themselves(make, cast, item_id):
    now, report = make.clock.now(), select(Report.id).where(Report.reporter_id == cast.ben.id)

    def look() -> None:
        who = {"account_id": cast.ben.id, "by_id": cast.ben.id, "because": Because.HARM}
        report_id = db.session.scalars(report).one()
        db.session.add(Unmasking(item_id=item_id, report_id=report_id, why=WHY, at=now, **who))
        db.session.flush()

    with pytest.raises(IntegrityError, match="by_somebody_else"):
        make.done(look)


@pytest.mark.holds("moderation:1")
def test_the_action_asks_the_rule(make, cast, item_id):
    for who in (cast.mori, cast.ben, cast.ana, cast.hana):
        with pytest.raises(Refused):
            press(make, who, item_id)


# What is said before a report is sent, and afterwards


@pytest.mark.holds("moderation:7")
@pytest.mark.parametrize("ticked", [True, False])
def test_who_can_learn_it_is_said_before_it_is_sent_and_afterwards(
    make, cast, client_for, reply_id, ticked
):
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/report/unkind"
    before = plain(browser.get(page))
    assert "a moderator of the site or the safety lead can look up your name" in before
    assert "Keep my name from moderators too" in before
    assert "checked" not in browser.get(page).text
    sent = send(browser, page, reason="sexual", **({"anonymous": "y"} if ticked else {}))
    thanks = plain(browser.get(sent.location))
    assert ("You keep your name from moderators too." in thanks) is ticked
    assert ("can look up your name. Then you’re told." in thanks) is not ticked
    assert make.done(lambda: db.session.scalars(select(Report.is_anonymous)).one()) is ticked


def test_the_tick_stays_when_something_is_missing_and_goes_with_a_report_that_is_sent_anew(
    make, cast, client_for, reply_id
):
    make.report(reply_id, cast.hana)
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/report/unkind"
    answer = send(browser, page, anonymous="y")
    assert answer.status_code == 422
    assert "checked" in answer.text
    mine = select(Report.is_anonymous).where(Report.reporter_id == cast.ben.id)
    for ticked in (True, False):
        sent = send(browser, page, reason="sexual", **({"anonymous": "y"} if ticked else {}))
        assert make.done(lambda: db.session.scalars(mine).one()) is ticked
        send(browser, sent.location)


@pytest.mark.parametrize("about", ["person", "call"])
def test_a_person_and_a_call_are_reported_with_the_same_choice(make, cast, client_for, about):
    place = f"/groups/{cast.group_id}/members/{cast.ana.id}"
    if about == "call":
        place = f"/calls/{make.call(cast.group_id, cast.hana)}"
    sent = send(client_for(cast.ben), f"{place}/report/unkind", reason="harassment", anonymous="y")
    assert sent.status_code == 302
    assert make.done(lambda: db.session.scalars(select(Report.is_anonymous)).one())


def test_typed_words_are_reported_with_the_same_choice(circle):
    circle.gathered()
    place = f"/circles/{circle.call_id}/report/{circle.typed()}/unkind"
    sent = send(circle.browsers["Ben"], place, reason="disbelief", anonymous="y")
    assert sent.status_code == 302
    assert circle.make.done(lambda: db.session.scalars(select(Report.is_anonymous)).one())


@pytest.mark.holds("promise:10")
def test_it_is_in_what_somebody_takes_out(make, cast, client_for, item_id):
    press(make, cast.pat, item_id)
    mine = Taken(send(client_for(cast.ben), "/my-data")).text
    assert WHY in mine
    assert not {"Pat", "Hana"} & set(mine.split())
