"""What a person does with a page: send its form, with the token that the page carries."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ALERT = "There is a problem"


def token(browser: FlaskClient, page: str = "/sign-in", **how: Any) -> str:
    """The token that this page's forms carry."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page, **how).text)
    assert found, f"no form on {page}"
    return found[1]


def send(browser: FlaskClient, page: str, to: str | None = None, **typed: Any) -> TestResponse:
    """Post what a form on this page would post, to the page itself or where the form leads."""
    return browser.post(to or page, data={"csrf_token": token(browser, page), **typed})


def send_as_seen(browser: FlaskClient, page: str, **typed: Any) -> TestResponse:
    """The same, with what the page sends unseen, like the version that somebody saw."""
    return browser.post(page, data={**again_typed(browser.get(page)), **typed})


def plain(page: TestResponse) -> str:
    """The words of a page, without its tags."""
    words = re.sub(r"<[^>]*>", " ", page.text).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+([.,])", r"\1", " ".join(words.split()))


def again_typed(page: TestResponse) -> dict[str, str]:
    """What a page would send again, unseen."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
