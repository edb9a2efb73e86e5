"""What moderators choose about a person, what owners answer, and what the person reads."""

import re
from uuid import UUID

import pytest

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.moderation.rules.case import Outcome
from community.moderation.sanctions.models import SanctionProposal
from tests.house.test_doors import OPEN_TO_GUESTS, _somewhere
from tests.moderation.test_sanctions import owner_of, rows
from tests.pages import plain, send, token

WARNING, CIRCLES, MUTE, BAN, LIMIT, SUSPEND = SanctionKind
CHOICE = {
    "step": "mute-7",
    "rule": "medicine",
    "why": "You told two people to stop their tablets, after we had written to you.",
    "version": "1",
}
TELLS_NOTHING = "Nothing happens before somebody else agrees."


@pytest.fixture
def item_id(cast, make, reply_id) -> UUID:
    return make.report(reply_id, cast.ben, "stop_treatment", "This frightens me.")


@pytest.fixture
def about(item_id) -> str:
    return f"/moderation/{item_id}/person"


def offered(browser, about) -> set[str]:
    return set(re.findall(r'value="(\w+-\d+)"', browser.get(about).text))


def test_the_item_leads_to_the_person(cast, client_for, item_id, about):
    words = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert about in words
    assert "Nothing is in force for them." in words


@pytest.mark.holds("moderation:1")
def test_each_is_offered_what_they_may_decide(cast, make, client_for, about):
    in_group = {"warning-90", "circles-1", "mute-1", "mute-3", "mute-7", "mute-14", "ban-90"}
    on_site = {"limit-7", "limit-30", "limit-90"}
    away = {"suspend-7", "suspend-30", "suspend-90", "suspend-365"}
    assert offered(client_for(cast.mori), about) == in_group
    fresh = client_for(cast.pat)
    assert offered(fresh, about) == in_group | on_site | away
    make.clock.pass_by(minutes=16)
    words = fresh.get(about).text
    assert "Suspending asks that you came in" in words
    assert offered(fresh, about) == in_group | on_site


def test_a_step_is_taken_shown_to_staff_and_told_to_the_person(cast, make, client_for, about):
    browser = client_for(cast.mori)
    answer = send(browser, about, **CHOICE)
    assert answer.location == about
    after = plain(browser.get(about))
    assert "It’s so from now on, and they have been written to." in after
    assert "Reading, not writing, in one group: Neck, evenings." in after
    mine = plain(client_for(cast.ana).get("/in-force"))
    for words in (
        "Until Friday 27 November",
        "You can read in this group, and not write.",
        CHOICE["why"],
        "3. Medicine, injections and surgery",
        "Pressure to stop or change a medicine",
        "No program decided.",
        "Somebody else will look again.",
    ):
        assert words in mine
    assert "Ben" not in mine
    assert "Mori" not in mine


