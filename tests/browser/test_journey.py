"""The whole main job, as somebody new does it: in, into a group, heard, writing, looked after."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.seated import Seated, come_in, expect_only, take_a_place
from tests.browser.site import Site
from tests.browser.tones import give_voice
from tests.core.store import DATABASES

pytestmark = pytest.mark.browser

NAME, ADDRESS, VOICE = "Wren", "wren@example.org", 1760
TITLE = "I said it out loud"
UNWELCOME = "Have you tried simply not thinking about it?"


@pytest.mark.holds("promise:1", "promise:3", "promise:5", "seed:1")
@pytest.mark.parametrize("site", DATABASES, indirect=True)
def test_a_newcomer_is_let_in_is_heard_writes_and_is_looked_after(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    their_window = open_window()
    give_voice(their_window, VOICE)
    page = their_window.new_page()
    ask_for_a_link(page, site)
    come_in_by_letter(page)
    say_who_they_are(page)
    consent_and_agree(page)
    ask_to_join(page)

    hana_window = open_window()
    let_them_in(site.look_around_as(hana_window, "Hana"))
    sign_up(page)
    page.get_by_role("link", name="Go to the lobby").click()
    newcomer = take_a_place(page, NAME, VOICE)
    have_a_turn(newcomer, come_in(site, hana_window, "Hana"))

    start_a_thread(page)
    ana = site.look_around_as(open_window(), "Ana")
    reply(ana)
    report_in_two_presses(page)
    remove(site.look_around_as(open_window(), "Mori"))
    expect_it_gone_at_once(page)
    read_the_reasons(ana)
    ask_for_another_look(ana)
    owner = hana_window.new_page()
    owner.goto(f"{site.url}/home")
    say_that_they_were_right(owner)
    expect_it_back_by_a_press(page)


def ask_for_a_link(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()


def come_in_by_letter(page: Page) -> None:
    page.get_by_role("link", name="See the letters").click()
    letter_to_newcomer(page).get_by_role("link", name="/come-in/").click()
    expect(page.get_by_text(f"You’re about to sign in as {ADDRESS}.")).to_be_visible()
    page.get_by_role("button", name="Sign me in").click()


def letter_to_newcomer(page: Page) -> Locator:
    """The newest one."""
    return page.get_by_role("listitem").filter(has_text=f"To {ADDRESS}").first


def say_who_they_are(page: Page) -> None:
    expect(page.get_by_role("heading", name="About you")).to_be_visible()
    page.get_by_label("Your name here").fill(NAME)
    page.get_by_role("checkbox", name="I am 18 or over").check()
    expect(page.get_by_label("Your time zone")).to_have_value("Europe/London")
    page.get_by_role("button", name="Go on").click()


def consent_and_agree(page: Page) -> None:
    page.get_by_role("button", name="I consent to this").click()
    page.get_by_role("button", name="I agree to these guidelines").click()
    expect(page.get_by_role("heading", name=f"Hello, {NAME}")).to_be_visible()


def ask_to_join(page: Page) -> None:
    page.get_by_role("link", name="Groups", exact=True).click()
    page.get_by_role("link", name="Neck, evenings").click()
    page.get_by_label("Your answer").fill("My neck has its own plans. I’d like company.")
    page.get_by_role("button", name="Ask to join").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you for asking.")


def let_them_in(hana: Page) -> None:
    hana.get_by_role("link", name="Neck, evenings: 2 people ask to join").click()
    hana.get_by_role("link", name=NAME).click()
    expect(hana.get_by_text("My neck has its own plans.")).to_be_visible()
    hana.get_by_role("radio", name="Yes").check()
    hana.get_by_label("A few words to them").fill("Come as you are. We’re glad.")
    hana.get_by_role("button", name="Send my answer").click()
    expect(hana.get_by_role("status")).to_contain_text("They’ll hear by e-mail")


def sign_up(page: Page) -> None:
    page.get_by_role("link", name="See the letters").click()
    expect(letter_to_newcomer(page)).to_contain_text("Come as you are. We’re glad.")
    page.get_by_role("link", name="Calls", exact=True).click()
    page.get_by_role("button", name="Sign up for Neck circle, today").click()
    expect(page.get_by_role("status")).to_contain_text("Your seat is confirmed.")


def have_a_turn(newcomer: Seated, hana: Seated) -> None:
    hana.begins_a_round(newcomer)
    expect_only(None, [hana])
    newcomer.press("Start my turn")
    hana.sees(f"{NAME} is speaking")
    expect_only(newcomer, [hana])
    newcomer.press("I’ve finished")
    expect(hana.page.locator("#note")).to_contain_text(f"Thank you, {NAME}.")
    expect_only(None, [hana])
    hana.ends_the_circle()
    for page in (newcomer.page, hana.page):
        expect(page.get_by_role("heading", name="Thank you for being here")).to_be_visible()


def start_a_thread(page: Page) -> None:
    page.get_by_role("link", name="Groups", exact=True).click()
    page.get_by_role("link", name="Neck, evenings").click()
    page.get_by_role("link", name="Start a thread").click()
    expect(page.get_by_label("Which group is it for?")).to_contain_text("Neck, evenings")
    page.get_by_label("What is it about?").select_option("Neck")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("radio", name="Just listening").check()
    page.get_by_label("Your words").fill("For the first time, to people who know.")
    page.get_by_role("button", name="Start this thread").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def reply(ana: Page) -> None:
    ana.get_by_role("link", name=TITLE).click()
    ana.get_by_label("Your words").fill(UNWELCOME)
    ana.get_by_role("button", name="Send my reply").click()
    expect(ana.get_by_role("heading", name="One question before it goes")).to_be_visible()
    ana.get_by_role("button", name="Send it as it is").click()
    expect(ana.get_by_text(UNWELCOME)).to_be_visible()


def report_in_two_presses(page: Page) -> None:
    page.get_by_role("link", name="Show 1 new reply").click()
    page.get_by_role("link", name="Report Ana’s post").click()
    page.get_by_role("link", name="Unkind or unsafe").click()
    page.get_by_role("button", name="Not what was asked for").click()
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    page.get_by_role("link", name="Back to the thread").click()
    expect(page.get_by_text(UNWELCOME)).to_be_visible()


def remove(mori: Page) -> None:
    mori.get_by_role("link", name="Moderation").click()
    mori.get_by_role("link", name="Open : Not what was asked for").click()
    expect(mori.get_by_text(UNWELCOME)).to_be_visible()
    mori.get_by_role("radio", name="Remove it").check()
    mori.get_by_label("Which guideline?").select_option("7. Wishes for replies, and content notes")
    mori.get_by_label("Why? The writer reads this").fill("Wren asked to be listened to.")
    mori.get_by_role("button", name="Send this decision").click()
    expect(mori.get_by_role("heading", name="It has been decided")).to_be_visible()


def expect_it_gone_at_once(page: Page) -> None:
    """On the page that was open all the time."""
    expect(page.get_by_text(UNWELCOME)).to_be_hidden()
    expect(page.get_by_role("link", name="Report Ana’s post")).to_be_hidden()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def read_the_reasons(ana: Page) -> None:
    ana.reload()
    ana.get_by_role("link", name="Read why, and what you can do").click()
    expect(ana.get_by_role("heading", name="What we decided, and why")).to_be_visible()
    expect(ana.get_by_role("main")).to_contain_text("Wren asked to be listened to.")
    expect(ana.get_by_role("main")).to_contain_text("Wishes for replies")


def ask_for_another_look(ana: Page) -> None:
    ana.get_by_role("link", name="Another look at this").click()
    ana.get_by_label("What should somebody see that was missed?").fill("I only meant to be kind.")
    ana.get_by_role("button", name="Ask for another look").click()
    expect(ana.get_by_role("heading", name="You asked for another look")).to_be_visible()


def say_that_they_were_right(owner: Page) -> None:
    owner.get_by_role("link", name="Moderation").click()
    owner.get_by_role("link", name="Open : Another look").click()
    expect(owner.get_by_text(UNWELCOME)).to_be_visible()
    owner.get_by_role("radio", name="They’re right").check()
    mine = owner.get_by_label("Your answer. Whoever asked reads this")
    mine.fill("Read again: it was meant kindly.")
    owner.get_by_role("button", name="Send this answer").click()
    expect(owner.get_by_role("heading", name="It has been answered")).to_be_visible()


def expect_it_back_by_a_press(page: Page) -> None:
    """On the page that was open all the time; nothing moves before it is pressed."""
    expect(page.get_by_text("This is shown again.")).to_be_visible()
    expect(page.get_by_text(UNWELCOME)).to_be_hidden()
    page.get_by_role("link", name="Read it", exact=True).click()
    expect(page.get_by_text(UNWELCOME)).to_be_visible()
