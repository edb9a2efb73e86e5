"""Whoever writes without their name is named on no page, in no letter and over no socket.

Zoltana’s name and id stand nowhere by chance. She is in the group of everybody, where nobody is
listed, and signs nothing. Everybody else then looks at every page that there is.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor, Role, Staff
from community.core.db import db
from community.core.drawing import seat_path
from community.core.post import post
from community.core.sockets import socketio
from community.dystonia.tags import TAGS
from community.moderation.appeals.models import Appeal
from community.moderation.help.models import HelpWanted
from community.moderation.models import Decision, ReviewItem
from community.moderation.sanctions.models import SanctionProposal
from community.threads import queries
from community.threads.models import Draft, Post, Thread
from community.threads.pictures import actions as pictures
from community.threads.pictures.models import Picture
from community.threads.pictures.redrawing import redraw
from community.threads.pictures.rules import Size
from community.threads.reading import actions as reading_actions
from community.threads.rules.drafts import Place
from tests.letters import page as page_of
from tests.letters import words as words_of
from tests.pages import send
from tests.threads.drawn import picture

WORDS = "Nobody at home knows of it."
ROLES = {
    "Fay": {Role.FACILITATOR},
    "Mina": {Role.MODERATOR},
    "Otto": {Role.OWNER},
}
STAFF = {"Pat": Staff.PLATFORM_MODERATOR, "Lena": Staff.SAFETY_LEAD, "Adam": Staff.ADMIN}
READERS = ("Ben", "Cleo", "Mina", "Otto", "Lena", "Adam", "a guest")
ELSEWHERE = frozenset(
    {
        *("call_id", "request_id", "guideline_id", "series_id", "share_id", "search_id"),
        *("sealed", "key"),
    }
)
"""What belongs to calls, to asking in and to the post: nobody writes without a name there."""


def betrays(text: str, person: Actor) -> bool:
    marks = (person.name, str(person.id), person.id.hex, seat_path(person.id))
    return any(mark.lower() in text.lower() for mark in marks)


def no_letter_betrays(mail, person: Actor) -> None:
    """Not one of those that somebody else has; there are some."""
    letters = [each for each in mail.kept if each["To"] != "zoltana@example.org"]
    assert {each["To"] for each in letters} >= {"ben@example.org"}
    for letter in letters:
        said = [str(letter), words_of(letter), page_of(letter)]
        assert not any(betrays(each, person) for each in said), letter["To"]


@dataclass
class World:
    """Who is there, what is open before them, and what they were told meanwhile."""

    make: object
    client_for: object
    zoltana: Actor
    group_id: UUID
    people: dict[str, Actor]
    lines: dict[str, object] = field(default_factory=dict)

    def browser(self, name: str):
        return self.client_for(self.people[name])

    def ids(self) -> dict[str, list[str]]:
        def all_of(model, *which) -> list[str]:
            query = select(model.id).where(*which)
            found = self.make.done(lambda: db.session.scalars(query).all())
            return [str(each) for each in found]

        return {
            "thread_id": all_of(Thread),
            "post_id": all_of(Post, Post.author_id == self.zoltana.id),
            "item_id": all_of(ReviewItem),
            "decision_id": all_of(Decision),
            "sanction_id": all_of(Sanction),
            "appeal_id": all_of(Appeal),
            "proposal_id": all_of(SanctionProposal),
            "help_id": all_of(HelpWanted),
            "group_id": [str(self.group_id)],
            "account_id": [str(self.people["Ben"].id)],
            "tag_id": [str(next(each.id for each in TAGS if each.slug == "neck"))],
            "about": ["unkind"],
            "kind": ["pause", "slow", "lock"],
            "place": ["topic", "group"],
            "slug": ["cervical"],
            "rule_id": ["moderators"],
            "picture_id": all_of(Picture),
            "size": list(Size),
            "stamp": self.make.done(
                lambda: list(map(str, db.session.scalars(select(Draft.stamp))))
            ),
        }


def pages(
    app: Flask, ids: dict[str, list[str]], elsewhere: frozenset[str] = ELSEWHERE
) -> Iterator[str]:
    """Every address of a page, with everything that there is."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            if rule.arguments & elsewhere:
                continue
            names = sorted(rule.arguments)
            for values in product(*(ids[name] for name in names)):
                yield app.url_map.bind("localhost").build(
                    rule.endpoint, dict(zip(names, values, strict=True))
                )


