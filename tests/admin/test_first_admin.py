"""The first admin comes in by a link from the command line."""

import pytest
from click.testing import Result
from flask import Flask

from community.accounts.rules import THERE_IS_AN_ADMIN
from community.core.actor import Staff
from tests.pages import send


@pytest.fixture
def first(app: Flask):
    def run(email: str) -> Result:
        return app.test_cli_runner().invoke(args=["admin", "first", email])

    return run


def path_of(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output.strip().splitlines()[-1].removeprefix("http://localhost")


@pytest.mark.holds("asvs:12")
def test_a_newcomer_becomes_the_first_admin(first, client_for, make) -> None:
    browser = client_for()
    link = path_of(first("Ada@Example.org"))
    assert "ada@example.org" in browser.get(link).text
    send(browser, link, is_mine="y")
    make.everyone()
    send(browser, "/about-you", name="Ada", is_adult="y", zone="Europe/Paris")
    send(browser, "/consent")
    assert browser.get("/admin/staff").status_code == 200


def test_a_member_becomes_the_first_admin(first, client_for, make) -> None:
    ana = make.member("Ana", email="ana@example.org")
    browser = client_for()
    assert not make.actor(ana).is_admin
    send(browser, path_of(first("ana@example.org")), is_mine="y")
    assert make.actor(ana).is_admin


@pytest.mark.holds("asvs:15")
def test_the_link_is_good_once(first, client_for) -> None:
    link = path_of(first("ada@example.org"))
    send(client_for(), link, is_mine="y")
    assert client_for().get(link).status_code == 410


@pytest.mark.holds("asvs:12")
def test_where_there_is_an_admin_there_is_no_first_one(first, client_for, make) -> None:
    waiting = path_of(first("ada@example.org"))
    make.staff("Lee", Staff.ADMIN)
    refused = first("eve@example.org")
    assert refused.exit_code != 0
    assert THERE_IS_AN_ADMIN.text in refused.output
    assert send(client_for(), waiting, is_mine="y").status_code == 409
