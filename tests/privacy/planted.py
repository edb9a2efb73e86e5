"""Words that only one person has ever written, in every place where somebody can write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID

from community.accounts import actions as accounts_actions
from community.calls.actions import holding
from community.core.actor import Actor, Role
from community.core.db import db
from community.groups import actions as groups_actions
from community.groups.models import JoinRequest
from community.groups.rules import RequestState
from community.live import prepared
from community.live.models import AfterLine
from community.safety.blocks import actions as blocks_actions
from community.threads import actions as threads_actions
from community.threads.mutes import actions as mutes_actions
from community.threads.resonance import actions as resonance_actions
from community.threads.resonance.rules import Word
from community.threads.rules.drafts import NEW_THREAD, Place, Typed
from community.threads.rules.posts import Press
from community.threads.taken_back import actions as taken_back
from community.threads.thrown_away.actions import throw_away
from tests.make import Make


@dataclass
class Scene:
    """A group with Hana, who owns it and holds its calls, and a thread and a call of hers."""

    make: Make
    hana: Actor
    group_id: UUID
    thread_id: UUID
    call_id: UUID
    other_group_id: UUID


def scene_of(make: Make) -> Scene:
    hana = make.member("Hana")
    group_id = make.group("Evenings", owner=hana, facilitators=[hana])
    hana = make.actor(hana)
    thread_id = make.thread(group_id, hana, title="Rain", words="It rains.")
    call_id = make.call(group_id, hana, title="Neck circle")
    return Scene(make, hana, group_id, thread_id, call_id, make.group("Mornings"))


@dataclass
class Planted:
    """Somebody, and every word that is theirs alone."""

    person: Actor
    tag: str
    words: list[str] = field(default_factory=list)  # that go with them
    locked: set[str] = field(default_factory=set)  # of these: only the site’s key opens them
    plans: list[str] = field(default_factory=list)  # of a call or a group: these stay, nameless
    thread_id: UUID | None = None
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    around: Callable[[str], str] = str  # what is written with each of them

    def new(self) -> str:
        word = f"{self.tag}{next(self.numbers)}z"
        self.words.append(word)
        return self.around(word)

    @property
    def readable(self) -> set[str]:
        """What stands in the files."""
        return set(self.words) - self.locked


def plant(scene: Scene, tag: str, around: Callable[[str], str] = str) -> Planted:
    """A member of the group who has used everything there is."""
    make = scene.make
    who = make.member(around(f"{tag}name"), email=f"{tag}mail@example.org")
    make.joined(scene.group_id, who, scene.hana)
    planted = Planted(make.actor(who), tag, [f"{tag}name", f"{tag}mail"], around=around)
    make.done(lambda: accounts_actions.keep_card(who, planted.new()))
    _in_threads(scene, planted)
    _in_groups_and_calls(scene, planted)
    planted.person = make.actor(who)
    return planted


def _in_threads(scene: Scene, planted: Planted) -> None:
    make, who, now = scene.make, planted.person, scene.make.clock.now()
    group_id, new = scene.group_id, planted.new
    planted.thread_id = make.thread(group_id, who, title=new(), words=new())
    make.thread(group_id, who, title=new(), words=new(), unnamed=True)
    changed = make.reply(scene.thread_id, who, new())
    make.done(lambda: threads_actions.edit(make.actor(who), changed, new(), 1, now=now))
    gone = make.reply(scene.thread_id, who, new())
    make.done(lambda: taken_back.take_back(make.actor(who), gone, now=now))
    back = make.reply(scene.thread_id, who, new())
    make.done(lambda: taken_back.take_back(make.actor(who), back, now=now))
    make.done(lambda: taken_back.put_back(make.actor(who), back, now=now))
    place, typed = Place(scene.thread_id), Typed(new())
    make.done(
        lambda: threads_actions.keep_draft(make.actor(who), place, typed, press=Press(), now=now)
    )
    about = (make.actor(who), NEW_THREAD, Typed(new()))
    unsent = make.done(lambda: threads_actions.keep_draft(*about, press=Press(), now=now))
    make.done(lambda: throw_away(make.actor(who), unsent.stamp, now=now))
    opening = make.opening(scene.thread_id)
    make.done(lambda: resonance_actions.give(make.actor(who), opening, Word.WITH_YOU, now=now))
    make.report(opening, who, "disbelief", new())
    planted.locked.add(planted.words[-1])


def _in_groups_and_calls(scene: Scene, planted: Planted) -> None:
    make, who, now = scene.make, planted.person, scene.make.clock.now()
    asked = planted.new()
    make.done(
        lambda: db.session.add(
            JoinRequest(
                group_id=scene.other_group_id,
                account_id=who.id,
                answer=asked,
                state=RequestState.WAITING,
                asked_at=now,
            )
        )
    )
    named = (planted.new(), planted.new(), planted.new())
    make.done(lambda: groups_actions.ask_to_open(make.actor(who), *named, now=now))
    make.appointed(scene.group_id, scene.hana, who, frozenset({Role.FACILITATOR}))
    is_for, about = planted.new(), f"{planted.tag}planz"
    make.done(lambda: groups_actions.invite(make.actor(who), scene.group_id, is_for, 1, 7, now=now))
    planted.plans.append(about)
    held = make.call(scene.group_id, make.actor(who), about=about)
    make.done(lambda: holding.ask_to_hold(make.actor(who), held, scene.hana.id, now=now))
    make.signed_up(scene.call_id, make.actor(who))
    share, line = planted.new(), planted.new()
    make.done(lambda: prepared.keep(make.actor(who), scene.call_id, share, aloud=False, now=now))
    over = now + timedelta(days=30)
    make.done(
        lambda: db.session.add(
            AfterLine(
                call_id=scene.call_id, account_id=who.id, words=line, written_at=now, erase_at=over
            )
        )
    )


def keep_apart(scene: Scene, one: Planted, other: Planted) -> None:
    """One doesn’t want to meet the other, and would rather not read them."""
    now = scene.make.clock.now()
    scene.make.done(lambda: mutes_actions.mute_person(one.person, other.person.id, now=now))
    scene.make.done(lambda: blocks_actions.keep_apart(one.person, other.person.id, now=now))
