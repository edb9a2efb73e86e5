"""Get help now: for everybody, without script, on paper; text before voice."""

import re

import pytest

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.safety.crisis import ANYWHERE, COUNTRIES, Country
from tests.live.circle import Circle
from tests.pages import plain

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
def test_every_page_of_a_guest_leads_to_it(client_for, page: str) -> None:
    assert f'href="{PAGE}"' in client_for().get(page).text


@pytest.mark.thorough
@pytest.mark.holds("F:F113", "moderation:16")
def test_every_page_of_everybody_leads_to_it_also_of_whoever_is_suspended(
    app, client_for, make, clock
) -> None:
    """Those whose address names nothing; the others are walked in browser/test_looks.py."""
    circle = Circle(make, client_for, clock)
    ada, pat = make.staff("Ada", Staff.ADMIN), make.staff("Pat", Staff.PLATFORM_MODERATOR)
    reply_id = make.reply(make.thread(circle.group, circle.ben), circle.ana)
    item_id = make.report(reply_id, circle.ben, "stop_treatment")
    make.sanction(item_id, pat, SanctionKind.SUSPEND, 30)
    paths = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.arguments
    ]
    seen = 0
    for person in (circle.hana, circle.ben, pat, ada, circle.ana, make.arriving("noor@here")):
        browser = client_for(person)
        for path in paths:
            answer = browser.get(path)
            if answer.mimetype == "text/html" and not answer.location:
                assert f'href="{PAGE}"' in answer.text, (person.name, path)
                seen += 1
    assert seen > 200


@pytest.mark.holds("F:F113")
def test_a_circle_leads_to_it_without_leaving_the_circle(make, client_for, clock) -> None:
    circle = Circle(make, client_for, clock)
    circle.join("Ana")
    page = circle.browsers["Ana"].get(f"/circles/{circle.call_id}").text
    links = re.findall(rf'<a [^>]*href="{PAGE}"[^>]*>', page)
    assert links
    assert [link for link in links if 'target="_blank"' not in link] == []


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


# The facts that we have, as the sources of those years say (safety.md); the written ways first.
KNOWN = {
    "united-kingdom": "999 sms:85258 tel:116123 mailto:jo@samaritans.org 2021–2022",
    "ireland": "112 tel:116123 2019",
    "united-states": "911 sms:988 https://988lifeline.org tel:988 2022",
    "canada": "911 sms:988 tel:988 2023",
    "australia": "000 sms:+61477131114 tel:131114 2022",
    "new-zealand": "111 sms:1737 tel:1737 without a year",
    "germany": "112 https://www.telefonseelsorge.de tel:08001110111 tel:08001110222 tel:116123 "
    "without a year",
    "france": "112 tel:3114 without a year",
    "spain": "112 tel:024 2022–2025",
    "netherlands": "112 https://www.113.nl tel:113 2025",
    "india": "112 tel:14416 tel:18008914416 2025",
}


def test_no_line_is_there_but_those_that_a_source_names(client_for) -> None:
    """A country that isn’t listed has the international list and its emergency number: 116 123,
    which is kept free in all of Europe, answers in some of its countries only."""
    page = client_for().get(PAGE).text
    for country in COUNTRIES:
        here = page.split(f'id="{country.slug}"')[1].split("</details>")[0]
        links = [link for link in re.findall(r'<a [^>]*href="([^"]+)"', here) if link != ANYWHERE]
        year = re.search(r"Source: (.*)\.", here)
        assert year
        emergency, *lines = links
        told = " ".join([emergency.removeprefix("tel:"), *lines, year[1]])
        assert told == KNOWN[country.slug]
    assert {each.slug for each in COUNTRIES} == set(KNOWN)
    assert "116" not in page.split('id="another-country"')[1].split("</details>")[0]


def test_it_says_when_to_call_the_emergency_number_and_that_nobody_watches(client_for) -> None:
    page = plain(client_for().get(PAGE))
    assert "If you might act on it now, call your emergency number." in page
    assert "nobody watches this place round the clock" in page


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
