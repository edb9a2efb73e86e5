"""Calls that are not there yet: drafts, templates, and beginning from an earlier call."""

from datetime import timedelta

import pytest

from community.calls.actions import scheduling
from community.calls.patterns import queries as pattern_queries
from community.calls.rules.call import CallState, Plan
from community.calls.rules.times import IN_THE_PAST
from community.core.actor import Role
from tests.pages import ALERT, send
from tests.refusals import refusal

TYPED = {
    "title": "Quiet mornings",
    "topic": "",
    "day": "2026-12-01",
    "hour": "08:30",
    "minutes": "60",
    "seats": "6",
    "about": "What helps in the morning",
    "happens": "",
    "guide": "As long as you like",
}


def test_a_draft_is_seen_by_whoever_made_it_only_until_it_is_published(client_for, cast):
    hana, ana = client_for(cast.hana), client_for(cast.ana)
    answer = send(hana, "/calls/new", group=str(cast.neck), as_draft="yes", **TYPED)
    page = answer.headers["Location"]
    assert "Only you see this call" in hana.get(page).text
    assert page in hana.get("/calls/prepared").text
    for other in (cast.ana, cast.owner, cast.stranger):
        assert client_for(other).get(page).status_code == 404
        assert "Quiet mornings" not in client_for(other).get("/calls").text
    assert send(ana, "/comfort", f"{page}/sign-up").status_code == 404
    send(hana, page, f"{page}/publish")
    assert "Sign me up" in ana.get(page).text
    assert page not in hana.get("/calls/prepared").text
    assert send(hana, page, f"{page}/publish").status_code == 409


def test_a_draft_that_lacks_something_keeps_what_was_typed(client_for, cast):
    typed = {**TYPED, "title": ""}
    answer = send(client_for(cast.hana), "/calls/new", group=str(cast.neck), as_draft="x", **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert "What helps in the morning" in answer.text


def test_a_draft_is_changed_and_thrown_away(client_for, cast, make):
    draft = make.call(cast.neck, cast.hana, as_draft=True)
    hana, page = client_for(cast.hana), f"/calls/{draft}"
    assert "gets a letter" not in hana.get(f"{page}/edit").text
    send(hana, f"{page}/edit", **TYPED)
    assert "Quiet mornings" in hana.get(page).text
    assert send(hana, page, f"{page}/cancel").status_code == 409
    assert send(hana, page, f"{page}/throw-away").headers["Location"] == "/calls/prepared"
    assert hana.get(page).status_code == 404


def test_only_a_draft_is_thrown_away(client_for, cast, make):
    call_id = make.call(cast.neck, cast.hana)
    hana, page = client_for(cast.hana), f"/calls/{call_id}"
    assert send(hana, page, f"{page}/throw-away").status_code == 409
    assert send(client_for(cast.ana), "/comfort", f"{page}/throw-away").status_code == 403


def test_a_draft_whose_time_has_passed_is_not_published(cast, make, clock):
    draft = make.call(cast.neck, cast.hana, as_draft=True, starts_in=timedelta(days=1))
    clock.pass_by(days=2)

    def publish() -> None:
        make.done(lambda: scheduling.publish_call(cast.hana, draft, now=clock.now()))

    assert refusal(publish) == IN_THE_PAST


def test_a_new_call_begins_from_an_earlier_one(client_for, cast, make):
    call_id = make.call(
        cast.neck, cast.hana, title="Evenings", seats=5, about="The day", minutes=60
    )
    make.done(lambda: scheduling.move_to(call_id, CallState.ENDED))
    hana = client_for(cast.hana)
    assert f"/calls/new?like={call_id}" in hana.get(f"/calls/{call_id}").text
    form = hana.get(f"/calls/new?like={call_id}").text
    for words in (
        'value="Evenings"',
        "The day</textarea>",
        '<option selected value="60">',
        '<option selected value="5">',
        f'<option selected value="{cast.neck}">',
    ):
        assert words in form
    assert client_for(cast.stranger).get(f"/calls/new?like={call_id}").status_code == 404


def test_a_template_is_kept_used_by_any_facilitator_and_thrown_away(client_for, cast, make):
    call_id = make.call(cast.neck, cast.hana, title="Evenings", about="The day")
    make.appointed(cast.neck, cast.owner, cast.ben, frozenset({Role.FACILITATOR}))
    hana, bens = client_for(cast.hana), client_for(cast.ben)
    keeping = f"/calls/{call_id}/template"
    assert send(hana, keeping, name="").status_code == 422
    assert send(hana, keeping, name="Tuesdays").headers["Location"] == "/calls/prepared"
    seen = bens.get("/calls/prepared").text
    assert "Tuesdays" in seen
    with make.app.app_context():
        (template,) = pattern_queries.templates_for(make.actor(cast.ben))
    assert 'value="Evenings"' in bens.get(f"/calls/new?template={template.id}").text
    assert "Tuesdays" not in client_for(cast.stranger).get("/calls/prepared").text
    assert client_for(cast.stranger).get(f"/calls/new?template={template.id}").status_code == 404
    throw = f"/calls/templates/{template.id}/throw-away"
    assert send(client_for(cast.stranger), "/comfort", throw).status_code == 404
    assert send(client_for(cast.ana), "/comfort", throw).status_code == 403
    send(bens, "/calls/prepared", throw)
    assert "There are none yet." in hana.get("/calls/prepared").text


@pytest.mark.holds("asvs:2")
def test_members_keep_and_prepare_nothing(client_for, cast, make):
    call_id = make.call(cast.neck, cast.hana)
    for page in ("/calls/prepared", f"/calls/{call_id}/template"):
        assert client_for(cast.ana).get(page).status_code == 403
        assert client_for().get(page).headers["Location"].startswith("/sign-in")
    assert client_for(cast.stranger).get(f"/calls/{call_id}/template").status_code == 404
    assert "Keep as a template" not in client_for(cast.ana).get(f"/calls/{call_id}").text


@pytest.mark.parametrize("rows", [1, 200])
def test_the_page_costs_the_same_however_much_is_prepared(
    client_for, cast, make, clock, cost, rows
):
    call_id = make.call(cast.neck, cast.hana)
    plan = Plan("Evenings", clock.now() + timedelta(days=3))

    def fill() -> None:
        for number in range(rows):
            scheduling.keep_as_template(cast.hana, call_id, f"Template {number}")
            scheduling.schedule_call(cast.hana, cast.neck, plan, as_draft=True, now=clock.now())

    make.done(fill)
    browser = client_for(cast.hana)
    cost.statements.clear()
    assert browser.get("/calls/prepared").text.count("Schedule a call from it") == rows
    assert int(cost) == 4
