"""Whoever reports is named on no page, in no letter and over no socket, but in the one answer to
whoever may look it up.

Zoltana reports a post, a person and a call in the group of everybody, where nobody is listed, and
signs nothing. The others then look at every page that there is.
"""

import json
from uuid import UUID

import pytest
from sqlalchemy import select

from community.calls.models import Call
from community.core.db import db
from community.core.post import post
from community.core.sockets import socketio
from community.moderation.models import Report
from community.threads.models import Post
from tests.moderation.test_nowhere_named import (
    ELSEWHERE,
    World,
    betrays,
    decide,
    no_letter_betrays,
    pages,
    world,
)
from tests.pages import send

__all__ = ["world"]
WORDS = "It weighs on me."


@pytest.fixture
def told(world: World) -> World:
    """She reports three posts of Ben’s, himself and a call. One is removed, one is left, and Lena
    looks up who reported the third, and the call."""
    make, her, ben = world.make, world.zoltana, world.people["Ben"]
    thread_id = make.thread(world.group_id, world.people["Otto"], title="Signed by Otto")
    for name, person in world.people.items():
        line = socketio.test_client(make.app, flask_test_client=world.client_for(person))
        line.emit("watch-thread", {"thread_id": str(thread_id), "last": 1}, callback=True)
        world.lines[name] = line
    posts = [make.reply(thread_id, ben, f"Words {number}.") for number in range(3)]
    call_id = make.call(world.group_id, world.people["Fay"])
    removed, left, third = (make.report(each, her, "sexual", WORDS) for each in posts)
    make.report_person(ben, her, group_id=world.group_id, words=WORDS)
    called = make.report_call(call_id, her, words=WORDS)
    decide(world, removed, "remove")
    decide(world, left, "keep")
    for item_id, because in ((third, "harm"), (called, "law")):
        asked = {"because": because, "why": "To ask what was seen."}
        answer = send(world.browser("Lena"), f"/moderation/{item_id}/reporters", **asked)
        assert betrays(answer.text, her)
    return world


def found(make, column) -> list[UUID]:
    return make.done(lambda: db.session.scalars(select(column)).all())


@pytest.mark.thorough
@pytest.mark.holds("moderation:7", "asvs:3")
def test_no_page_says_who_reported(app, told):
    all_of = {"post_id": Post, "call_id": Call}
    ids = told.ids() | {
        name: [str(each) for each in found(told.make, model.id)] for name, model in all_of.items()
    }
    walked = list(pages(app, ids, ELSEWHERE - {"call_id"} | {"ask"}))
    assert len(walked) > 120
    assert found(told.make, Report.reporter_id) == [told.zoltana.id] * 5
    for name in ("Ben", "Fay", "Mina", "Otto", "Pat", "Lena", "Adam"):
        browser = told.client_for(told.people.get(name))
        for page in walked:
            answer = browser.get(page)
            said = f"{answer.headers}\n{answer.data.decode(errors='replace')}"
            assert not betrays(said, told.zoltana), (name, page)


@pytest.mark.holds("moderation:7")
def test_no_letter_and_no_push_to_an_open_page_says_who_reported(app, told, mail, clock):
    with app.app_context():
        post(clock.now())
    no_letter_betrays(mail, told.zoltana)
    heard = {name: json.dumps(line.get_received()) for name, line in told.lines.items()}
    assert "post-gone" in heard["Otto"]
    for name, each in heard.items():
        assert not betrays(each, told.zoltana), name
