"""The rest of the table of moderation: what moderators do of themselves, those who have a part in
it, what is typed in circles, what comes after a decision, and what nobody reads from outside.

`concerned` moderates the group, wrote one of these, reported another, is named in a third, and was
in the circle of a fourth.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import Connection, select

from community.accounts.locks.rules import LockReason
from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.admin import actions as admin_actions
from community.core.actor import Actor, Staff
from community.core.db import db
from community.core.vault import Vault
from community.groups.claims import actor_of
from community.moderation import actions as moderation_actions
from community.moderation.about import actions as about_actions
from community.moderation.about.models import Remark
from community.moderation.actions import Choice
from community.moderation.appeals import actions as appeal_actions
from community.moderation.appeals.models import Appeal
from community.moderation.claims import actions as claim_actions
from community.moderation.models import Decision, ReviewItem
from community.moderation.opinions import actions as opinion_actions
from community.moderation.reports import actions as report_actions
from community.moderation.rules.case import Outcome, Target
from community.threads import actions as threads_actions
from community.threads.acts.rules import Because
from community.threads.pace import actions as pace_actions
from community.threads.pace.actions import Plan
from community.threads.pace.models import ThreadPace
from community.threads.pace.rules import PaceKind
from community.threads.pictures import actions as picture_actions
from community.threads.pictures.redrawing import redraw
from community.threads.rules.drafts import Place
from tests.fakes import FrozenClock
from tests.make import Make
from tests.moderation.matrix import (
    BOTH,
    CASE,
    GROUP,
    INSIDE,
    LEADS,
    NOBODY,
    PERSON,
    SITE,
    SOON,
    WORDS,
    Deed,
    World,
    _outcome,
    _press,
    _step,
)
from tests.moderation.matrix import build as build_first
from tests.threads.drawn import picture

FREE = GROUP - {"concerned"}  # of the group’s moderators, those who have no part in it
THERE = INSIDE | {"author"}
LOOK_AFTER, END = "/posts/{post}/look-after", f"{PERSON}/{{sanction}}/end"
APPEAL = "/moderation/appeals/{appeal}"
ASIDE = "/posts/{post}/set-aside"
HOW, LOOK = "/decisions/{decision}/how", "/decisions/{decision}/another-look"
ASKED, REPORTED, OPENED = "/decisions/{decision}/asked", "/posts/{post}/reported", "/admin/locks"
HIDE = "/circles/{call}/hide/{share}"
BESIDE = ("/threads/{thread}", f'href="{LOOK_AFTER}"')
PACES: Mapping[str, Mapping[str, str]] = {
    "pause": {"days": "1", "seen": ""},
    "slow": {"days": "1", "gap": "hour", "seen": ""},
    "lock": {"seen": ""},
}


def _own(about: str, outcome: str, may: set[str], *beside: str) -> Deed:
    typed = {"outcome": outcome, "version": "1", "about": "other", **WORDS}
    return Deed(f"{outcome} of themselves", about, LOOK_AFTER, may, typed, *beside)


def _end(name: str, about: str, may: set[str], **form: str) -> Deed:
    typed = {"why": "They wrote to us.", "version": "2", **form}
    return Deed(name, about, END, may, typed, PERSON, f'href="{END}"')


def _note(about: str, may: set[str]) -> Deed:
    """A content note where nothing is decided about an item."""
    why = {"rule": "medicine", "why": "It is hard to read."}
    form = {"kinds": "pain", "seen": "", "version": "1", **why}
    return Deed("add a content note", about, "/posts/{post}/notes", may, form)


MORE = (
    *(_own("unreported", outcome, GROUP, *BESIDE) for outcome in ("hide", "return", "remove")),
    Deed("go on to the person", "unreported", f"{LOOK_AFTER}/person", GROUP, {"version": "1"}),
    _own("of a facilitator", "hide", NOBODY),
    _own("naming a moderator, unreported", "hide", FREE),
    _own("unnamed, unreported", "hide", NOBODY),
    _note("naming a moderator, unreported", FREE),
    _note("reported by a moderator", FREE),
    _note("unnamed, unreported", GROUP),
    *(
        Deed(
            "set aside",
            about,
            ASIDE,
            GROUP,
            {"about": "other", "words": "", "version": "1"},
            "/threads/{thread}",
            f'href="{ASIDE}"',
        )
        for about in ("unnamed, unreported", "of a facilitator, unnamed")
    ),
    Deed("set aside", "unreported", ASIDE, NOBODY, {"about": "other", "version": "1"}),
    *(
        Deed(f"set the pace: {kind}", "unreported", f"/threads/{{thread}}/pace/{kind}", GROUP, form)
        for kind, form in {k: {**typed, **WORDS} for k, typed in PACES.items()}.items()
    ),
    *(
        Deed(f"set the pace: {kind}", about, f"{CASE}/pace/{kind}", may, form)
        for kind, form in {k: {**typed, **WORDS} for k, typed in PACES.items()}.items()
        for about, may in (("group", GROUP), ("both", BOTH), ("platform", SITE))
    ),
    Deed(
        "suggest a content note",
        "unreported",
        "/posts/{post}/notes/suggest",
        INSIDE,
        {"kinds": "pain"},
    ),
    *(_outcome("share", outcome, FREE) for outcome in ("keep", "warn")),
    *(_outcome("share", outcome, NOBODY) for outcome in ("hide", "remove", "return")),
    _step("share", "mute-1", FREE),
    _press("claim", "share", FREE),
    *(_outcome("by a moderator", outcome, SITE) for outcome in ("keep", "remove")),
    _step("by a moderator", "warning-90", SITE),
    *(
        deed
        for about in ("reported by a moderator", "naming a moderator")
        for deed in (
            _outcome(about, "keep", FREE),
            _outcome(about, "hide", FREE),
            _step(about, "warning-90", FREE),
            _press("claim", about, FREE),
            _press("pass-up", about, FREE, version="1"),
        )
    ),
    *(_outcome("post of staff", outcome, LEADS) for outcome in ("keep", "hide", "remove")),
    Deed(
        "say what they think",
        "asked by a moderator",
        f"{CASE}/opinion",
        FREE,
        {"words": "It can stay."},
    ),
    Deed("say what they think, unasked", "group", f"{CASE}/opinion", NOBODY, {"words": "Hm."}),
    _press("leave", "in the hands of one", {"moderator"}),
    *(
        Deed(
            "note something about a person",
            about,
            f"{PERSON}/notes",
            may,
            {"words": "Wrote to them once.", "days": "90"},
        )
        for about, may in (("group", GROUP), ("both", BOTH), ("unnamed", NOBODY))
    ),
    Deed(
        "take a note about a person away",
        "noted about",
        f"{PERSON}/notes/{{remark}}/take-away",
        {"moderator", "lead"},
    ),
    _end("end a limit", "limited", SITE),
    _end("end a suspension", "suspended", SITE),
    _end("let a ban go on", "banned", {"owner"} | SITE, goes_on="yes"),
    Deed(
        "ask for another look at what was left",
        "left as it is",
        "/decisions/{decision}/another-look",
        {"reporter"},
        {"words": "It still says the same."},
    ),
    *(
        Deed("tell how it was decided", about, HOW, {by}, {"words": "Unkindly."}, LOOK, f'"{HOW}"')
        for about, by in (("left as it is", "reporter"), ("appealed on the site", "author"))
    ),
    _outcome("told how it was decided", "keep", LEADS),
    _step("told how it was decided", "warning-90", LEADS),
    *(
        Deed(
            "say that one looks at an appeal",
            about,
            f"{APPEAL}/claim",
            may,
            {},
            APPEAL,
            f'action="{APPEAL}/claim"',
        )
        for about, may in (
            ("appealed in the group", GROUP),
            ("appealed on the site", SITE),
            ("decided by the only moderator", SITE),
        )
    ),
    Deed("leave an appeal", "appeal in the hands of one", f"{APPEAL}/leave", {"moderator"}),
    Deed("take an appeal over", "appeal in the hands of one", f"{APPEAL}/claim", GROUP - {"owner"}),
    Deed(
        "answer an appeal that nobody in the group can hear",
        "decided by the only moderator",
        "/moderation/appeals/{appeal}",
        SITE,
        {"result": "rejected", "answer": "It stands.", "version": "2"},
        "/moderation",
        'href="/moderation/appeals/{appeal}"',
    ),
    Deed(
        "say what somebody does in a group",
        "place",
        "/groups/{group}/roles/{author}",
        {"owner"},
        {"roles": "moderator"},
    ),
    Deed(
        "say what somebody does for the site",
        "place",
        "/admin/staff",
        {"admin"},
        {"email": "author@example.org", "role": Staff.PLATFORM_MODERATOR.value},
    ),
    *(
        _outcome("said to the member", outcome, GROUP, other="{member}")
        for outcome in ("distance", "apology")
    ),
    *(
        Deed(
            f"say {answer} to what was asked",
            "two are asked",
            ASKED,
            {"author", "member"},
            {"answer": answer},
            ASKED,
            f'value="{answer}"',
        )
        for answer in ("yes", "no")
    ),
    *(
        Deed(name, "resting", to, GROUP, {"seen": "{pace}"}, page, f'action="{to}"')
        for name, page, to in (
            ("let it go on", "/threads/{thread}", "/threads/{thread}/pace/pause/end"),
            ("let its thread go on", f"{CASE}/pace/pause", f"{CASE}/pace/pause/end"),
        )
    ),
    *(
        Deed("take a report back", about, REPORTED, {by}, {}, REPORTED, f'action="{REPORTED}"')
        for about, by in (("group", "reporter"), ("reported by a moderator", "concerned"))
    ),
    Deed(
        "lock an account",
        "place",
        OPENED,
        {"admin"},
        {"email": "author@example.org", "reason": LockReason.ASKED.value, "days": "1"},
        OPENED,
        f'action="{OPENED}"',
    ),
    Deed(
        "open an account again",
        "locked out",
        f"{OPENED}/{{account}}/open",
        {"admin"},
        {},
        OPENED,
        f'action="{OPENED}/{{account}}/open"',
    ),
    Deed(
        "hide what somebody typed",
        "typed",
        HIDE,
        {"facilitator"},
        {"reason": "other", "words": "", "seen": "{seen}", "event_id": "{press}"},
        "/circles/{call}",
        f'href="{HIDE}"',
    ),
)

READ_MORE = {  # by the thing: what of it is read by whom
    ("unreported", "/threads/{thread}"): THERE,
    ("unreported", LOOK_AFTER): GROUP,
    ("unnamed, unreported", ASIDE): GROUP,
    ("of a facilitator, unnamed", ASIDE): GROUP,
    ("place", "/calls/{call}"): THERE,
    ("place", "/groups/{group}/members"): THERE,
    ("pictured", "/threads/{thread}"): THERE,
    ("pictured", "/pictures/{picture}"): THERE,
    ("pictured", "/pictures/{picture}/large"): THERE,
    ("pictured", "/moderation/{id}/pictures/{picture}"): BOTH,
    ("share", CASE): FREE,
    ("by a moderator", CASE): SITE,
    ("reported by a moderator", CASE): FREE,
    ("naming a moderator", CASE): FREE,
    ("post of staff", CASE): LEADS,
    ("left as it is", "/decisions/{decision}/another-look"): {"reporter"},
    ("two are asked", ASKED): {"author", "member"},
    ("group", REPORTED): {"reporter"},
    ("left as it is", HOW): {"reporter"},
    ("appealed in the group", HOW): {"author"},
    ("told how it was decided", CASE): LEADS,
    ("place", OPENED): {"admin"},
    ("typed", HIDE): {"facilitator"},
    ("appealed in the group", APPEAL): GROUP,
    ("appealed on the site", APPEAL): SITE,
    ("appeal in the hands of one", APPEAL): GROUP - {"owner"},
}


def build(app: Flask, clock: FrozenClock, connection: Connection) -> World:
    """The world with all of it."""
    world = build_first(app, clock, connection)
    more = _More(Make(app, clock), world).made()
    return replace(world, things={**world.things, **more})


class _More:
    def __init__(self, make: Make, world: World) -> None:
        self.make, self.world, self.clock = make, world, make.clock
        self.people = {role: each for role, each in world.people.items() if each}
        self.group_id = world.things["place"]["group"]
        self.nora, self.paula = make.member("Nora"), make.staff("Paula", Staff.PLATFORM_MODERATOR)
        for person in (self.nora, self.paula):
            make.joined(self.group_id, person, self.people["owner"])

    def made(self) -> Mapping[str, Mapping[str, Any]]:
        author, concerned = self.people["author"], self.people["concerned"]
        named = "@Concerned, just stop the tablets."
        return {
            "of a facilitator": self._post(self.people["facilitator"]),
            "naming a moderator, unreported": self._post(author, named),
            "unnamed, unreported": self._post(author, unnamed=True),
            "of a facilitator, unnamed": self._post(self.people["facilitator"], unnamed=True),
            "share": self._share(),
            "by a moderator": self._reported(self._post(concerned)),
            "reported by a moderator": self._reported(self._post(author), by=concerned),
            "naming a moderator": self._reported(self._post(author, named)),
            "post of staff": self._reported(self._post(self.paula)),
            "asked by a moderator": self._done_to("medical_claim", concerned, self._ask),
            "in the hands of one": self._done_to("medical_claim", None, self._claim),
            "noted about": self._noted(),
            "limited": self._sanctioned(SanctionKind.LIMIT, "Lia"),
            "suspended": self._sanctioned(SanctionKind.SUSPEND, "Sol"),
            "left as it is": self._left(),
            "told how it was decided": self._told_how(),
            "decided by the only moderator": self._decided_alone(),
            "appeal in the hands of one": self._appeal_taken(),
            "pictured": self._pictured(),
            "said to the member": self._said_to_the_member(),
            "two are asked": self._two_asked(),
            "resting": self._resting(),
            "locked out": self._locked_out(),
            "typed": self._typed(),
        }

    def _now(self, person: Actor) -> Actor:
        now = self.clock.now()
        fresh = self.make.done(lambda: actor_of(person.id, now=now))
        return replace(fresh, signed_in_at=now)

    def _post(
        self, by: Actor, words: str = "Just stop the tablets.", *, unnamed: bool = False
    ) -> dict[str, UUID]:
        thread_id = self.make.thread(self.group_id, self.nora)
        post_id = self.make.reply(thread_id, by, words, unnamed=unnamed)
        return {"thread": thread_id, "post": post_id}

    def _reported(
        self, post: dict[str, UUID], reason: str = "medical_claim", *, by: Actor | None = None
    ) -> dict[str, UUID]:
        item_id = self.make.report(post["post"], by or self.people["reporter"], reason)
        assert item_id
        return {**post, "id": item_id}

    def _done_to(
        self, reason: str, who: Actor | None, act: Callable[[Actor, UUID], None]
    ) -> dict[str, UUID]:
        item = self._reported(self._post(self.people["author"]), reason)
        by = self._now(who or self.people["moderator"])
        self.make.done(lambda: act(by, item["id"]))
        return item

    def _ask(self, actor: Actor, item_id: UUID) -> None:
        opinion_actions.ask(actor, item_id, "", now=self.clock.now())

    def _claim(self, actor: Actor, item_id: UUID) -> None:
        claim_actions.claim(actor, item_id, now=self.clock.now())

    def _note(self, actor: Actor, item_id: UUID) -> None:
        about_actions.note(actor, item_id, "Wrote to them.", 90, now=self.clock.now())

    def _noted(self) -> dict[str, UUID]:
        somebody = self.make.member("Nia")  # nothing is noted about the author
        self.make.joined(self.group_id, somebody, self.people["owner"])
        item = self._reported(self._post(somebody), "stop_treatment")
        by = self._now(self.people["moderator"])
        self.make.done(lambda: self._note(by, item["id"]))
        return {
            **item,
            "remark": self.make.done(lambda: db.session.scalars(select(Remark.id)).one()),
        }

    def _sanctioned(self, kind: SanctionKind, name: str) -> dict[str, UUID]:
        somebody = self.make.member(name)
        self.make.joined(self.group_id, somebody, self.people["owner"])
        item = self._reported(self._post(somebody), "stop_treatment")
        self.make.sanction(item["id"], self.paula, kind, 30)
        query = select(Sanction.id).where(Sanction.account_id == somebody.id)
        return {**item, "sanction": self.make.done(lambda: db.session.scalars(query).one())}

    def _decision(self, item_id: UUID) -> UUID:
        query = select(Decision.id).where(Decision.item_id == item_id)
        return self.make.done(lambda: db.session.scalars(query).one())

    def _left(self) -> dict[str, UUID]:
        item = self._reported(self._post(self.people["author"]))
        self.make.decision(item["id"], self.people["moderator"], Outcome.KEEP)
        return {**item, "decision": self._decision(item["id"])}

    def _told_how(self) -> dict[str, UUID]:
        """The author tells how another moderator of the group decided."""
        decision_id, now = self.world.things["appealed in the group"]["decision"], self.clock.now()
        what = (self._now(self.people["author"]), decision_id, "Unkindly.")
        self.make.done(lambda: report_actions.report_how(*what, now=now))
        decider = select(Decision.decided_by).where(Decision.id == decision_id).scalar_subquery()
        about = (ReviewItem.about == Target.PERSON, ReviewItem.author_id == decider)
        query = select(ReviewItem.id).where(*about)
        return {"id": self.make.done(lambda: db.session.scalars(query).one())}

    def _decided_alone(self) -> dict[str, UUID]:
        alone, writer = self.make.member("Alan"), self.make.member("Wren")
        group_id = self.make.group("Jaw", owner=alone, members=[writer, self.nora])
        thread_id = self.make.thread(group_id, self.nora)
        item = self._reported(
            {"post": self.make.reply(thread_id, writer), "thread": thread_id}, by=self.nora
        )
        return self._appealed(item, alone, writer)

    def _appeal_taken(self) -> dict[str, UUID]:
        author = self.people["author"]
        item = self._appealed(self._reported(self._post(author)), self.people["owner"], author)
        by, now = self._now(self.people["moderator"]), self.clock.now()
        self.make.done(lambda: appeal_actions.claim(by, item["appeal"], now=now))
        return item

    def _appealed(self, item: dict[str, UUID], decider: Actor, writer: Actor) -> dict[str, UUID]:
        self.make.decision(item["id"], decider, Outcome.REMOVE)
        decision_id, now = self._decision(item["id"]), self.clock.now()
        by = self._now(writer)
        self.make.done(lambda: appeal_actions.ask(by, decision_id, "", now=now))
        query = select(Appeal.id).where(Appeal.decision_id == decision_id)
        return {**item, "appeal": self.make.done(lambda: db.session.scalars(query).one())}

    def _pictured(self) -> dict[str, UUID]:
        thread_id, now = self.make.thread(self.group_id, self.nora), self.clock.now()
        author = self._now(self.people["author"])

        taken = (author, Place(thread_id), redraw(picture()), "A grey cat asleep on a chair.")
        picture_id = self.make.done(lambda: picture_actions.take(*taken, now=now))
        what, put = (author, thread_id, "My cat."), {"pictures": [picture_id], "now": now}
        post_id = self.make.done(lambda: threads_actions.reply(*what, **put).post_id)
        post = {"thread": thread_id, "post": post_id}
        return {**self._reported(post, "stop_treatment"), "picture": picture_id}

    def _said_to_the_member(self) -> dict[str, UUID]:
        post = self._post(self.people["author"], "@Member, nobody asked you.")
        return {**self._reported(post), "member": self.people["member"].id}

    def _two_asked(self) -> dict[str, UUID]:
        item, now = self._said_to_the_member(), self.clock.now()
        why, other = (Outcome.DISTANCE, "medicine", "You can both say no.", ""), item["member"]
        choice, by = Choice(*why, 1, other=other), self._now(self.people["moderator"])
        self.make.done(lambda: moderation_actions.decide(by, item["id"], choice, now=now))
        return {**item, "decision": self._decision(item["id"])}

    def _resting(self) -> dict[str, UUID]:
        item, now = self._reported(self._post(self.people["author"])), self.clock.now()
        by, plan = self._now(self.people["moderator"]), Plan(PaceKind.PAUSE, 1, None, None)
        what = (by, item["thread"], plan, Because("medicine", "Let us all rest."))
        self.make.done(lambda: pace_actions.set_pace(*what, now=now))
        query = select(ThreadPace.id).where(ThreadPace.thread_id == item["thread"])
        return {**item, "pace": self.make.done(lambda: db.session.scalars(query).one())}

    def _locked_out(self) -> dict[str, UUID]:
        lola, by = self.make.member("Lola"), self._now(self.people["admin"])
        what, now = (by, lola.id, LockReason.ASKED, 7), self.clock.now()
        self.make.done(lambda: admin_actions.lock(*what, now=now))
        return {"account": lola.id}

    def _typed(self) -> dict[str, Any]:
        """Typed by the member, and the circle goes on."""
        roles = ("member", "reporter", "concerned")
        seated = [self._now(self.people[role]) for role in roles]
        holder = self.people["facilitator"]
        call_id = self.make.call(self.group_id, holder, starts_in=SOON, seated=seated)
        for role in ("facilitator", *roles):
            way = {"way": "text", "shows_card": "y"}
            joined = self.world.browsers[role].post(f"/calls/{call_id}/lobby", data=way)
            assert joined.status_code == 302
        self._press("facilitator", call_id, "start")
        self._press("facilitator", call_id, "begin-round", seen=self._board(call_id)["version"])
        turn = {"seen": self._board(call_id)["version"], "mode": "typed", "wish": "just-listen"}
        self._press("member", call_id, "accept", **turn)
        self._press("member", call_id, "say", words="Just stop the tablets.")
        board = self._board(call_id)
        share_id = UUID(board["words"][-1]["id"])
        return {"call": call_id, "share": share_id, "seen": board["version"], "press": uuid4()}

    def _share(self) -> dict[str, UUID]:
        """The same, reported, and the circle is over."""
        typed = self._typed()
        call_id, share_id = typed["call"], typed["share"]
        reporter, now = self._now(self.people["reporter"]), self.clock.now()
        vault = Vault(self.world.app.config["CASE_KEY"])
        what = (reporter, call_id, share_id, "medical_claim", "", vault)
        self.make.done(lambda: report_actions.report_share(*what, now=now))
        self._press("facilitator", call_id, "end")
        query = select(ReviewItem.id).where(ReviewItem.share_id == share_id)
        return {"id": self.make.done(lambda: db.session.scalars(query).one())}

    def _press(self, role: str, call_id: UUID, event: str, **fields: object) -> None:
        payload = {"call_id": str(call_id), "event_id": str(uuid4()), **fields}
        answer = self.world.browsers[role].post(
            f"/circles/{call_id}/events/{event}",
            json=payload,
            headers={"Accept": "application/json"},
        )
        assert answer.get_json()["ok"], answer.text

    def _board(self, call_id: UUID) -> dict:
        answer = self.world.browsers["reporter"].get(
            f"/circles/{call_id}/state", headers={"Accept": "application/json"}
        )
        return answer.get_json()["board"]
