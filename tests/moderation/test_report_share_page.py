"""Reporting what somebody typed in a circle: silently, once it is said that a copy is made."""

from uuid import UUID, uuid4

import pytest

from community.moderation.models import Report, ReportedWords, ReviewItem
from community.moderation.rules import reporting
from community.moderation.rules.reasons import REASON_GROUPS
from tests.conftest import Cost
from tests.live.circle import JSON
from tests.moderation.test_actions import Written, count
from tests.moderation.typed import WORDS, TypedCircle
from tests.pages import plain, send

COPY = "Moderators get a copy of these words."


@pytest.fixture
def share_id(circle: TypedCircle) -> UUID:
    circle.gathered()
    return circle.typed()


def page_of(circle: TypedCircle, share_id: UUID) -> str:
    return f"/circles/{circle.call_id}/report/{share_id}"


@pytest.mark.holds("circle:13")
def test_a_share_is_reported_in_two_presses_after_it_is_said_what_is_kept(
    circle: TypedCircle, share_id: UUID
) -> None:
    browser, page = circle.browsers["Ben"], page_of(circle, share_id)
    door = f"/circles/{circle.call_id}/report"
    assert f'href="{door}"' in browser.get(f"/circles/{circle.call_id}").text
    choice = browser.get(door).text
    assert WORDS in choice
    assert page in choice
    first = browser.get(page).text
    assert all(f"{page}/{group.slug}" in first for group in REASON_GROUPS)
    second = browser.get(f"{page}/medical").text
    for text in (first, second):
        assert COPY in text
        assert WORDS in text
    assert count(circle.make, ReviewItem) == 0
    answer = send(browser, f"{page}/medical", reason="stop_treatment")
    assert answer.status_code == 302
    thanks = browser.get(answer.location).text
    assert "Thank you for telling us" in thanks
    assert "The circle goes on beside this page." in thanks
    assert [count(circle.make, each) for each in (ReviewItem, Report, ReportedWords)] == [1, 1, 1]


@pytest.mark.holds("moderation:7", "circle:9")
def test_nobody_in_the_circle_notices(
    circle: TypedCircle, share_id: UUID, letters: Written
) -> None:
    before = {name: circle.board(name) for name in ("Hana", "Ana", "Ben")}
    written = letters()
    circle.report(share_id, circle.ben)
    assert {name: circle.board(name) for name in before} == before
    assert letters() == written


def test_what_was_sent_prepared_or_read_aloud_can_be_reported_too(circle: TypedCircle) -> None:
    kept = {"words": "I wrote this on Sunday.", "how": "aloud"}
    circle.post("Ana", f"/calls/{circle.call_id}/share", kept)
    circle.gathered()
    press = circle.board("Ana")["written"]["send"]
    circle.press("Ana", press["event"], **press["fields"], wish="reflection")
    door = f"/circles/{circle.call_id}/report"
    assert "I wrote this on Sunday." in circle.browsers["Ben"].get(door).text
    share_id = UUID(circle.board("Ben")["words"][-1]["id"])
    assert circle.report(share_id, circle.ben)


@pytest.mark.holds("circle:9")
def test_a_line_to_one_person_is_theirs_to_report_and_nobody_elses(circle: TypedCircle) -> None:
    circle.gathered()
    circle.typed(wish="reflection")
    circle.press("Ana", "finish", seen=circle.board("Ana")["version"])
    line = {"person": str(circle.ana.id), "words": "You should try harder."}
    assert circle.press("Ben", "reply", **line).status_code == 200
    door = f"/circles/{circle.call_id}/report"
    mine = circle.browsers["Ana"].get(door).text
    assert "You should try harder." in mine
    assert "Ben, to you alone" in mine
    for name in ("Hana", "Ben"):
        assert "You should try harder." not in circle.browsers[name].get(door).text


def test_one_s_own_words_are_nothing_to_report(circle: TypedCircle, share_id: UUID) -> None:
    browser = circle.browsers["Ana"]
    assert WORDS not in browser.get(f"/circles/{circle.call_id}/report").text
    page = page_of(circle, share_id)
    for path in (page, f"{page}/private"):
        assert browser.get(path).status_code == 403
    assert send(browser, "/threads/new", f"{page}/private", reason="privacy_id").status_code == 403


def test_a_reason_from_elsewhere_is_not_taken_and_words_stay(
    circle: TypedCircle, share_id: UUID
) -> None:
    browser, page = circle.browsers["Ben"], f"{page_of(circle, share_id)}/private"
    for typed in ({}, {"reason": "spam"}, {"reason": "nonsense"}):
        answer = send(browser, page, words="It names my street.", **typed)
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
        assert "It names my street." in answer.text
        assert COPY in answer.text
    assert browser.get(f"{page_of(circle, share_id)}/nonsense").status_code == 404
    assert count(circle.make, ReviewItem) == 0