@pytest.mark.holds("moderation:3", "moderation:6")
@pytest.mark.parametrize("missing", ["step", "rule", "why", "version"])
def test_a_step_that_lacks_something_is_not_taken(cast, make, client_for, about, missing):
    typed = {name: value for name, value in CHOICE.items() if name != missing}
    answer = send(client_for(cast.mori), about, note="Seen before.", **typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Seen before." in answer.text
    assert rows(make, Sanction) == []


@pytest.mark.holds("moderation:3")
def test_the_second_moderator_looks_again_first(cast, make, client_for, item_id, about):
    browser = client_for(cast.marta)
    browser.get(about)
    make.sanction(item_id, cast.mori, WARNING, 90)
    answer = send(browser, about, **CHOICE)
    assert answer.status_code == 409
    assert "Something changed since you opened this page" in answer.text
    assert CHOICE["why"] in answer.text
    assert len(rows(make, Sanction)) == 1


@pytest.mark.holds("moderation:11")
def test_for_everybody_else_the_page_does_not_exist(cast, make, client_for, about):
    for person in (cast.ana, cast.ben, cast.hana, cast.stranger):
        browser = client_for(person)
        assert browser.get(about).status_code == 404
        assert send(browser, "/groups/new", to=about, **CHOICE).status_code == 404
    assert rows(make, Sanction) == []
    assert client_for().get(about).location.startswith("/sign-in")


def test_what_is_not_offered_is_not_taken(cast, make, client_for, about):
    for step, status in (("suspend-7", 403), ("mute-15", 422), ("mute-x", 422)):
        answer = send(client_for(cast.mori), about, **{**CHOICE, "step": step})
        assert answer.status_code == status, step
    assert rows(make, Sanction) == []


@pytest.mark.holds("moderation:10")
def test_a_ban_goes_to_the_owner_who_reads_why_and_agrees(cast, make, client_for, about):
    mori = client_for(cast.mori)
    answer = send(mori, about, **{**CHOICE, "step": "ban-90"})
    assert TELLS_NOTHING in mori.get(answer.location).text
    (asked,) = rows(make, SanctionProposal)
    place = f"/moderation/proposed/{asked.id}"
    for person in (cast.ana, cast.ben, cast.hana, cast.mori, cast.marta, cast.stranger):
        assert client_for(person).get(place).status_code == 404
    owner = client_for(owner_of(make, cast.group_id))
    words = plain(owner.get(place))
    assert CHOICE["why"] in words
    assert "Just stop the tablets now." in words
    assert send(owner, place).status_code == 422
    assert send(owner, place, agree="yes", words="Yes.", version="2").location == place
    assert "Owner of Neck, evenings said yes." in plain(owner.get(place))
    assert client_for(cast.ana).get(f"/groups/{cast.group_id}").status_code == 404


@pytest.mark.holds("moderation:10")
def test_whoever_is_asked_to_agree_opens_noted_words_by_a_press(
    cast, make, client_for, about, reply_id
):
    mori = client_for(cast.mori)
    noted = {"kinds": ["surgery"], "seen": "", "rule": "medicine", "why": "Needles come up."}
    noted["version"] = "1"
    assert send(mori, f"/posts/{reply_id}/notes", **noted).status_code == 302
    send(mori, about, **{**CHOICE, "step": "ban-90"})
    (asked,) = rows(make, SanctionProposal)
    page = client_for(owner_of(make, cast.group_id)).get(f"/moderation/proposed/{asked.id}").text
    before, after = page.split("Show the words. They may be hard to read")
    assert "Content note:" in before
    assert "Just stop the tablets now." in after


def test_the_queue_shows_what_waits_for_my_answer(cast, make, client_for, item_id):
    make.sanction(item_id, cast.pat, SUSPEND, 365)
    (asked,) = rows(make, SanctionProposal)
    petra = make.staff("Petra", Staff.PLATFORM_MODERATOR)
    assert f"/moderation/proposed/{asked.id}" in client_for(petra).get("/moderation").text
    for person in (cast.pat, cast.mori):
        assert f"{asked.id}" not in client_for(person).get("/moderation").text
    assert "You proposed this" in client_for(cast.pat).get(f"/moderation/proposed/{asked.id}").text


@pytest.mark.holds("moderation:15", "asvs:5")
def test_a_group_that_somebody_is_kept_from_is_gone_for_them(cast, make, client_for, item_id):
    call_id = make.call(cast.group_id, cast.hana)
    thread_id = make.thread(cast.group_id, cast.ben)
    ana = client_for(cast.ana)
    places = [f"/groups/{cast.group_id}", f"/groups/{cast.group_id}/join"]
    places += [f"/calls/{call_id}", f"/threads/{thread_id}", f"/calls/{call_id}/lobby"]
    assert [ana.get(place).status_code for place in places] == [200, 302, 200, 200, 200]
    make.sanction(item_id, cast.pat, BAN, 90)
    assert {ana.get(place).status_code for place in places} == {404}
    assert "Neck, evenings" not in ana.get("/groups").text
    assert ana.get("/home").status_code == 200


@pytest.mark.holds("moderation:15")
def test_whoever_is_kept_from_a_group_is_not_among_its_members_meanwhile(
    cast, make, client_for, item_id
):
    members = client_for(cast.ben)
    place = f"/groups/{cast.group_id}/members"
    assert "Ana" in members.get(place).text
    make.sanction(item_id, cast.pat, BAN, 90)
    assert "Ana" not in members.get(place).text
    make.lifted(item_id, rows(make, Sanction)[0].id, cast.pat)
    assert "Ana" in members.get(place).text


def test_a_muted_member_is_offered_nothing_that_is_refused(
    cast, make, client_for, reply_id, item_id
):
    place = f"/threads/{make.thread_of(reply_id)}"
    ana = client_for(cast.ana)
    assert "Change my words" in ana.get(place).text
    make.sanction(item_id, cast.mori, MUTE, 7)
    shown = ana.get(place).text
    assert "Change my words" not in shown
    assert "Take it back" in shown
    assert send(ana, "/groups/new", to=f"/posts/{reply_id}/edit", words="x").status_code == 403


def test_a_muted_member_reads_and_is_told_why_not_to_write(
    cast, make, client_for, reply_id, item_id
):
    place = f"/threads/{make.thread_of(reply_id)}"
    ana = client_for(cast.ana)
    make.sanction(item_id, cast.mori, MUTE, 7)
    shown = ana.get(place)
    assert shown.status_code == 200
    assert "You can read and listen in this group" in shown.text
    assert 'href="/in-force"' in shown.text
    answer = send(ana, "/groups/new", to=f"{place}/replies", words="A long answer that I typed.")
    assert answer.status_code == 403
    assert "A long answer that I typed." in answer.text
    assert 'href="/in-force"' in answer.text


@pytest.mark.holds("moderation:15", "moderation:16", "asvs:5")
def test_whoever_is_suspended_gets_through_no_other_door(
    app, cast, make, client_for, item_id, monkeypatch
):
    ana = client_for(cast.ana)
    make.sanction(item_id, cast.pat, SUSPEND, 30)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    stays_open = {
        name for name, view in app.view_functions.items() if hasattr(view, "is_for_suspended")
    }
    assert stays_open == {
        "accounts.sign_out",
        "moderation.statement",
        "moderation.share_statement",
        "moderation.call_statement",
        "reports.how",
        "sanctions.mine",
        "sanctions.statement",
        "sent_out.statement",
        "taking_out.mine",
        "taking_out.take",
        "safety.consent",
        "taking_back.withdraw",
        "leaving.about",
        "leaving.sure",
    } | {name for name in stays_open if name.startswith("appeals.")}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_TO_GUESTS | stays_open:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = ana.open(_somewhere(rule.rule), method=method)
            if method == "GET":
                assert answer.location == "/in-force", rule.endpoint
            else:
                assert answer.status_code == 403, rule.endpoint


@pytest.mark.holds("moderation:16")
def test_whoever_is_suspended_reads_why_and_gets_help(cast, make, client_for, item_id):
    make.sanction(item_id, cast.pat, SUSPEND, 30, why="It went on for a month.")
    ana = client_for(cast.ana)
    shown = plain(ana.get("/in-force"))
    assert "It went on for a month." in shown
    assert "What stays open to you" in shown
    assert "Get help now" in shown
    assert ana.get("/help-now").status_code == 200
    (sanction,) = rows(make, Sanction)
    assert ana.get(f"/in-force/{sanction.decision_id}").status_code == 200
    assert client_for(cast.ben).get(f"/in-force/{sanction.decision_id}").status_code == 404
    assert send(ana, "/in-force", to="/sign-out").status_code == 302


def test_whoever_is_suspended_takes_their_consent_back_and_is_suspended_when_they_come_back(
    cast, make, client_for, item_id
):
    make.sanction(item_id, cast.pat, SUSPEND, 30)
    ana = client_for(cast.ana)
    assert 'href="/consent"' in ana.get("/in-force").text
    assert "nor ask for another look" in plain(ana.get("/consent"))
    assert send(ana, "/consent", "/consent/withdraw").location == "/consent"
    assert "You took it back" in plain(ana.get("/consent"))
    assert send(ana, "/consent", "/consent").status_code == 302
    assert ana.get("/home").location == "/in-force"


def test_what_is_in_force_can_be_ended_with_a_word_about_why(
    cast, make, client_for, item_id, about
):
    make.sanction(item_id, cast.mori, MUTE, 14)
    (sanction,) = rows(make, Sanction)
    place = f"{about}/{sanction.id}/end"
    browser = client_for(cast.marta)
    assert place in browser.get(about).text
    assert send(browser, place, version="2").status_code == 422
    why = "Ana wrote to us, and we agree."
    assert send(browser, place, why=why).status_code == 422  # without what they saw
    assert send(browser, place, version="2", why=why).location == about
    assert "Nothing is in force for them." in browser.get(about).text
    ana = client_for(cast.ana)
    assert "Nothing. You can read, write" in ana.get("/in-force").text
    assert "Ended Friday" in plain(ana.get(f"/in-force/{sanction.decision_id}"))
    assert client_for(cast.hana).get(place).status_code == 404


def test_the_pages_ask_as_much_of_the_store_for_one_as_for_many(
    cast, make, client_for, item_id, about, cost
):
    browser, ana = client_for(cast.mori), client_for(cast.ana)

    def asked() -> tuple[int, int]:
        counts = []
        for who, place in ((browser, about), (ana, "/in-force")):
            cost.statements.clear()
            assert who.get(place).status_code == 200
            counts.append(int(cost))
        return counts[0], counts[1]

    make.sanction(item_id, cast.mori, MUTE, 1)
    once = asked()
    for version in range(2, 8):
        make.sanction(item_id, cast.mori, MUTE, 1, version=version)
    assert asked() == once


@pytest.mark.holds("moderation:14")
def test_a_ban_is_looked_at_again_and_goes_on_or_ends(cast, make, client_for, item_id, about):
    make.sanction(item_id, cast.pat, BAN, 90)
    make.decision(item_id, cast.pat, Outcome.REMOVE, version=2)
    place = f"{about}/{rows(make, Sanction)[0].id}/end"
    assert "To look at again" not in client_for(cast.pat).get("/moderation").text
    make.clock.pass_by(days=90)
    browser = client_for(cast.pat)
    assert place in browser.get("/moderation").text
    assert place not in client_for(cast.mori).get("/moderation").text
    too_soon = {"version": "3", "why": "It is too soon."}
    assert send(browser, place, **too_soon).status_code == 422
    assert send(browser, place, goes_on="yes", **too_soon).location == about
    assert "To look at again" not in browser.get("/moderation").text
    assert not make.actor(cast.ana).belongs_to(cast.group_id)
    make.clock.pass_by(days=90)
    browser = client_for(cast.pat)
    place = f"{about}/{rows(make, Sanction)[1].id}/end"
    assert place in browser.get("/moderation").text
    over = {"version": "4", "goes_on": "no", "why": "A good while has passed."}
    assert send(browser, place, **over).location == about
    assert make.actor(cast.ana).belongs_to(cast.group_id)


@pytest.mark.holds("moderation:3")
@pytest.mark.parametrize("first", ["yes", "no"])
def test_whoever_looks_at_a_ban_after_somebody_else_is_told_what_came_of_it(
    cast, make, client_for, item_id, about, first
):
    make.sanction(item_id, cast.pat, BAN, 90)
    place = f"{about}/{rows(make, Sanction)[0].id}/end"
    pat, owner = client_for(cast.pat), client_for(make.owner(cast.group_id))
    assert 'type="hidden" name="version" value="2"' in owner.get(place).text
    carried = token(owner, place)
    send(pat, place, version="2", goes_on=first, why="We looked at it.")
    for second in ("yes", "no"):
        typed = {"version": "2", "goes_on": second, "why": "And so did I.", "csrf_token": carried}
        answer = owner.post(place, data=typed)
        assert answer.status_code == 409
        assert "Somebody decided this before you, so nothing was sent." in plain(answer)
        assert "And so did I." in answer.text
    assert len(rows(make, Sanction)) == (2 if first == "yes" else 1)
    assert make.actor(cast.ana).belongs_to(cast.group_id) is (first == "no")


@pytest.mark.holds("moderation:3")
def test_whoever_ends_something_after_the_item_has_changed_looks_again_first(
    cast, make, client_for, item_id, about
):
    make.sanction(item_id, cast.mori, MUTE, 14)
    place = f"{about}/{rows(make, Sanction)[0].id}/end"
    browser = client_for(cast.marta)
    browser.get(place)
    make.decision(item_id, cast.mori, Outcome.REMOVE, version=2)
    answer = send(browser, place, version="2", why="Ana wrote to us.")
    assert answer.status_code == 409
    assert "Something changed since you opened this page" in plain(answer)
    assert "Ana wrote to us." in answer.text
    assert send(browser, place, version="3", why="Ana wrote to us.").location == about