@pytest.fixture
def world(app, make, client_for) -> World:
    """The people, those who keep apart from her and she from, and open pages of theirs."""
    group_id = make.everyone()
    staff = {name: make.staff(name, role) for name, role in STAFF.items()}
    people = {name: make.member(name) for name in ("Ben", "Cleo", "Dora", *ROLES)} | staff
    for name, roles in ROLES.items():
        make.appointed(group_id, staff["Adam"], people[name], frozenset(roles))
    zoltana = make.member("Zoltana")
    make.kept_apart(people["Cleo"], zoltana)
    make.kept_apart(zoltana, people["Dora"])
    people = {name: make.actor(person) for name, person in people.items()}
    return World(make, client_for, make.actor(zoltana), group_id, people)


@pytest.fixture
def lived(app, world: World) -> World:
    """She starts a thread and replies in one, changes, takes back and has something held; it is
    reported, decided, answered, and somebody looks her up."""
    make, her = world.make, world.client_for(world.zoltana)
    bens = make.thread(world.group_id, world.people["Ben"], title="Signed by Ben")
    for name, person in world.people.items():
        line = socketio.test_client(app, flask_test_client=world.client_for(person))
        line.emit("watch-thread", {"thread_id": str(bens), "last": 1}, callback=True)
        world.lines[name] = line
    reply = f"/threads/{bens}/replies"
    for words in (WORDS, "A second one.", "A third one.", "Buy now at www.example.com: best price"):
        send(her, f"/threads/{bens}", reply, words=words, unnamed="y")
    cat = (world.zoltana, Place(bens), redraw(picture()), "A grey cat.")
    cat_id = make.done(lambda: pictures.take(*cat, now=make.clock.now()))
    send(her, f"/threads/{bens}", reply, words="With a cat.", pictures=str(cat_id), unnamed="y")
    send(her, f"/threads/{bens}", f"/threads/{bens}/draft", words="Not yet.", event_id=str(uuid4()))
    hers = make.thread(world.group_id, world.zoltana, title="Hers", tags=["neck"], unnamed=True)
    for name in ("Ben", "Cleo", "Dora", "Mina"):
        make.reply(hers, world.people[name], f"Thank you, says {name}.")
    send(world.browser("Ben"), f"/threads/{hers}/tell", words="I worry about them.")
    first, second, third, _ = shown(make, bens)
    send(her, f"/posts/{first}/edit", words="Changed since.", version="1")
    send(her, f"/posts/{second}/take-back")
    items = [
        make.report(each, world.people["Ben"], "sexual")
        for each in (make.opening(hers), first, third)
    ]
    decide(world, items[1])
    make.sanction(items[0], world.people["Mina"], SanctionKind.MUTE, 1)
    make.sanction(items[0], world.people["Pat"], SanctionKind.SUSPEND, 90, version=2)
    decision = make.done(lambda: str(db.session.scalars(select(Decision.id)).first()))
    send(her, f"/decisions/{decision}/another-look", words="Please look again.")
    for person in world.people.values():
        make.done(lambda person=person: reading_actions.keep_place(person, bens, 2))
    asked = {"because": "harm", "why": "To warn somebody."}
    named = send(world.browser("Lena"), f"/moderation/{items[2]}/name", **asked)
    assert betrays(named.text, world.zoltana)
    return world


