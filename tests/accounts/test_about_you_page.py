"""A name of one's choice, one's age, one's time zone."""

import pytest

from tests.pages import ALERT, send

PAGE = "/about-you"
GOOD = {"name": "Noor", "is_adult": "y", "zone": "Asia/Kolkata"}


@pytest.fixture
def noor(client_for, make):
    return client_for(make.arriving("noor@example.org"))


def test_somebody_who_arrives_says_three_things(noor) -> None:
    assert send(noor, PAGE, **GOOD).headers["Location"] == "/consent"
    assert 'value="Noor"' in noor.get(PAGE).text


@pytest.mark.holds("F:F120")
@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("name", "Enter a name that others can call you by"),
        ("is_adult", "This place is for people of 18 and over"),
        ("zone", "Choose the time zone you live in"),
    ],
)
def test_all_three_are_needed_and_what_was_typed_stays(noor, missing: str, words: str) -> None:
    answer = send(noor, PAGE, **{name: typed for name, typed in GOOD.items() if name != missing})
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert words in answer.text
    if missing != "name":
        assert 'value="Noor"' in answer.text


def test_a_zone_that_does_not_exist_is_not_taken(noor) -> None:
    assert send(noor, PAGE, **{**GOOD, "zone": "Moon/Crater"}).status_code == 422


@pytest.mark.holds("asvs:1")
def test_until_then_every_other_page_leads_here(noor) -> None:
    for page in ("/home", "/groups", "/comfort"):
        assert noor.get(page).headers["Location"] == PAGE


def test_a_member_is_led_to_comfort(client_for, make) -> None:
    assert client_for(make.member("Ana")).get(PAGE).headers["Location"] == "/comfort"


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert client_for().get(PAGE).headers["Location"].startswith("/sign-in")
