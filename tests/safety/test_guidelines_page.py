"""The guidelines, and the press that agrees to them."""

import pytest

from community.safety import queries
from community.safety.guidelines import RULES
from tests.pages import send

PAGE = "/guidelines"
AGREE = "I agree to these guidelines"


def test_everybody_may_read_them(client_for) -> None:
    page = client_for().get(PAGE)
    assert page.status_code == 200
    assert all(f'id="{rule.id}"' in page.text for rule in RULES)
    assert AGREE not in page.text


def test_a_member_agrees_once(client_for, make) -> None:
    noor = make.member("Noor", agreed=False)
    assert not noor.has_agreed
    browser = client_for(noor)
    assert AGREE in browser.get(PAGE).text
    assert send(browser, PAGE, "/guidelines/agree").headers["Location"] == "/home"
    assert make.actor(noor).has_agreed
    page = browser.get(PAGE).text
    assert AGREE not in page
    assert "You agreed to these today at 12:00" in page


def test_pressing_twice_is_agreeing_once(client_for, make, clock) -> None:
    noor, first = make.member("Noor", agreed=False), clock.now()
    browser = client_for(noor)
    for _ in range(2):
        assert send(browser, "/comfort", "/guidelines/agree").status_code == 302
        clock.pass_by(hours=1)
    assert make.done(lambda: queries.agreed_at(noor.id)) == first


def test_who_is_arriving_comes_in_first(client_for, make) -> None:
    arriving = client_for(make.arriving("noor@example.org"))
    assert send(arriving, "/about-you", "/guidelines/agree").headers["Location"] == "/about-you"


def test_a_guest_can_not_agree(client_for) -> None:
    assert send(client_for(), "/sign-in", "/guidelines/agree").status_code == 403


def test_reading_takes_no_statement_of_a_guest(client_for, cost) -> None:
    client_for().get(PAGE)
    assert int(cost) == 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_guideline_is_easy_to_read(rule) -> None:
    """look-and-words 5.1: short sentences, and never "should"."""
    for paragraph in (rule.asks, *rule.paragraphs):
        assert "should" not in paragraph
        for sentence in paragraph.replace("?", ".").replace(":", ".").split("."):
            assert len(sentence.split()) <= 26, sentence