def shown(make, thread_id) -> list[UUID]:
    replies = select(Post.id).where(Post.thread_id == thread_id, Post.number > 1)
    return make.done(lambda: db.session.scalars(replies.order_by(Post.number)).all())


def decide(world: World, item_id: UUID, outcome: str = "remove") -> None:
    page = f"/moderation/{item_id}"
    browser = world.browser("Mina")
    version = re.search(r'name="version" value="(\d+)"', browser.get(page).text)[1]
    decision = {"outcome": outcome, "rule": "experience", "why": "It tells who.", "notes": []}
    assert send(browser, page, version=version, **decision).status_code == 302


@pytest.mark.thorough
@pytest.mark.holds("moderation:22", "asvs:3")
def test_no_page_says_who_it_was(app, lived):
    ids = lived.ids()
    assert all(ids.values())
    walked = list(pages(app, ids))
    cat = f"/pictures/{ids['picture_id'][0]}"
    assert lived.browser("Ben").get(cat).status_code == 200
    assert len(walked) > 120
    for name in READERS:
        browser = lived.client_for(lived.people.get(name))
        for page in walked:
            answer = browser.get(page)
            if page == "/apart" and name == "Cleo":  # she keeps apart from a Zoltana, as she knows
                continue
            said = f"{answer.headers}\n{answer.data.decode(errors='replace')}"
            assert not betrays(said, lived.zoltana), (name, page)


@pytest.mark.holds("moderation:22")
def test_no_search_says_it(lived):
    found = 0
    for name in READERS:
        if name not in lived.people:
            continue
        browser = lived.browser(name)
        page = browser.get(send(browser, "/search", words="hers").location)
        found += "Hers" in page.text
        assert not betrays(page.text, lived.zoltana), name
    assert found


@pytest.mark.holds("moderation:22")
def test_no_letter_and_no_push_to_an_open_page_says_it(app, lived, mail, clock):
    with app.app_context():
        post(clock.now())
    no_letter_betrays(mail, lived.zoltana)
    told = {name: json.dumps(line.get_received()) for name, line in lived.lines.items()}
    assert "post-gone" in told["Ben"]
    assert "new-reply" in told["Ben"]
    for name, heard in told.items():
        assert not betrays(heard, lived.zoltana), name


@pytest.mark.holds("moderation:21", "moderation:22")
@pytest.mark.parametrize("seed", range(5))
def test_whoever_writes_under_whichever_name_is_seen_as_they_chose(make, cast, client_for, seed):
    chance = Random(seed)
    writers = [cast.ana, cast.ben, cast.hana, cast.mori]
    start = {"author": chance.choice(writers), "unnamed": chance.random() < 0.5}
    thread_id = make.thread(cast.group_id, title="A thread", words="Words 1.", **start)
    written = [start]
    for number in range(2, 12):
        one = {"author": chance.choice(writers), "unnamed": chance.random() < 0.5}
        make.reply(thread_id, words=f"Words {number}.", **one)
        written.append(one)
    for one, other in product(writers, writers):
        if one != other and chance.random() < 0.3:
            make.kept_apart(one, other)
    for reader in map(make.actor, (*writers, cast.marta)):
        page = client_for(reader).get(f"/threads/{thread_id}").text
        there = [
            number
            for number, each in enumerate(written, 1)
            if each["unnamed"] or reader.meets(each["author"].id)
        ]
        assert sorted(set(map(int, re.findall(r"Words (\d+)\.", page)))) == there
        found = make.done(lambda reader=reader: queries.posts(reader, thread_id, 1))
        for row in (found.opening, *found.replies):
            one = written[row.number - 1]
            if row.number == 1 and row.number not in there:
                continue
            is_known = not one["unnamed"] or one["author"].id == reader.id
            assert row.author_id == (one["author"].id if is_known else None)
            assert (row.author_name == one["author"].name) == (not one["unnamed"])
        row = make.done(lambda reader=reader: queries.thread(reader, thread_id))
        assert row.replies == len([each for each in there if each > 1])
