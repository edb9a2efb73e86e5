"""What a device keeps, and what stands on a home screen: nobody's words, and no word of health."""

import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.make import Make

ClientFor = Callable[..., FlaskClient]


def kept_by(browser: FlaskClient) -> dict[str, object]:
    """What the worker is told to keep."""
    first, _, rest = browser.get("/worker.js").text.partition(";\n")
    assert "addEventListener" in rest
    told: dict[str, object] = json.loads(first.removeprefix("const kept = "))
    return told


def is_there(browser: FlaskClient, path: str) -> bool:
    with browser.get(path) as answer:
        return answer.status_code == 200


def test_a_page_says_that_there_is_no_line_and_leads_to_help(client_for: ClientFor, cost) -> None:
    page = client_for().get("/offline").text
    assert len(re.findall("<h1", page)) == 1
    assert "You’re offline" in page
    assert set(re.findall(r'<a[^>]* href="([^"]*)"', page)) == {"/", "/help-now", ""}
    assert int(cost) == 0


@pytest.mark.holds("asvs:28")
def test_a_device_is_told_to_keep_three_public_pages_and_their_files_only(
    client_for: ClientFor, make: Make
) -> None:
    kept = kept_by(client_for())
    assert (kept["page"], kept["help"], kept["card"]) == ("/offline", "/help-now", "/help-now/card")
    for path in (kept["page"], kept["help"], kept["card"], *kept["files"]):  # type: ignore[misc]
        assert is_there(client_for(), str(path))
    assert all("/static/" in path for path in kept["files"])  # type: ignore[attr-defined]
    assert kept_by(client_for(make.member("Ana"))) == kept  # nobody is told anything else


@pytest.mark.holds("asvs:28")
def test_what_is_kept_is_all_that_its_pages_are_made_of(client_for: ClientFor) -> None:
    guest = client_for()
    kept = kept_by(guest)
    for path in (kept["page"], kept["help"], kept["card"]):
        page = guest.get(str(path)).text
        asked = re.findall(
            r'(?:<link rel="(?:icon|stylesheet)"|<script)[^>]*"(/static/[^"]*)"', page
        )
        assert asked
        assert set(asked) <= set(kept["files"])  # type: ignore[call-overload]


@pytest.mark.holds("asvs:28")
def test_the_kept_pages_hold_nothing_of_a_session(client_for: ClientFor) -> None:
    guest = client_for()
    for path in ("/offline", "/help-now", "/help-now/card"):
        answer = guest.get(path)
        assert "csrf_token" not in answer.text
        assert "Set-Cookie" not in answer.headers


def test_the_worker_sees_to_the_whole_site_and_is_asked_for_anew_each_time(
    client_for: ClientFor,
) -> None:
    guest = client_for()
    headers = guest.get("/worker.js").headers
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["Service-Worker-Allowed"] == "/"
    assert headers["Cache-Control"] == "no-cache"
    again = guest.get("/worker.js", headers={"If-None-Match": headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.holds("asvs:26")
def test_pages_allow_our_own_worker_and_manifest_only(client_for: ClientFor) -> None:
    policy = client_for().get("/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.holds("asvs:29")
def test_a_home_screen_shows_the_discreet_name_and_the_mark(client_for: ClientFor) -> None:
    guest = client_for()
    answer = guest.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    assert "dystonia" not in answer.text.casefold()
    told = json.loads(answer.text)
    assert (told["name"], told["short_name"], told["display"]) == (
        "Circles",
        "Circles",
        "standalone",
    )
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    for path in [*(icon["src"] for icon in told["icons"]), told["shortcuts"][0]["url"]]:
        assert is_there(guest, path)
    assert 'rel="manifest" href="/manifest.webmanifest"' in guest.get("/").text
