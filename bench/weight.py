"""What has to be carried: bytes on a first visit (P11) and memory of a web process (P15)."""

import gzip
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from bench.measure import Figure, counted, in_turn, ratio
from config import ROOT
from tests.browser.seated import take_a_place, to_the_lobby
from tests.browser.site import running, window
from tests.browser.tones import CHROMIUM, LAUNCH

MEMORY_MOST = 1.3
FIRST_VISIT = {"thread": (60, 8), "circle": (140, 20)}  # kilobytes, files
NEXT_VISIT_MOST = 12

RESIDENT = """
import re
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
# Both import the same libraries, and both have answered once.
OURS = """
from community.app import create_app
from config import Settings
import sys
app = create_app(Settings.for_tests("sqlite://"))
app.test_client().get("/guidelines")
ours = {"community", "config", "bench", "run", "__main__"}
print(*(name for name in sys.modules if name.partition(".")[0] not in ours))
print(resident())
"""
PLAIN = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # a name that another module made up for itself
from bench.yardstick import hello_app
hello_app().test_client().get("/")
print(resident())
"""


def p11(folder: Path) -> dict[str, list[Figure]]:
    """What a browser that was never here fetches for a page, each file compressed with gzip."""
    figures = []
    with running(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        ways = {"thread": _to_a_thread, "circle": _to_a_circle}
        for name, go in ways.items():
            known = window(browser)
            address = go(site.look_around_as(known, "Hana")).url
            context = _stranger_with_the_cookies_of(browser, known)
            first, again = _fetched(context, address), _fetched(context, address)
            kilobytes, files = FIRST_VISIT[name]
            figures += [
                counted(f"{name}, first, KB", sum(first) / 1000, kilobytes),
                counted(f"{name}, first, files", len(first), files),
                counted(f"{name}, next, KB", sum(again) / 1000, NEXT_VISIT_MOST),
            ]
        browser.close()
    return {"P11": figures}


def _to_a_thread(page: Page) -> Page:
    page.goto(page.url.replace("/home", "/topics/cervical"))
    page.get_by_role("link", name="Injections next week").click()
    return page


def _to_a_circle(page: Page) -> Page:
    to_the_lobby(page)
    return take_a_place(page, "Hana").page


def _stranger_with_the_cookies_of(browser: Browser, known: BrowserContext) -> BrowserContext:
    """A browser with an empty cache in which the same person is signed in."""
    return window(browser, service_workers="allow", storage_state=known.storage_state())


def _fetched(context: BrowserContext, address: str) -> list[int]:
    """Bytes of each file that the network brought for this page: what a cache had took none."""
    page = context.new_page()
    answers: dict[str, Response] = {}
    cached: set[str] = set()
    page.on("response", lambda response: answers.update({response.url: response}))
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: _remember(cached, event["response"]))
    page.goto(address, wait_until="networkidle")
    sizes = [len(gzip.compress(answers[url].body())) for url in answers if url not in cached]
    page.close()
    return sizes


def _remember(cached: set[str], response: dict[str, Any]) -> None:
    if response["fromDiskCache"]:
        cached.add(response["url"])


def p15(folder: Path) -> dict[str, list[Figure]]:
    """Memory of a process of ours that has answered ÷ a plain one with the same libraries."""
    _, libraries = _said(OURS)
    costs = in_turn(
        {"ours": lambda: _said(OURS)[0], "plain": lambda: _said(PLAIN, *libraries)[0]}, rounds=3
    )
    return {"P15": [ratio("memory", costs["ours"], costs["plain"], MEMORY_MOST)]}


def _said(program: str, *names: str) -> tuple[float, Sequence[str]]:
    """The kilobytes that this program says it took, and the libraries it names."""
    done = subprocess.run(
        [sys.executable, "-c", RESIDENT + program, *names],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    *named, kilobytes = done.stdout.strip().split("\n")
    return float(kilobytes), named[-1].split() if named else ()
