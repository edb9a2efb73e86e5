"""Looking up who wrote something without their name: who may, what is written down, who is told."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.core.post import post
from community.core.verdict import Refused
from community.moderation.models import AuditEvent
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Severity
from community.moderation.unmasking import actions
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import Because, Whose, is_kept_back
from tests.letters import words as words_of
from tests.moderation.test_sanctions import owner_of
from tests.pages import plain, send

ASKED = {"because": "harm", "why": "Somebody may be followed home, and we warn them."}


@pytest.fixture
def post_id(make, cast) -> UUID:
    """Ana replies to Ben without her name."""
    thread_id = make.thread(cast.group_id, cast.ben)
    return make.reply(thread_id, cast.ana, "I know where you live.", unnamed=True)


@pytest.fixture
def item_id(make, cast, post_id) -> UUID:
    """It stands before the group and the site."""
    return make.report(post_id, cast.ben, "sexual")


@pytest.fixture
def lead(make):
    return make.staff("Lena", Staff.SAFETY_LEAD)


@pytest.fixture
def admin(make):
    return make.staff("Adam", Staff.ADMIN)


def page_of(item_id) -> str:
    return f"/moderation/{item_id}/name"


def record(make, action) -> list[AuditEvent]:
    asked = select(AuditEvent.actor_id, AuditEvent.item_id, AuditEvent.reason)
    return make.done(
        lambda: [tuple(row) for row in db.session.execute(asked.where(AuditEvent.action == action))]
    )


def press(make, actor, item_id, because=Because.HARM):
    now = make.clock.now()
    just_in = replace(make.actor(actor), signed_in_at=now)
    how = (just_in, item_id, Whose.WRITER, because, ASKED["why"])
    return [each.name for each in make.done(lambda: actions.look_up(*how, now=now))]


@pytest.mark.holds("moderation:22", "moderation:24")
def test_two_roles_may_and_for_everybody_else_there_is_no_such_page(
    make, cast, client_for, item_id, lead, admin
):
    owner = owner_of(make, cast.group_id)
    for person in (cast.pat, lead):
        browser = client_for(person)
        asked = browser.get(page_of(item_id))
        assert asked.status_code == 200
        assert "Ana" not in asked.text
        answer = send(browser, page_of(item_id), **ASKED)
        assert answer.status_code == 200
        assert "is Ana." in plain(answer)
    others = (cast.ana, cast.ben, cast.noor, cast.hana, cast.mori, cast.marta, admin, cast.stranger)
    for person in (*others, owner):
        browser = client_for(person)
        assert browser.get(page_of(item_id)).status_code == 404
        refused = send(browser, "/home", page_of(item_id), **ASKED)
        assert refused.status_code == 404
        assert "Ana" not in refused.text or person == cast.ana
    assert len(make.done(lambda: db.session.scalars(select(Unmasking.id)).all())) == 2


@pytest.mark.holds("moderation:22", "moderation:12")
def test_that_somebody_looked_is_in_the_record_in_ids_and_codes(make, cast, item_id):
    assert press(make, cast.pat, item_id) == ["Ana"]
    assert record(make, "unmasked") == [(cast.pat.id, item_id, "harm")]
    why = make.done(lambda: db.session.scalars(select(Unmasking.why)).one())
    assert why == ASKED["why"]


def test_the_record_says_it_to_admins_without_the_name(make, cast, client_for, item_id, admin):
    press(make, cast.pat, item_id)
    said = plain(client_for(admin).get("/moderation/record"))
    assert "Looked up who wrote without a name" in said
    assert "Ana" not in said


@pytest.mark.holds("moderation:22")
def test_the_name_is_on_that_answer_and_nowhere_after(make, cast, client_for, item_id, post_id):
    browser = client_for(cast.pat)
    send(browser, page_of(item_id), **ASKED)
    thread = f"/threads/{make.thread_of(post_id)}"
    for page in (page_of(item_id), f"/moderation/{item_id}", f"/moderation/{item_id}/person"):
        assert "Ana" not in browser.get(page).text
    for person in (cast.ben, cast.mori, cast.pat):
        assert "Ana" not in client_for(person).get(thread).text


@pytest.mark.holds("moderation:24", "asvs:22")
def test_it_is_never_done_by_looking_nor_without_reason_nor_later_than_a_quarter_of_an_hour(
    make, cast, client_for, item_id
):
    browser = client_for(cast.pat)
    browser.get(page_of(item_id), query_string=ASKED)
    for lacking in ({"because": "harm"}, {"why": "Because."}, {"because": "x", "why": "Because."}):
        answer = send(browser, page_of(item_id), **lacking)
        assert answer.status_code == 422
        assert "Ana" not in answer.text
    assert "Because.</textarea>" in answer.text.replace("\r\n", "")
    make.clock.pass_by(minutes=16)
    assert "Sign out, come in again" in plain(browser.get(page_of(item_id)))
    refused = send(browser, "/home", page_of(item_id), **ASKED)
    assert refused.status_code == 403
    assert "Ana" not in refused.text
    assert record(make, "unmasked") == []


@pytest.mark.holds("moderation:1", "moderation:22")
def test_nobody_looks_up_who_took_part_or_when_it_is_closed_or_the_group_s_alone(
    make, cast, client_for, post_id, item_id, lead
):
    theirs = make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.ana, unnamed=True), cast.ben
    )
    signed = make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.hana), cast.ben, "sexual"
    )
    assert client_for(cast.pat).get(page_of(theirs)).status_code == 404
    assert client_for(cast.pat).get(page_of(signed)).status_code == 404
    make.joined(cast.group_id, lead, owner_of(make, cast.group_id))
    make.report(post_id, make.actor(lead), "sexual")
    assert client_for(lead).get(page_of(item_id)).status_code == 404
    make.decision(item_id, cast.mori, Outcome.REMOVE, version=1)
    assert client_for(cast.pat).get(page_of(item_id)).status_code == 404


@pytest.mark.holds("moderation:1", "moderation:22")
@pytest.mark.parametrize("by_her", [True, False])
def test_whoever_keeps_apart_gets_no_name_and_that_they_asked_is_written_down(
    make, cast, client_for, item_id, by_her
):
    make.kept_apart(*((cast.ana, cast.pat) if by_her else (cast.pat, cast.ana)))
    browser = client_for(cast.pat)
    answer = send(browser, page_of(item_id), **ASKED)
    assert "Somebody else has to look." in plain(answer)
    assert "Ana" not in answer.text
    assert record(make, "unmasked") == []
    assert record(make, "kept-from-name") == [(cast.pat.id, item_id, "harm")]


@pytest.mark.holds("moderation:21", "moderation:22")
@pytest.mark.parametrize("chosen", ["mori", "pat"])
def test_keeping_apart_from_whoever_wrote_it_changes_no_queue(
    make, cast, client_for, item_id, chosen
):
    person = getattr(cast, chosen)
    browser = client_for(person)
    before = browser.get("/moderation").text
    assert f"/moderation/{item_id}" in before
    make.kept_apart(person, cast.ana)
    assert re.findall(r"/moderation/[\w-]{36}", browser.get("/moderation").text) == re.findall(
        r"/moderation/[\w-]{36}", before
    )
    assert browser.get(f"/moderation/{item_id}").status_code == 200


@pytest.mark.holds("moderation:22")
@pytest.mark.parametrize("because", list(Because))
def test_its_writer_is_told_at_once_unless_a_life_is_at_risk(
    app, make, cast, client_for, clock, mail, item_id, because
):
    for _ in range(2):
        assert press(make, cast.pat, item_id, because) == ["Ana"]
    with app.app_context():
        post(clock.now())
    told = [words_of(one) for one in mail.kept if one["To"] == "ana@example.org"]
    mine = plain(client_for(cast.ana).get("/who-can-see"))
    is_told = because is not Because.LIFE
    assert len(told) == (1 if is_told else 0)
    assert (ASKED["why"] in mine) == is_told
    for words in (*told, mine):
        assert "Pat" not in words
    if not is_told:
        make.decision(item_id, cast.mori, Outcome.REMOVE)
        assert ASKED["why"] in plain(client_for(cast.ana).get("/who-can-see"))
    assert ASKED["why"] not in plain(client_for(cast.ben).get("/who-can-see"))


def test_while_a_crisis_is_open_its_page_keeps_it_back():
    for because in Because:
        for severity in Severity:
            is_life, is_crisis = because is Because.LIFE, severity is Severity.CRISIS
            kept = {Whose.WRITER: is_life or is_crisis, Whose.REPORTERS: is_life}
            for whose in Whose:
                assert is_kept_back(because, whose, severity, is_open=True) == kept[whose]
                assert not is_kept_back(because, whose, severity, is_open=False)


# What is decided without knowing who it is


@pytest.mark.holds("moderation:22")
def test_a_moderator_decides_about_the_person_and_never_reads_who_it_is(
    make, cast, client_for, item_id, post_id
):
    make.sanction(item_id, cast.mori, SanctionKind.MUTE, 3)
    mori = client_for(cast.mori)
    own = plain(mori.get(f"/moderation/{item_id}/person"))
    assert "Reading, not writing, in one group" in own
    assert "Ana" not in own
    assert "Reading, not writing" in plain(client_for(cast.ana).get("/in-force"))


@pytest.mark.holds("moderation:22")
def test_what_follows_from_it_stands_on_no_other_page(make, cast, client_for, item_id):
    signed = make.report(make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben)
    make.sanction(signed, cast.mori, SanctionKind.WARNING, 90)
    make.sanction(item_id, cast.mori, SanctionKind.MUTE, 3)
    mori = client_for(cast.mori)
    pages = {item: plain(mori.get(f"/moderation/{item}/person")) for item in (signed, item_id)}
    assert "Reading, not writing" in pages[item_id]
    assert "Reading, not writing" not in pages[signed].partition("Your decision")[0]
    assert "warning" in pages[signed].partition("Your decision")[0].lower()
    assert "warning" not in pages[item_id].partition("Start low")[0].lower()


@pytest.mark.holds("moderation:22")
def test_the_group_keeps_nobody_away_who_wrote_without_their_name(make, cast, client_for, item_id):
    for person, offered in ((cast.mori, False), (cast.pat, True)):
        page = client_for(person).get(f"/moderation/{item_id}/person").text
        assert ('value="ban-90"' in page) == offered
    with pytest.raises(Refused):
        make.sanction(item_id, cast.mori, SanctionKind.BAN, 90)
