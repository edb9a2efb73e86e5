"""A decision in a group names what that group asks for beside the guidelines of the site."""

from functools import partial
from html import unescape
from uuid import UUID

import pytest
from markupsafe import escape
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.verdict import Refused
from community.groups.guidelines import actions, queries
from community.groups.guidelines.models import GroupGuideline
from community.moderation.models import Decision
from community.moderation.rules.case import Outcome
from community.safety.guidelines import BY_ID
from community.threads.acts.rules import Because
from community.threads.notes import actions as notes
from community.threads.notes.rules import NoteKind, Seen
from community.threads.pace import actions as paces
from community.threads.pace.actions import Plan
from community.threads.pace.rules import PaceKind
from tests.pages import again_typed, plain, send, send_as_seen
from tests.privacy.taken import Taken
from tests.threads.conftest import Cast

TITLE, WORDS = "Cameras 100 % <b>off</b>", "Also for whoever only listens."
WHY = "We agreed on it in spring."
LOCK = Plan(PaceKind.LOCK, None, None, None)


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


# ---- what moderators do in a thread, where nothing was reported or beside an item ----


def note(browser, post_id: UUID, rule: str):
    return send_as_seen(browser, f"/posts/{post_id}/notes", kinds="pain", rule=rule, why=WHY)


def pace(browser, page: str, kind: str, rule: str):
    more = {"slow": {"gap": "hour", "days": "1"}, "pause": {"days": "1"}, "lock": {}}[kind]
    return send_as_seen(browser, f"{page}/pace/{kind}", rule=rule, why=WHY, **more)


def offered_in(browser, page: str) -> str:
    return browser.get(page).text.split('name="rule"')[1].split("</select>")[0]


@pytest.mark.holds("moderation:6")
def test_a_note_names_it_in_letter_statement_and_another_look(
    make, cast, client_for, arrived, reply_id, ask
) -> None:
    rule, mori = ask(cast.group_id), client_for(cast.mori)
    offered = offered_in(mori, f"/posts/{reply_id}/notes")
    assert offered.index('value="medicine"') < offered.index(f'value="{rule}"')
    assert note(mori, reply_id, rule).status_code == 302
    told = of(make, cast.group_id)
    assert f"of {unescape(told)}" in read(arrived("ana@example.org")[-1])
    statement = plain(client_for(cast.ana).get(f"/posts/{reply_id}/statement"))
    assert told in statement
    assert WORDS in statement
    one = make.done(lambda: db.session.execute(select(Decision.id, Decision.rule_id)).one())
    assert one.rule_id == rule
    send(client_for(cast.ana), f"/decisions/{one.id}/another-look", words="It was mine.")
    marta = client_for(cast.marta)
    [look] = {part for part in marta.get("/moderation").text.split('"') if "/appeals/" in part}
    assert told in plain(marta.get(look))


@pytest.mark.holds("moderation:6")
@pytest.mark.parametrize("kind", ["pause", "slow", "lock"])
@pytest.mark.parametrize("beside_item", [False, True])
def test_the_pace_of_a_thread_names_it_to_its_writer_and_to_everybody_in_it(
    make, cast, client_for, arrived, ask, kind: str, beside_item: bool
) -> None:
    thread_id, rule, mori = make.thread(cast.group_id, cast.ana), ask(cast.group_id), cast.mori
    page = f"/threads/{thread_id}"
    if beside_item:
        page = f"/moderation/{make.report(make.opening(thread_id), cast.ben, 'harassment')}"
    offered = offered_in(client_for(mori), f"{page}/pace/{kind}")
    assert offered.index('value="medicine"') < offered.index(f'value="{rule}"')
    assert pace(client_for(mori), page, kind, rule).status_code == 302
    told = of(make, cast.group_id)
    assert f"of {unescape(told)}" in read(arrived("ana@example.org")[-1])
    statement = plain(client_for(cast.ana).get(f"/posts/{make.opening(thread_id)}/statement"))
    assert told in statement
    assert WORDS in statement
    there = client_for(cast.ben).get(f"/threads/{thread_id}")
    assert f"what this group asks for: “{escape(TITLE)}” {WORDS}" in plain(there)
    assert f"/guidelines/{rule}" not in there.text


@pytest.mark.holds("moderation:11")
def test_notes_and_paces_never_take_another_groups_or_what_is_asked_no_more(
    make, cast, client_for, item_id, reply_id, ask
) -> None:
    elsewhere = ask(make.group("Singing", owner=make.member("Vera")), "Sing along")
    before, owner, now = ask(cast.group_id), make.owner(cast.group_id), make.clock.now()
    make.done(lambda: actions.take_away(owner, cast.group_id, UUID(before), now=now))
    thread_id, mori = make.thread(cast.group_id, cast.ana), client_for(cast.mori)
    for rule in (elsewhere, before, "nonsense"):
        answers = [note(mori, reply_id, rule)]
        for page in (f"/threads/{thread_id}", f"/moderation/{item_id}"):
            assert rule not in offered_in(mori, f"{page}/pace/pause")
            answers += [pace(mori, page, kind, rule) for kind in ("pause", "slow", "lock")]
        assert {answer.status_code for answer in answers} == {422}
        because = Because(rule, WHY)
        noted = ({NoteKind.PAIN}, because, Seen(1, ""))
        add = partial(notes.add, cast.mori, reply_id, *noted, now=now)
        lock = partial(paces.set_pace, cast.mori, thread_id, LOCK, because, now=now)
        for deed in (add, lock):
            with pytest.raises(Refused, match="not-found"):
                make.done(deed)
    assert make.done(lambda: db.session.scalars(select(Decision)).all()) == []


@pytest.mark.holds("moderation:16")
def test_what_somebody_takes_out_says_what_the_group_asked_for(
    make, cast, client_for, item_id, ask
) -> None:
    rule = ask(cast.group_id)
    remove(client_for(cast.mori), item_id, rule)
    pace(client_for(cast.mori), f"/threads/{make.thread(cast.group_id, cast.ana)}", "lock", rule)
    site = make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben, "other"
    )
    remove(client_for(cast.mori), site, "medicine")
    taken = Taken(send(client_for(cast.ana), "/my-data"))
    own = {"guideline": TITLE, "which_asks": WORDS, "of_group": "Neck, evenings"}
    of_group = [each for each in taken.tables["decision"] if each["rule_id"] == rule]
    assert len(of_group) == 2
    assert all(each.items() >= own.items() for each in of_group)
    [of_site] = [each for each in taken.tables["decision"] if each["rule_id"] == "medicine"]
    assert of_site["guideline"] == BY_ID["medicine"].title
    [paced] = Taken(send(client_for(cast.mori), "/my-data")).tables["thread_pace"]
    assert paced.items() >= own.items()
