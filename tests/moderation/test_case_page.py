"""Deciding about one item."""

import pytest

from community.core.actor import Staff
from community.moderation.models import Decision
from community.moderation.rules.case import Outcome
from tests.moderation.test_actions import count
from tests.pages import send

DECISION = {
    "outcome": "remove",
    "rule": "medicine",
    "why": "It tells somebody to stop a medicine. Only a prescriber can say that safely.",
    "version": "1",
}


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim", "This frightens me.")


def test_it_shows_the_words_in_context_and_why_they_are_here(cast, client_for, item_id):
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    for words in (
        "Promises a remedy",
        "Just stop the tablets now.",
        "Today I looked at the rain for forty minutes.",
        "This frightens me.",
        "Names aren’t shown to you.",
        "You can decide.",
        "3. Medicine, injections and surgery",
        'name="version" value="1"',
    ):
        assert words in page


def test_a_decision_takes_the_words_away_and_is_shown(cast, make, client_for, item_id):
    browser, page = client_for(cast.mori), f"/moderation/{item_id}"
    answer = send(browser, page, **DECISION)
    assert answer.status_code == 302
    after = browser.get(answer.location).text
    assert "It has been decided" in after
    assert DECISION["why"] in after
    assert "Send this decision" not in after


@pytest.mark.holds("moderation:3", "moderation:6", "promise:8")
@pytest.mark.parametrize("missing", ["outcome", "rule", "why", "version"])
def test_a_decision_that_lacks_something_is_not_taken(cast, make, client_for, item_id, missing):
    typed = {name: value for name, value in DECISION.items() if name != missing}
    answer = send(client_for(cast.mori), f"/moderation/{item_id}", note="Seen before.", **typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Seen before." in answer.text
    assert count(make, Decision) == 0


@pytest.mark.holds("moderation:3")
def test_the_second_moderator_sees_what_the_first_decided(cast, make, client_for, item_id):
    browser, page = client_for(cast.marta), f"/moderation/{item_id}"
    make.decision(item_id, cast.mori, Outcome.HIDE, why="Please look at this again.")
    answer = send(browser, page, **DECISION)
    assert answer.status_code == 409
    assert "Mori decided this before you: Hidden for now." in answer.text
    assert "Please look at this again." in answer.text
    assert DECISION["why"] in answer.text  # what was typed is still there
    assert count(make, Decision) == 1
    again = send(browser, page, **{**DECISION, "version": "2"})
    assert again.status_code == 302


def test_graver_reports_since_the_page_was_opened_are_shown_first(
    cast, make, client_for, reply_id, item_id
):
    make.report(reply_id, cast.hana, "stop_treatment")
    answer = send(client_for(cast.mori), f"/moderation/{item_id}", **DECISION)
    assert answer.status_code == 409
    assert "The reports have changed since you opened this page." in answer.text


@pytest.mark.holds("promise:10", "moderation:1", "moderation:11")
def test_for_everybody_else_the_item_does_not_exist(cast, client_for, item_id):
    page = f"/moderation/{item_id}"
    for person in (cast.ana, cast.ben, cast.hana, cast.stranger, cast.pat):
        browser = client_for(person)
        assert browser.get(page).status_code == 404
        assert send(browser, "/threads/new", page, **DECISION).status_code == 404
    assert "/sign-in" in client_for().get(page).location


@pytest.mark.holds("asvs:6")
def test_the_platform_reads_a_group_only_while_there_is_something_to_decide(
    cast, make, client_for, reply_id
):
    item_id = make.report(reply_id, cast.ben, "threat_other")
    browser, page = client_for(cast.pat), f"/moderation/{item_id}"
    assert "Just stop the tablets now." in browser.get(page).text
    assert send(browser, page, **DECISION).status_code == 302
    after = browser.get(page).text
    assert "It has been decided" in after
    assert "Just stop the tablets now." not in after


def test_many_reports_cost_no_more_statements_than_one(
    cast, make, client_for, cost, item_id, reply_id
):
    browser = client_for(cast.mori)

    def statements() -> int:
        cost.statements.clear()
        browser.get(f"/moderation/{item_id}")
        return len(cost.statements)

    statements()
    one = statements()
    for person in (cast.hana, cast.marta):
        make.report(reply_id, person)
    assert statements() == one <= 32


@pytest.mark.holds("moderation:24")
def test_nothing_is_decided_by_get_or_without_the_token(cast, make, app, client_for, item_id):
    browser, page = client_for(cast.mori), f"/moderation/{item_id}"
    assert browser.get(page, query_string=DECISION).status_code == 200
    assert browser.post(page, data=DECISION).status_code == 400
    assert count(make, Decision) == 0
    reading = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("moderation.")]
    writing = {rule.endpoint for rule in reading if "POST" in (rule.methods or ())}
    assert writing == {
        "moderation.report_about",
        "moderation.report_share_about",
        "moderation.take_back",
        "moderation.take_share_back",
        "moderation.decide",
    }


@pytest.mark.holds("promise:10")
def test_the_author_reads_what_was_decided_and_nobody_else_does(
    cast, make, client_for, reply_id, item_id
):
    make.decision(item_id, cast.mori, Outcome.HIDE, rule_id="medicine", why="Only a prescriber.")
    page = f"/posts/{reply_id}/statement"
    statement = client_for(cast.ana).get(page).text
    for words in (
        "Hidden for now",
        "It stays hidden until we decide.",
        "3. Medicine, injections and surgery",
        "Only a prescriber.",
        "No program decided.",
        "you can ask for it until Sunday 23 May 2027",
        "Just stop the tablets now.",
    ):
        assert words in statement
    for person in (cast.ben, cast.mori, cast.stranger):
        assert client_for(person).get(page).status_code == 404
    assert "/sign-in" in client_for().get(page).location


def test_what_may_be_hard_to_read_is_opened_by_a_press(cast, make, client_for, reply_id):
    item_id = make.report(reply_id, cast.ben, "graphic")
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    fold = page[page.index("They may be hard to read") :]
    assert "Just stop the tablets now." in fold[: fold.index("</details>")]
    other = make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben, "spam"
    )
    assert "They may be hard to read" not in client_for(cast.mori).get(f"/moderation/{other}").text


@pytest.mark.parametrize(
    ("reasons", "folds"),
    [(["stop_treatment"], False), (["stop_treatment", "graphic"], True), (["illegal"], True)],
)
def test_words_open_by_a_press_if_anybody_said_that_they_are_hard_to_read(
    cast, make, client_for, clock, reply_id, reasons, folds
):
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    for who, reason in zip((cast.ben, cast.hana), reasons, strict=False):
        item_id = make.report(reply_id, who, reason)
    page = client_for(lea).get(f"/moderation/{item_id}").text
    assert ("Show the words. They may be hard to read" in page) is folds
    taken = f"/posts/{reply_id}/reported"
    if len(reasons) > 1:
        send(client_for(cast.hana), taken)
        page = client_for(lea).get(f"/moderation/{item_id}").text
        assert "Show the words. They may be hard to read" not in page


def test_what_is_held_opens_by_a_press_too(cast, make, client_for, reply_id):
    make.report(reply_id, cast.hana, "harassment")
    item_id = make.report(reply_id, cast.ben, "privacy_id")
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    fold = page.split("Show the words. They may be hard to read")[1]
    assert "Just stop the tablets now." in fold.split("</details>")[0]
