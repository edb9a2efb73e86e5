"""The guidelines, and the press that agrees to them."""

import re

import pytest

from community.core.db import db
from community.safety import queries
from community.safety.guidelines import BY_ID, CHANGES, NUMBERS, RULES, changes_since
from community.safety.models import Agreement
from community.safety.rules import GUIDELINES_VERSION
from community.threads.rules.posts import Wish
from tests.pages import plain, send

PAGE = "/guidelines"
AGREE = "I agree to these guidelines"
THESE = {"version": GUIDELINES_VERSION}
CHANGED = "These have changed since you agreed"


@pytest.fixture
def agreed_to_the_first(make, clock):
    """Noor, who agreed when the guidelines were in their first version."""
    noor = make.member("Noor", agreed=False)
    make.done(
        lambda: db.session.add(Agreement(account_id=noor.id, version=1, agreed_at=clock.now()))
    )
    clock.pass_by(hours=24)
    return make.actor(noor)


def test_everybody_may_read_them(client_for) -> None:
    page = client_for().get(PAGE)
    assert page.status_code == 200
    assert all(f'id="{rule.id}"' in page.text for rule in RULES)
    assert all(rule.asks in page.text for rule in RULES)
    assert AGREE not in page.text
    assert "When you agreed" not in page.text


def test_a_member_agrees_once(client_for, make) -> None:
    noor = make.member("Noor", agreed=False)
    assert not noor.has_agreed
    browser = client_for(noor)
    assert AGREE in browser.get(PAGE).text
    assert send(browser, PAGE, "/guidelines/agree", **THESE).headers["Location"] == "/home"
    assert make.actor(noor).has_agreed
    page = browser.get(PAGE).text
    assert AGREE not in page
    assert "You agreed to these today at 12:00" in page


def test_they_name_every_wish_that_a_thread_can_have() -> None:
    named = {
        Wish.JUST_LISTENING: "just listening",
        Wish.ME_TOO: "stories",
        Wish.IDEAS: "ideas",
        Wish.FACTS: "facts",
    }
    assert set(named) == set(Wish)
    words = " ".join(BY_ID["wishes"].paragraphs)
    assert [wish for wish in Wish if named[wish] not in words] == []


def test_they_speak_of_pictures_that_are_posted_as_of_links() -> None:
    words = " ".join(BY_ID["pictures"].paragraphs)
    assert "If you post a picture, or link to a photo or a video" in words
    assert "with the picture or before the link" in words


@pytest.mark.parametrize("rule", ["wishes", "pictures"])
def test_whoever_agreed_to_the_second_version_is_told_of_wishes_and_pictures(
    client_for, make, clock, rule
) -> None:
    noor = make.member("Noor", agreed=False)
    make.done(
        lambda: db.session.add(Agreement(account_id=noor.id, version=2, agreed_at=clock.now()))
    )
    page = client_for(make.actor(noor)).get(PAGE).text
    assert "You can post pictures now" in page
    assert "can ask for facts" in page
    [here] = [part for part in page.split("</details>") if f'id="{rule}"' in part]
    assert "New</span>" in here


def test_pressing_twice_is_agreeing_once(client_for, make, clock) -> None:
    noor, first = make.member("Noor", agreed=False), clock.now()
    browser = client_for(noor)
    for _ in range(2):
        assert send(browser, "/comfort", "/guidelines/agree", **THESE).status_code == 302
        clock.pass_by(hours=1)
    assert make.done(lambda: queries.agreed_at(noor.id)) == first


def test_who_is_arriving_comes_in_first(client_for, make) -> None:
    arriving = client_for(make.arriving("noor@example.org"))
    assert (
        send(arriving, "/about-you", "/guidelines/agree", **THESE).headers["Location"]
        == "/about-you"
    )


def test_a_guest_can_not_agree(client_for) -> None:
    assert send(client_for(), "/sign-in", "/guidelines/agree", **THESE).status_code == 403


def test_who_agreed_before_a_change_is_told_in_words_what_is_different(
    client_for, agreed_to_the_first
) -> None:
    assert not agreed_to_the_first.has_agreed
    browser = client_for(agreed_to_the_first)
    page = browser.get(PAGE).text
    assert f"{CHANGED} yesterday" in page
    assert all(change in page for changes in CHANGES.values() for change in changes)
    new = [rule for rule in RULES if rule.since > 1]
    assert page.count("New</span>") == len(new)
    send(browser, PAGE, "/guidelines/agree", **THESE)
    page = browser.get(PAGE).text
    assert CHANGED not in page
    assert "New</span>" not in page


def test_the_page_keeps_when_somebody_agreed_to_which_version(
    client_for, agreed_to_the_first
) -> None:
    browser = client_for(agreed_to_the_first)
    send(browser, PAGE, "/guidelines/agree", **THESE)
    history = browser.get(PAGE).text.split("When you agreed")[1]
    assert history.index(f"Version {GUIDELINES_VERSION}") < history.index("Version 1")


