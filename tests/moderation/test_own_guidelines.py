"""A decision in a group names what that group asks for beside the guidelines of the site."""

from html import unescape
from uuid import UUID

import pytest
from markupsafe import escape
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.verdict import Refused
from community.groups.guidelines import actions
from community.groups.guidelines.models import GroupGuideline
from community.moderation.guidelines import queries
from community.moderation.models import Decision
from community.moderation.rules.case import Outcome
from tests.pages import again_typed, plain, send, send_as_seen
from tests.threads.conftest import Cast

TITLE, WORDS = "Cameras 100 % <b>off</b>", "Also for whoever only listens."
WHY = "We agreed on it in spring."


@pytest.fixture
def ask(make):
    """An owner asks for something; its id."""

    def ask(group_id: UUID, title: str = TITLE) -> str:
        owner, now = make.owner(group_id), make.clock.now()
        make.done(lambda: actions.add(owner, group_id, title, WORDS, now=now))
        newest = select(GroupGuideline.id).order_by(GroupGuideline.id.desc()).limit(1)
        return str(make.done(lambda: db.session.scalars(newest).one()))

    return ask


@pytest.fixture
def item_id(make, cast: Cast, reply_id: UUID) -> UUID:
    return make.report(reply_id, cast.ben, "stop_treatment")


def remove(browser, item_id: UUID, rule: str, **more: str):
    typed = {"outcome": "remove", "rule": rule, "why": WHY, **more}
    return send_as_seen(browser, f"/moderation/{item_id}", **typed)


def of(make, group_id: UUID) -> str:
    """As a page says it."""
    return str(escape(make.done(lambda: str(queries.in_group(group_id).popitem()[1]))))


def read(letter: tuple[str, str]) -> str:
    return " ".join(letter[1].split())


@pytest.mark.holds("moderation:6")
def test_it_is_offered_after_those_of_the_site_and_told_with_the_groups_name(
    make, cast, client_for, arrived, item_id, reply_id, ask
) -> None:
    rule, mori = ask(cast.group_id), client_for(cast.mori)
    offered = mori.get(f"/moderation/{item_id}").text
    assert offered.index('<option value="medicine"') < offered.index(f'<option value="{rule}"')
    assert remove(mori, item_id, rule).status_code == 302
    assert make.done(lambda: db.session.scalars(select(Decision.rule_id)).one()) == rule
    told = of(make, cast.group_id)
    assert str(escape(TITLE)) in told
    statement = client_for(cast.ana).get(f"/posts/{reply_id}/statement")
    assert told in plain(statement)
    assert WORDS in plain(statement)
    assert f"of {unescape(told)}" in read(arrived("ana@example.org")[-1])
    assert told in plain(mori.get(f"/moderation/{item_id}"))
    decision_id = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    send(client_for(cast.ana), f"/decisions/{decision_id}/another-look", words="It was mine.")
    marta = client_for(cast.marta)
    [look] = {part for part in marta.get("/moderation").text.split('"') if "/appeals/" in part}
    assert told in plain(marta.get(look))


def test_it_is_told_as_it_was_worded_then(make, cast, client_for, item_id, reply_id, ask) -> None:
    rule = ask(cast.group_id)
    remove(client_for(cast.mori), item_id, rule)
    owner, now = make.owner(cast.group_id), make.clock.now()
    other = (cast.group_id, UUID(rule), "Cameras as you like", WORDS)
    make.done(lambda: actions.change(owner, *other, now=now))
    statement = plain(client_for(cast.ana).get(f"/posts/{reply_id}/statement"))
    assert str(escape(TITLE)) in statement
    assert "Cameras as you like" not in statement


@pytest.mark.holds("moderation:11")
def test_another_groups_and_what_is_asked_no_more_are_never_taken(
    make, cast, client_for, item_id, reply_id, ask
) -> None:
    elsewhere = ask(make.group("Singing", owner=make.member("Vera")), "Sing along")
    before, owner, now = ask(cast.group_id), make.owner(cast.group_id), make.clock.now()
    make.done(lambda: actions.take_away(owner, cast.group_id, UUID(before), now=now))
    mori = client_for(cast.mori)
    page = f"/moderation/{item_id}"
    for rule in (elsewhere, before, str(item_id), "nonsense"):
        assert rule not in mori.get(page).text.split('name="rule"')[1].split("</select>")[0]
        answer = remove(mori, item_id, rule)
        assert answer.status_code == 422
        assert WHY in answer.text
        step = {"step": "mute-1", "rule": rule, "why": WHY}
        assert send_as_seen(mori, f"{page}/person", **step).status_code == 422
        with pytest.raises(Refused, match="not-found"):
            make.decision(item_id, cast.mori, Outcome.REMOVE, rule_id=rule)
    assert make.done(lambda: db.session.scalars(select(Decision)).all()) == []


@pytest.mark.holds("moderation:6")
def test_a_step_about_a_person_names_it_too(make, cast, client_for, arrived, item_id, ask) -> None:
    rule, mori, page = ask(cast.group_id), client_for(cast.mori), f"/moderation/{item_id}/person"
    step = {"step": f"{SanctionKind.BAN}-90", "rule": rule, "why": WHY}
    assert send_as_seen(mori, page, **step).status_code == 302  # it waits for a second person
    told, pat = of(make, cast.group_id), client_for(cast.pat)
    assert told in plain(mori.get(page))
    [proposed] = {part for part in pat.get("/moderation").text.split('"') if "/proposed/" in part}
    assert told in plain(pat.get(proposed))
    typed = {**again_typed(pat.get(proposed)), "agree": "yes", "words": ""}
    assert pat.post(proposed, data=typed).status_code == 302
    assert told in plain(client_for(cast.ana).get("/in-force"))
    assert f"of {unescape(told)}" in read(arrived("ana@example.org")[-1])


def test_what_a_moderator_comes_upon_can_name_it(make, cast, client_for, reply_id, ask) -> None:
    rule, page = ask(cast.group_id), f"/posts/{reply_id}/look-after"
    typed = {"outcome": "remove", "rule": rule, "why": WHY, "about": "other"}
    assert send_as_seen(client_for(cast.mori), page, **typed).status_code == 302
    assert make.done(lambda: db.session.scalars(select(Decision.rule_id)).one()) == rule
