"""Everything that somebody has set, on one page to print."""

import pytest

from community.accounts.forms import COMFORT, LIKES
from tests.pages import plain, send

pytestmark = pytest.mark.holds("raur:3a")

PAGE = "/settings"


@pytest.fixture
def ana(make):
    return make.member("Ana", zone="Europe/London")


def test_it_says_in_words_how_everything_is_set(client_for, ana) -> None:
    browser = client_for(ana)
    usual = plain(browser.get(PAGE))
    assert "Ana, on the clocks of London." in usual
    assert "Colours Same as my device" in usual
    assert "Sounds are on Yes" in usual
    assert "How to listen to me Nothing yet" in usual
    assert "Keep my quiet hours From 10:00 pm until 8:00 am" in usual

    send(browser, "/comfort", "/comfort/look", theme="low")
    send(browser, "/comfort", "/comfort/circles/sounds", volume="25")
    send(browser, "/comfort", "/comfort/card", own_words="Give me a moment.\nThen I begin.")
    send(browser, "/news/choices", calls="bell")
    own = plain(browser.get(PAGE))
    assert "Colours Low light" in own
    assert "Sounds are on No How loud? Very soft" in own
    assert "How to listen to me Give me a moment. Then I begin." in own
    assert "Your calls Under What’s new A reminder the day before Not at all" in own
    assert "Keep my quiet hours No Change it: Quiet hours" in own


def test_nothing_that_can_be_set_is_left_out(application, client_for, ana) -> None:
    page = client_for(ana).get(PAGE).text
    with application.test_request_context():
        labels = [
            str(field.label.text)
            for form in (*COMFORT.values(), *LIKES.values())
            for field in form(formdata=None)
            if field.name != "csrf_token"
        ]
    assert len(labels) > 20
    for label in labels:
        assert f"<dt>{label}</dt>" in page


def test_comfort_settings_lead_there_and_it_leads_back(client_for, ana) -> None:
    browser = client_for(ana)
    assert f'href="{PAGE}"' in browser.get("/comfort").text
    page = browser.get(PAGE).text
    for place in ("/comfort#look", "/comfort#circles", "/comfort#card", "/news/choices"):
        assert f'href="{place}"' in page


def test_it_is_for_members_and_each_sees_their_own(client_for, make, ana) -> None:
    assert "/sign-in" in client_for().get(PAGE).location
    assert "Ana" not in plain(client_for(make.member("Ben")).get(PAGE))


def test_it_asks_the_store_as_often_whatever_is_set(client_for, ana, cost) -> None:
    browser = client_for(ana)
    browser.get(PAGE)
    cost.statements.clear()
    browser.get(PAGE)
    usual = len(cost.statements)
    send(browser, "/news/choices", calls="bell", weekly="mail")
    send(browser, "/comfort", "/comfort/circles/captions", caption_size="200", captions="y")
    browser.get(PAGE)
    cost.statements.clear()
    browser.get(PAGE)
    assert len(cost.statements) == usual