@pytest.mark.holds("moderation:23", "circle:9")
def test_for_whoever_was_not_in_it_there_is_nothing(circle: TypedCircle, share_id: UUID) -> None:
    page = page_of(circle, share_id)
    everything = (page, f"{page}/private", page.replace("report", "reported"))
    for path in everything:
        assert circle.browsers["Mori"].get(path).status_code == 404  # in the group, not in it
    for path in (f"/circles/{circle.call_id}/report", *everything):
        assert circle.browsers["Stranger"].get(path).status_code == 404
        assert "/sign-in" in circle.client_for().get(path).location
    assert WORDS not in circle.browsers["Mori"].get(f"/circles/{circle.call_id}/report").text
    unknown = page_of(circle, uuid4())
    assert circle.browsers["Ben"].get(unknown).status_code == 404
    answer = send(circle.browsers["Mori"], "/threads/new", f"{page}/private", reason="privacy_id")
    assert answer.status_code == 404


def test_whoever_left_can_still_report_and_whoever_was_sent_out_reads_nothing_more(
    circle: TypedCircle, share_id: UUID
) -> None:
    circle.press("Ben", "leave")
    assert WORDS in circle.browsers["Ben"].get(page_of(circle, share_id)).text
    circle.join("Ben", "text")
    why = "This is not a place for that."
    assert circle.press("Hana", "remove", person=str(circle.ben.id), why=why).status_code == 200
    assert circle.browsers["Ben"].get(page_of(circle, share_id)).status_code == 404


@pytest.mark.holds("circle:13")
def test_when_the_circle_is_over_there_is_nothing_left_to_report(
    circle: TypedCircle, share_id: UUID
) -> None:
    browser, page = circle.browsers["Ben"], f"{page_of(circle, share_id)}/private"
    browser.get(page)
    circle.end()
    answer = send(browser, "/threads/new", page, reason="privacy_id")
    assert answer.status_code == 409
    assert "what was typed in it is erased" in answer.text
    assert browser.get(f"/circles/{circle.call_id}/report").status_code == 409
    assert circle.browsers["Stranger"].get(page).status_code == 404
    assert count(circle.make, ReviewItem) == 0


@pytest.mark.holds("moderation:19")
def test_many_reports_make_one_item_with_one_copy(circle: TypedCircle, share_id: UUID) -> None:
    item = circle.report(share_id, circle.ben, "spam")
    assert circle.report(share_id, circle.hana, "stop_treatment") == item
    assert circle.report(share_id, circle.ben, "harassment") == item  # once for each person
    assert [count(circle.make, each) for each in (ReviewItem, Report, ReportedWords)] == [1, 2, 1]


def test_more_that_was_typed_costs_no_more_statements(
    circle: TypedCircle, share_id: UUID, cost: Cost
) -> None:
    def statements() -> int:
        cost.statements.clear()
        assert circle.browsers["Ben"].get(f"/circles/{circle.call_id}/report").status_code == 200
        return len(cost.statements)

    statements()
    one = statements()
    for words in ("More.", "And more."):
        circle.clock.pass_by(seconds=1)
        circle.press("Ana", "say", words=words)
    assert statements() == one <= 8


def test_among_many_they_are_found_by_name_and_by_letter_without_script(
    circle: TypedCircle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "NAMED_MOST", 0)
    circle.gathered()
    circle.typed()
    browser, door = circle.browsers["Ana"], f"/circles/{circle.call_id}/report"
    bens = f"/calls/{circle.call_id}/people/{circle.ben.id}/report"
    seen = browser.get(door)
    assert f"/people/{circle.hana.id}/report" in seen.text, "she holds it"
    assert bens not in seen.text
    assert 'name="name"' in seen.text
    letter = f'href="{door}?name=B#others-title"'
    assert letter in seen.text
    for typed in ("B", "be", "BEN"):
        assert bens in browser.get(door, query_string={"name": typed}).text
    nobody = browser.get(door, query_string={"name": "X"})
    assert bens not in nobody.text
    assert "Nobody else here has a name like that." in plain(nobody)
    assert f"/people/{circle.ana.id}/report" in circle.browsers["Ben"].get(door).text, "she typed"


def test_it_is_said_only_where_somebody_could_be_reported(circle: TypedCircle) -> None:
    circle.gathered()
    for name in ("Hana", "Ana"):
        assert (
            "Report what somebody typed, said or did"
            in circle.browsers[name].get(f"/circles/{circle.call_id}").text
        )
    rehearsal = circle.browsers["Ana"].get("/circles/rehearsal", headers=JSON).text
    assert "Report what somebody typed, said or did" not in rehearsal
