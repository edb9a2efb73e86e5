"""A card for hard days: empty for everybody, because what is on it never comes here."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from community.safety.crisis import COUNTRIES
from tests.make import Make
from tests.pages import plain

PAGE = "/help-now/card"
ClientFor = Callable[..., FlaskClient]


def the_card(browser: FlaskClient) -> str:
    """Its own part of the page."""
    return browser.get(PAGE).text.partition('<main id="main"')[2].partition("</main>")[0]


@pytest.mark.holds("promise:10")
def test_it_has_no_way_to_send_what_is_written(client_for: ClientFor, make: Make) -> None:
    card = the_card(client_for(make.member("Ana")))
    assert card.count("<textarea") == 4
    for way in ("<form", '<input type="hidden"', " name=", "formaction"):
        assert way not in card


def test_it_is_the_same_for_everybody_and_asks_the_store_for_nothing(
    client_for: ClientFor, make: Make, cost
) -> None:
    ana = client_for(make.member("Ana"))
    assert the_card(ana) == the_card(client_for())
    cost.statements.clear()
    client_for().get(PAGE)
    assert int(cost) == 0


def test_without_script_it_is_a_card_to_print(client_for: ClientFor) -> None:
    card = the_card(client_for())
    assert card.count('class="by-hand"') == 4
    assert card.count("data-scripted hidden") == 4 + 3
    assert "print this page, and write on it by hand" in card


def test_it_knows_the_lines_of_every_country(client_for: ClientFor) -> None:
    page = client_for().get(PAGE).text
    for country in COUNTRIES:
        assert f"{country.name}, emergency number: {country.emergency}\n" in page
    assert page.count("<option") == len(COUNTRIES)


def test_it_says_where_it_is_kept(client_for: ClientFor) -> None:
    page = plain(client_for().get(PAGE))
    assert "In this browser, on this device, and nowhere else." in page
    assert "Whoever uses this browser can." in page
    assert "Otherwise it’s erased here when you sign out." in page


def test_help_a_bad_day_a_lobby_and_a_circle_lead_there(client_for: ClientFor, make: Make) -> None:
    assert f'href="{PAGE}"' in client_for().get("/help-now").text
    hana, ana = make.member("Hana"), make.member("Ana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    call_id = make.call(group_id, make.actor(hana), seated=[make.actor(ana)])
    for path in (f"/calls/{call_id}/lobby", "/circles/rehearsal"):
        assert f'href="{PAGE}" target="_blank"' in client_for(ana).get(path).text
