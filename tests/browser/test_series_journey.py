"""A call that comes every other week, over the night in which the clocks change: scheduled, filled,
waited for, offered, moved, cancelled, reminded of, held, and how it went.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect

from community.app import JOBS
from community.core import jobs
from tests.browser.copied import MovedClock
from tests.browser.minutes import beside
from tests.browser.seated import take_a_place
from tests.browser.site import Copy, started

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),  # weeks go by in it
]

TITLE = "Every other Tuesday"
A_MONDAY = datetime(2027, 3, 8, 12, tzinfo=UTC)  # in London the clocks change on 28 March
MORNING_IN_SYDNEY = datetime(2027, 3, 8, 22, tzinfo=UTC)
NEXT_MORNING = datetime(2027, 3, 9, 10, tzinfo=UTC)
THE_DAY_BEFORE = datetime(2027, 3, 15, 19, 5, tzinfo=UTC)
TEN_MINUTES_BEFORE = datetime(2027, 3, 16, 18, 50, tzinfo=UTC)


@dataclass
class Weeks:
    """The demo site, and a worker beside it: both have the same clock."""

    site: Copy
    clock: MovedClock
    worker: Flask
    open_window: Callable[[], BrowserContext]

    def go_on_to(self, instant: datetime) -> None:
        """It is later, and whatever was due by then has been done."""
        self.clock.move_to(instant)
        for job in JOBS:
            jobs.run(self.worker, job)

    def look_as(self, name: str) -> Page:
        return self.site.look_around_as(self.open_window(), name)

    def letters_to(self, name: str) -> Locator:
        page = self.open_window().new_page()
        page.goto(f"{self.site.url}/demo/letters")
        return page.get_by_role("listitem").filter(has_text=f"To {name.lower()}@demo.invalid")


@pytest.fixture
def weeks(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_window: Callable[[], BrowserContext],
) -> Iterator[Weeks]:
    clock = MovedClock()
    clock.move_to(A_MONDAY)
    with started(Copy(tmp_path / "var", clock=clock)) as site:
        yield Weeks(site, clock, beside(site, clock, monkeypatch), open_window)


@pytest.mark.thorough
@pytest.mark.holds("promise:5", "promise:6")
def test_a_fortnightly_series_from_its_first_day_to_how_it_went(weeks: Weeks) -> None:
    hana = weeks.look_as("Hana")
    first, second, third = schedule(hana)
    ana, sam, lee = (weeks.look_as(name) for name in ("Ana", "Sam", "Lee"))
    for page in (ana, sam):
        sign_up(page, first)
    for call in (second, third):
        sign_up(ana, call)

    wait_in_line(lee, first)
    give_up(sam, first)
    weeks.go_on_to(MORNING_IN_SYDNEY)
    take_what_is_offered(lee, weeks.letters_to("Lee"))

    move_by_a_day(hana, second)
    say_that_it_suits(ana, second)
    cancel(hana, third)
    weeks.go_on_to(NEXT_MORNING)
    letters = weeks.letters_to("Ana")
    expect(letters.filter(has_text="New: Wednesday 31 March, 7:00 pm your time")).to_have_count(1)
    cancelled = letters.filter(has_text="A call of yours was cancelled")
    expect(cancelled).to_contain_text("Tuesday 13 April, 7:00 pm")
    the_hour_stays_the_same_in_london(ana, lee, first, second)

    weeks.go_on_to(THE_DAY_BEFORE)
    reminders = weeks.letters_to("Ana").filter(has_text="You have a seat in a call")
    expect(reminders).to_have_count(1)
    expect(reminders).to_contain_text("Tuesday 16 March, 7:00 pm")

    weeks.go_on_to(TEN_MINUTES_BEFORE)
    hold_it(*((name, weeks.look_as(name)) for name in ("Hana", "Ana", "Lee")), call=first)
    hana.goto(f"{weeks.site.url}/calls/held")
    past = hana.get_by_role("region", name="How the last ones went").get_by_role("listitem")
    expect(past.filter(has_text="Tuesday 16 March")).to_contain_text("Two people were there.")


def schedule(hana: Page) -> list[str]:
    """Three dates, and where each of them is."""
    hana.get_by_role("link", name="Calls", exact=True).click()
    hana.get_by_role("link", name="Calls you hold").click()
    hana.get_by_role("link", name="Schedule a call").click()
    hana.get_by_label("Title").fill(TITLE)
    hana.get_by_label("Date").fill("2027-03-16")
    hana.get_by_label("Start").fill("19:00")
    hana.get_by_label("Seats", exact=True).select_option("2")
    hana.get_by_label("Does it come again?").select_option("Every two weeks")
    hana.get_by_label("Or how many times").fill("3")
    hana.get_by_role("button", name="Schedule this call").click()
    expect(hana.get_by_role("heading", name="Is this right?")).to_be_visible()
    expect(hana.get_by_role("listitem").filter(has_text="7:00 pm")).to_have_text([
        "Tuesday 16 March, 7:00 pm", "Tuesday 30 March, 7:00 pm", "Tuesday 13 April, 7:00 pm"
    ])  # fmt: skip
    hana.get_by_role("button", name="Schedule these calls").click()
    hana.get_by_role("link", name="All its dates").click()
    dates = hana.get_by_role("region", name="Dates to come").get_by_role("link", name="7:00 pm")
    expect(dates).to_have_count(3)
    return [each.evaluate("(link) => link.href") for each in dates.all()]


def sign_up(page: Page, call: str) -> None:
    page.goto(call)
    page.get_by_role("button", name="Sign me up", exact=True).click()
    expect(page.get_by_role("heading", name="Your seat is confirmed")).to_be_visible()


def wait_in_line(page: Page, call: str) -> None:
    page.goto(call)
    page.get_by_role("button", name="Wait in line", exact=True).click()
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()


def give_up(page: Page, call: str) -> None:
    page.goto(call)
    page.get_by_role("button", name="I can’t come this time").click()
    expect(page.get_by_role("heading", name="Your seat is confirmed")).to_be_hidden()


def take_what_is_offered(page: Page, letters: Locator) -> None:
    """It was held through the night, and the letter came in the morning."""
    expect(letters.filter(has_text="A seat has opened")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("A seat is held for you", exact=True)).to_be_visible()
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_role("heading", name="Your seat is confirmed")).to_be_visible()


def move_by_a_day(hana: Page, call: str) -> None:
    hana.goto(call)
    hana.get_by_role("link", name="Change this call").click()
    hana.get_by_label("Date").fill("2027-03-31")
    hana.get_by_role("button", name="Save these changes").click()
    expect(hana.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


def say_that_it_suits(page: Page, call: str) -> None:
    page.goto(call)
    expect(page.get_by_text("This call has a new time. Does it suit you?")).to_be_visible()
    page.get_by_role("button", name="Yes, I’ll come").click()
    expect(page.get_by_role("button", name="I can’t come this time")).to_be_visible()


def cancel(hana: Page, call: str) -> None:
    hana.goto(call)
    hana.get_by_role("link", name="Cancel this call").click()
    hana.get_by_role("button", name="Cancel what I chose").click()
    expect(hana.get_by_text("This call was cancelled.")).to_be_visible()


def the_hour_stays_the_same_in_london(ana: Page, lee: Page, first: str, second: str) -> None:
    """And changes where the clocks don’t: in Sydney, until the week after."""
    for page, call, begins in (
        (ana, first, "Tuesday 16 March, 7:00 pm"),
        (ana, second, "Wednesday 31 March, 7:00 pm"),
        (lee, first, "Wednesday 17 March, 6:00 am"),
        (lee, second, "Thursday 1 April, 5:00 am"),
    ):
        page.goto(call)
        expect(page.get_by_text(f"{begins} your time")).to_be_visible()


def hold_it(*pages: tuple[str, Page], call: str) -> None:
    """Everybody comes, the round begins, and it ends well."""
    people = []
    for name, page in pages:
        page.goto(call)
        page.get_by_role("link", name="Go to the lobby").click()
        page.wait_for_load_state()
        people.append(take_a_place(page, name, way="Text only"))
    hana, ana, lee = people
    hana.begins_a_round(ana)
    ana.press("Pass this time")
    lee.sees("It’s your turn, Lee")
    lee.press("Pass this time")
    hana.sees("Everybody has had their turn")
    hana.press("Say goodbye")
    ana.sees("We’re saying goodbye")
    hana.ends_the_circle()
    for one in (ana, lee):
        expect(one.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
