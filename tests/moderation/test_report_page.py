"""Reporting a post in two presses."""

import pytest

from community.moderation.models import Report
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import REASON_GROUPS
from tests.moderation.test_actions import count
from tests.pages import plain, send


def test_a_post_is_reported_in_two_presses(cast, make, client_for, reply_id):
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/report"
    first = browser.get(page).text
    assert all(f"{page}/{group.slug}" in first for group in REASON_GROUPS)
    answer = send(browser, f"{page}/medical", reason="stop_treatment")
    assert answer.status_code == 302
    thanks = " ".join(browser.get(answer.location).text.split())
    assert "Thank you for telling us" in thanks
    assert "What happens now" in thanks
    assert "Friday 20 November, 2:00 pm" in thanks  # two hours for danger
    assert count(make, Report) == 1


@pytest.mark.parametrize(
    ("group", "reason"),
    [(group.slug, reason) for group in REASON_GROUPS for reason in group.reasons],
    ids=lambda one: getattr(one, "id", one),
)
def test_no_reason_needs_a_word_but_the_law_and_where_it_cant_wait_help_is_at_hand(
    cast, make, client_for, reply_id, group, reason
) -> None:
    browser = client_for(cast.ben)
    answer = send(browser, f"/posts/{reply_id}/report/{group}", reason=reason.id)
    if reason.asks_for_law:  # a third page asks which one, and why
        assert count(make, Report) == 0
        return
    assert count(make, Report) == 1
    thanks = plain(browser.get(answer.location))
    assert ("If somebody is in danger now, don’t wait for us." in thanks) is (
        reason.severity.cant_wait
    )
    assert "That’s a target, not a promise." in thanks
    assert "isn’t watched round the clock" in thanks


@pytest.mark.parametrize("group", REASON_GROUPS, ids=lambda group: group.slug)
def test_each_second_page_offers_its_reasons_as_buttons(cast, client_for, reply_id, group):
    page = client_for(cast.ben).get(f"/posts/{reply_id}/report/{group.slug}").text
    for reason in group.reasons:
        assert f'name="reason" value="{reason.id}"' in page
    assert ("See who can help now" in page) is (group.slug == "worried")


def test_a_reason_from_elsewhere_is_not_taken_and_words_stay(cast, client_for, reply_id):
    page = f"/posts/{reply_id}/report/private"
    for typed in ({}, {"reason": "spam"}, {"reason": "nonsense"}):
        answer = send(client_for(cast.ben), page, words="It names my street.", **typed)
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
        assert "It names my street." in answer.text
    assert client_for(cast.ben).get(f"/posts/{reply_id}/report/nonsense").status_code == 404


def test_one_s_own_words_are_taken_back_rather_than_reported(cast, client_for, reply_id):
    answer = client_for(cast.ana).get(f"/posts/{reply_id}/report")
    assert answer.status_code == 403
    assert "You can take them back instead." in answer.text


@pytest.mark.holds("moderation:23")
def test_strangers_and_guests_find_nothing_to_report(cast, client_for, reply_id):
    for path in ("report", "report/private", "reported"):
        assert client_for(cast.stranger).get(f"/posts/{reply_id}/{path}").status_code == 404
        assert "/sign-in" in client_for().get(f"/posts/{reply_id}/{path}").location


@pytest.mark.holds("moderation:7")
def test_no_page_shows_that_or_by_whom_something_was_reported(cast, make, client_for, reply_id):
    thread = f"/threads/{make.thread_of(reply_id)}"
    ana = client_for(cast.ana)
    before = plain(ana.get(thread))
    item_id = make.report(reply_id, cast.ben, words="I was upset.")
    assert plain(ana.get(thread)) == before
    assert ana.get(f"/posts/{reply_id}/statement").status_code == 404
    make.decision(item_id, cast.mori, Outcome.HIDE)
    statement = ana.get(f"/posts/{reply_id}/statement").text
    case = " ".join(client_for(cast.marta).get(f"/moderation/{item_id}").text.split())
    assert "I was upset." not in statement
    assert "Ben" not in statement
    assert "A member, Friday 20 November, 12:00 pm" in case
    assert "Ben, " not in case