@pytest.mark.parametrize("version", [GUIDELINES_VERSION - 1, GUIDELINES_VERSION + 1, "", "x"])
def test_nobody_agrees_to_what_was_not_on_their_page(client_for, make, version) -> None:
    noor = make.member("Noor", agreed=False)
    answer = send(client_for(noor), PAGE, "/guidelines/agree", version=version)
    assert answer.status_code == 409
    assert not make.actor(noor).has_agreed


def test_who_never_agreed_is_not_told_of_changes(client_for, make) -> None:
    assert CHANGED not in client_for(make.member("Noor", agreed=False)).get(PAGE).text


def test_every_version_but_the_first_says_what_it_changed() -> None:
    assert list(CHANGES) == list(range(2, GUIDELINES_VERSION + 1))
    assert changes_since(GUIDELINES_VERSION) == []
    assert max(rule.since for rule in RULES) == GUIDELINES_VERSION


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_has_an_address_that_decisions_point_to(client_for, rule) -> None:
    page = client_for().get(f"{PAGE}/{rule.id}").text
    assert f"<h1>{NUMBERS[rule.id]}. {rule.title}</h1>" in page
    assert all(paragraph in page for paragraph in rule.paragraphs)


def test_one_that_is_none_is_not_found(client_for) -> None:
    assert client_for().get(f"{PAGE}/obey").status_code == 404


def test_they_are_read_one_after_the_other(client_for) -> None:
    page, read = client_for().get(f"{PAGE}/{RULES[0].id}").text, [RULES[0]]
    while "The next one" in page:
        address = page.split("The next one")[0].rsplit('href="', 1)[1].split('"')[0]
        read.append(BY_ID[address.rsplit("/", 1)[1]])
        page = client_for().get(address).text
    assert tuple(read) == RULES


@pytest.mark.holds("F:F88")
def test_nobody_is_asked_to_show_how_they_move() -> None:
    assert "Nobody here ever has to show how they move." in BY_ID["pictures"].paragraphs[0]
    assert any("to show how they move" in each for each in BY_ID["facilitators"].paragraphs)


# What each of the twenty topics has to say (safety.md), by words of ours that say it.
SAYS = {
    "place": "peers / medical advice / emergency service / round the clock / Get help now",
    "experience": "own experience / what I tried / Advice is for people who asked",
    "medicine": "start, stop, skip or change / an injection / an operation / ask your team / sale",
    "circle-stays": "stays there / Nothing is recorded / life is in danger / a child",
    "despair": "welcome to say so / methods, means, amounts / plans / pictures / farewell notes / "
    "pacts / compare / content note / Get help now",
    "worried": "Tell a moderator / Get help now / address or full name / police / alone",
    "wishes": "what they hope for / You tick it / shown, wait behind a press or stay out of sight",
    "kindness": "Believe / come and go / No kind is more real / Functional dystonia is real / "
    "who has it worse / mocking",
    "pictures": "your own / Nobody else is to be seen / yes to this very use / flashes / warn",
    "close-to": "tell it themselves / said yes / the right one / mind reading it / About a child",
    "clinics": "what helped, and what hurt / leave the name out / complaints office",
    "selling": "advertise / raise money / a study or a survey / journalists",
    "professionals": "as a person / advice to one person / look for clients / We don’t check",
    "age": "18 or over / Parents and carers of a child / is younger, tell us",
    "privacy": "Choose any name / never see your e-mail / Moderators see / A few people who run",
    "reporting": "two presses / “a member” / within 2 hours / 24 hours / 72 hours / 14 days / "
    "targets, not promises / You’ll hear once",
    "decisions": "never a program / which guideline / until when / six months / somebody else will",
    "facilitators": "every turn equal / never press anyone / diagnose or advise / Get help now / "
    "hand it over, or cancel / a second person / no notes about people / report a facilitator",
    "moderators": "their own words / what they reported / a circle they were in / ask another "
    "moderator / diagnose / nobody rescues anyone alone / take breaks / talk it over",
    "afterwards": "has died / how, where and why / a way out / After a crisis / Get help now / "
    "look after yourself",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_says_all_that_its_topic_asks_for(rule) -> None:
    words = " ".join((rule.title, rule.asks, *rule.paragraphs))
    assert [each for each in SAYS[rule.id].split(" / ") if each not in words] == []


def test_nothing_that_members_read_says_how_many_of_us_are_in_danger(client_for) -> None:
    """A figure of a survey helps nobody who reads it on a dark day."""
    pages = [plain(client_for().get(path)) for path in (PAGE, "/help-now", "/", "/facts")]
    assert "Many people with dystonia go through dark times." in pages[0]
    assert [re.findall(r"\d+ ?(?:%|per ?cent|in \d+|out of)", page) for page in pages] == [[]] * 4


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/despair"])
def test_reading_takes_no_statement_of_a_guest(client_for, cost, path) -> None:
    client_for().get(path)
    assert int(cost) == 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_guideline_is_easy_to_read(rule) -> None:
    """look-and-words 5.1: short sentences, and never "should"."""
    for paragraph in (rule.asks, *rule.paragraphs):
        assert "should" not in paragraph
        assert "'" not in paragraph
        for sentence in paragraph.replace("?", ".").replace(":", ".").split("."):
            assert len(sentence.split()) <= 26, sentence
