"""What a machine can say about every page, in three themes and at every width.

Each page is looked at in one theme and at one width, by a rule that brings all of them round.
WALK=whole, as `make full` says, looks at each in all of them.
"""

import os
import re
from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.eyes import EVERY, in_turn, measure
from tests.browser.route import go_everywhere
from tests.browser.site import Copy, started
from tests.browser.walk import Walk

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.browser,
    pytest.mark.timeout(1800),  # the walk goes through two hundred pages
]

# Answers for scripts and calendars, a way to a page that is walked, and a page that there is only
# before the first admin is made; and pages about somebody for whom something is in force, or who
# may be in danger, of whom the demo has none yet; and of a topic that was a tag.
NOT_WALKED = {
    "/healthz",
    "/manifest.webmanifest",
    "/worker.js",
    "/comfort/voice",
    "/token",
    "/posts/*",
    "/threads/*/new",
    "/calls/*/call.ics",
    "/calls/calendar/*.ics",
    "/following/feed/*.xml",
    "/circles/*/state",
    "/circles/*/ticket",
    "/come-in/first/*",
    "/pictures/*/*",
    "/moderation/*/pictures/*",
    "/moderation/appeals/*/pictures/*",
}


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Everything that was found on the way through the whole site."""
    is_whole = os.environ.get("WALK") == "whole"
    eye = partial(measure, seen={}, sights=(lambda _: EVERY) if is_whole else in_turn)
    with started(Copy(tmp_path_factory.mktemp("walked") / "var")) as site:
        walk = Walk(site.url, eye)
        go_everywhere(walk, site, browser)
        yield walk


@pytest.mark.holds("acceptance:9")
def test_axe_finds_nothing_and_leaves_nothing_undecided(walk: Walk) -> None:
    assert walk.faults("axe") == {}


@pytest.mark.holds("F:F80")
def test_whatever_is_pressed_is_large_enough(walk: Walk) -> None:
    assert walk.faults("targets") == {}


@pytest.mark.holds("F:F80")
def test_no_two_targets_are_too_near_each_other(walk: Walk) -> None:
    assert walk.faults("gaps") == {}


def test_nothing_is_cut_off_on_a_small_phone_with_large_letters(walk: Walk) -> None:
    assert walk.faults("reflow") == {}


def test_no_word_of_a_button_or_a_heading_is_broken_in_two(walk: Walk) -> None:
    assert walk.faults("words") == {}


def test_the_focus_is_seen_at_every_stop(walk: Walk) -> None:
    assert walk.faults("focus") == {}


def test_tab_goes_on_from_everything_in_the_order_in_which_one_reads(walk: Walk) -> None:
    assert walk.faults("order") == {}


@pytest.mark.holds("acceptance:9")
def test_forced_colours_leave_every_control_its_edge(walk: Walk) -> None:
    assert walk.faults("forced") == {}


@pytest.mark.holds("F:F86")
def test_no_two_controls_of_a_page_share_a_name(walk: Walk) -> None:
    assert walk.faults("twins") == {}


def test_every_page_has_one_heading_above_all(walk: Walk) -> None:
    assert walk.faults("headings") == {}


@pytest.mark.holds("promise:10", "asvs:30")
def test_no_page_asks_anybody_but_us(walk: Walk) -> None:
    assert walk.asked_of == {walk.origin}


@pytest.mark.holds("F:F113")
def test_from_every_page_one_press_leads_to_help(walk: Walk) -> None:
    assert walk.without_help == []


def test_no_page_complains(walk: Walk) -> None:
    assert walk.complaints == []


def test_the_walk_left_no_page_out(walk: Walk, application: Flask) -> None:
    pages = {
        re.sub("<[^>]*>", "*", rule.rule)
        for rule in application.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint != "static"
    }
    assert pages - NOT_WALKED <= walk.shapes
