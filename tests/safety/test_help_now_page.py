"""Get help now: for everybody, without script, on paper; text before voice."""

import re

import pytest

from community.safety.crisis import ANYWHERE, COUNTRIES, Country

PAGE = "/help-now"


@pytest.mark.holds("F:F113")
def test_a_guest_finds_it(client_for) -> None:
    page = client_for().get(PAGE)
    assert page.status_code == 200
    assert all(f'id="{country.slug}"' in page.text for country in COUNTRIES)


def test_it_asks_the_database_only_who_checked_it(client_for, cost) -> None:
    client_for().get(PAGE)
    assert int(cost) == 1


def test_it_is_there_for_who_is_arriving_and_for_members(client_for, make) -> None:
    for person in (make.arriving("noor@example.org"), make.member("Ana")):
        assert client_for(person).get(PAGE).status_code == 200


@pytest.mark.holds("F:F113")
@pytest.mark.parametrize("page", ["/", "/sign-in", "/guidelines", "/nowhere", "/privacy"])
def test_every_page_leads_to_it(client_for, page: str) -> None:
    assert f'href="{PAGE}"' in client_for().get(page).text


@pytest.mark.parametrize(
    ("slug", "fact"),
    [
        ("germany", "Call 0800 111 0 222"),
        ("germany", 'href="tel:08001110222"'),
        ("australia", "There’s a chat as well, any time of day or night."),
        ("new-zealand", "Free, any time of day or night. No speaking needed."),
        ("new-zealand", "There’s a peer line from 2 pm to 10 pm."),
        ("united-states", "We don’t know yet how to reach it in American Sign Language (ASL)."),
    ],
)
def test_what_our_sources_say_of_a_line_stands_beside_it(client_for, slug: str, fact: str) -> None:
    here = client_for().get(PAGE).text.split(f'id="{slug}"')[1].split("</details>")[0]
    assert fact in here


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.slug)
def test_text_and_chat_come_before_a_voice(country: Country) -> None:
    needs_speaking = [line.link.startswith("tel:") for line in country.lines]
    written = [line for line in country.lines if line.link.startswith(("sms:", "https:"))]
    assert needs_speaking[: len(written)] == [False] * len(written)


def test_it_says_that_nobody_has_checked_it_yet(client_for) -> None:
    assert client_for().get(PAGE).text.count("A person hasn’t checked these yet") == len(COUNTRIES)


@pytest.mark.holds("asvs:29")
def test_it_asks_nothing_so_that_no_address_says_what_somebody_sought(client_for) -> None:
    main = client_for().get(PAGE).text.split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    assert not re.search(r'href="/[^"]*\?', main)


def test_whoever_lives_elsewhere_finds_a_list_and_how_to_call(client_for) -> None:
    elsewhere = client_for().get(PAGE).text.split('id="another-country"')[1]
    assert "112" in elsewhere
    assert f'href="{ANYWHERE}"' in elsewhere


def test_where_no_line_answers_in_writing_the_list_for_any_country_is_there(client_for) -> None:
    page = client_for().get(PAGE).text
    spoken = [country for country in COUNTRIES if not country.can_be_written_to]
    assert {country.slug for country in spoken} == {"ireland", "france", "spain", "india"}
    assert page.count("answers in writing") == len(spoken)
