"""The table of moderation, “Actions and who”, as data, and the world that it is checked in.

Each row is something that can be done to one thing, and by whom. Everybody else can’t tell that it
is there, or is refused, and nothing changes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor, Staff
from community.core.db import db
from community.groups.claims import actor_of
from community.moderation.appeals import actions as appeal_actions
from community.moderation.appeals.models import Appeal
from community.moderation.care import actions as care_actions
from community.moderation.duty import actions as duty_actions
from community.moderation.help import actions as help_actions
from community.moderation.help.models import HelpWanted
from community.moderation.help.rules import HelpStep
from community.moderation.models import Decision, ReviewItem
from community.moderation.reports import actions as report_actions
from community.moderation.reports.queries import Met
from community.moderation.rules.case import Outcome
from community.moderation.sanctions.models import SanctionProposal
from community.threads import actions as threads_actions
from tests.fakes import FrozenClock
from tests.make import Make

ROLES = (
    "guest",
    "member",
    "author",
    "reporter",
    "facilitator",
    "moderator",
    "concerned",  # a moderator too, who has a part in some of what there is (more_deeds.py)
    "owner",
    "elsewhere",
    "platform",
    "lead",
    "admin",
)
GROUP = {"moderator", "concerned", "owner"}  # of the group that it is in
SITE = {"platform", "lead"}
BOTH = GROUP | SITE
NOBODY: set[str] = set()
SOON = timedelta(minutes=10)
INSIDE = {
    "member",
    "reporter",
    "facilitator",
    "moderator",
    "concerned",
    "owner",
}  # and didn’t write it


@dataclass(frozen=True)
class Deed:
    """One row: where it is done, with what, by whom, and where a page offers it."""

    name: str
    about: str  # a thing of the world
    to: str  # the address that it is sent to
    may: set[str]
    form: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None  # which offers it to them, and to nobody else
    offers: str = ""  # what stands on that page then

    def __str__(self) -> str:
        return f"{self.name}, {self.about}"


WORDS = {"rule": "medicine", "why": "Only a prescriber can say that safely."}
CASE, PERSON = "/moderation/{id}", "/moderation/{id}/person"


def _outcome(about: str, outcome: str, may: set[str], **more: str) -> Deed:
    form = {"outcome": outcome, "version": "1", "notes": "pain", **WORDS, **more}
    return Deed(outcome, about, CASE, may, form, CASE, f'value="{outcome}"')


def _step(about: str, step: str, may: set[str]) -> Deed:
    form = {"step": step, "version": "1", **WORDS}
    return Deed(step, about, PERSON, may, form, PERSON, f'value="{step}"')


def _press(name: str, about: str, may: set[str], **form: str) -> Deed:
    to = f"{CASE}/{name}"
    return Deed(name, about, to, may, form, CASE, f'action="{to}"')


LADDER = {  # by whose queue it is in: who may take this step, or propose it
    "warning-90": {"group": GROUP, "both": BOTH, "platform": SITE},
    "circles-1": {"group": GROUP, "both": BOTH, "platform": SITE},
    "mute-1": {"group": GROUP, "both": BOTH, "platform": SITE},
    "mute-14": {"group": GROUP, "both": BOTH, "platform": SITE},
    "ban-90": {"group": GROUP, "both": BOTH, "platform": SITE},
    "limit-30": {"group": NOBODY, "both": SITE, "platform": SITE},
    "suspend-30": {"group": NOBODY, "both": SITE, "platform": SITE},
    "suspend-365": {"group": NOBODY, "both": SITE, "platform": SITE},
}
PROPOSED = {  # who takes it only with a second one
    "ban-90": {"moderator", "concerned"},
    "suspend-365": {"platform"},
}
OUTCOMES = ("keep", "hide", "note", "return", "remove")
LEADS = {"lead"}
OPEN = {"group": GROUP, "both": BOTH, "platform": SITE}

TABLE = (
    *(_outcome(about, outcome, may) for about, may in OPEN.items() for outcome in OUTCOMES),
    *(_outcome("held", outcome, GROUP, passages="") for outcome in ("approve", "return", "remove")),
    *(_outcome("young", outcome, LEADS) for outcome in OUTCOMES),
    *(_step("young", step, LEADS) for step in ("warning-90", "suspend-365")),
    _press("claim", "young", LEADS),
    _outcome("of staff", "keep", LEADS),
    _step("of staff", "warning-90", LEADS),
    _press("claim", "of staff", LEADS),
    _outcome("person", "keep", GROUP),
    *(_outcome("call", outcome, SITE) for outcome in ("keep", "warn")),  # of a facilitator
    *(_outcome(about, "remove", NOBODY) for about in ("person", "call")),
    *(_outcome("crisis", outcome, NOBODY) for outcome in ("keep", "return")),
    _outcome("crisis", "hide", BOTH),
    *(_outcome("crisis seen to", outcome, LEADS, version="2") for outcome in ("care", "remove")),
    *(_step(about, step, may) for step, each in LADDER.items() for about, may in each.items()),
    _step("person", "mute-1", GROUP),
    _step("person", "limit-30", NOBODY),
    _step("call", "mute-1", SITE),
    _step("crisis", "mute-1", NOBODY),
    _step("held", "mute-1", GROUP),
    *(_press("claim", about, may) for about, may in OPEN.items()),
    _press("pass-up", "group", GROUP, version="1"),
    _press("pass-up", "both", GROUP, version="1"),
    _press("pass-up", "platform", NOBODY, version="1"),
    *(_press("pass-on", about, may) for about, may in OPEN.items()),
    Deed("ask what others think", "group", f"{CASE}/ask-others", GROUP, {"words": ""}),
    Deed("ask what others think", "platform", f"{CASE}/ask-others", SITE, {"words": ""}),
    Deed("point to help", "crisis", f"{CASE}/help", BOTH, {"country": "", "words": ""}),
    Deed("take a step of care", "crisis", f"{CASE}/care", BOTH, {"step": "talked"}),
    Deed(
        "hand it over",
        "crisis",
        f"{CASE}/care",
        SITE,
        {"step": "handed", "handed_to": "emergency"},
        CASE,
        'value="emergency"',
    ),
    Deed(
        "tell a moderator",
        "unreported",
        "/threads/{thread}/tell",
        INSIDE | {"author"},
        {"words": ""},
        "/threads/{thread}",
        'href="/threads/{thread}/tell"',
    ),
    Deed(
        "see to whoever told a moderator",
        "help",
        "/moderation/help/{id}",
        BOTH,
        {"step": "all-right"},
        "/moderation",
        'href="/moderation/help/{id}"',
    ),
    Deed(
        "write to whoever told a moderator",
        "help",
        "/moderation/help/{id}/write",
        BOTH,
        {"words": "I’ve read it.", "country": ""},
    ),
    Deed(
        "say that all is done that can be",
        "help up",
        "/moderation/help/{id}",
        LEADS,
        {"step": "done"},
        "/moderation/help/{id}",
        'value="done"',
    ),
    Deed(
        "say that one is looking",
        "place",
        "/moderation/duty",
        BOTH | {"elsewhere"},
        {"begins": "now", "minutes": "60"},
        "/moderation",
        'action="/moderation/duty"',
    ),
    Deed(
        "say that one is looking no more",
        "looking",
        "/moderation/duty/gone",
        BOTH | {"elsewhere"},
        {},
        "/moderation",
        'action="/moderation/duty/gone"',
    ),
    Deed("ask to talk something over", "place", "/moderation/talk", BOTH | {"elsewhere"}),
    Deed("take that back", "place", "/moderation/talk/take-back", BOTH | {"elsewhere"}),
    *(
        Deed(
            f"write down of the police: {step}",
            "platform",
            f"{CASE}/police",
            LEADS,
            {"step": step},
            CASE,
            f'value="{step}"',
        )
        for step in ("police-told", "police-no-duty")
    ),
    Deed("write down of the police", "both", f"{CASE}/police", NOBODY, {"step": "police-told"}),
    Deed("take a step of care", "both", f"{CASE}/care", NOBODY, {"step": "talked"}),
    Deed("look up a name", "unnamed", f"{CASE}/name", SITE, {"because": "harm", "why": "To stop."}),
    Deed("look up a name", "both", f"{CASE}/name", NOBODY, {"because": "harm", "why": "To stop."}),
    *(
        Deed(
            "look up who reported it",
            about,
            f"{CASE}/reporters",
            may,
            {"because": "harm", "why": "To stop."},
            CASE,
            f'href="{CASE}/reporters"',
        )
        for about, may in (("group", NOBODY), ("both", SITE), ("platform", SITE), ("call", SITE))
    ),
    Deed(
        "look up who reported it",
        "person",
        f"{CASE}/reporters",
        NOBODY,
        {"because": "life", "why": "To stop."},
    ),
    Deed(
        "end a mute",
        "muted",
        "/moderation/{id}/person/{sanction}/end",
        BOTH,
        {"why": "They wrote to us.", "version": "2"},
        PERSON,
        'href="/moderation/{id}/person/{sanction}/end"',
    ),
    Deed(
        "end a ban",
        "banned",
        "/moderation/{id}/person/{sanction}/end",
        {"owner"} | SITE,
        {"why": "They wrote to us.", "goes_on": "no", "version": "2"},
        PERSON,
        'href="/moderation/{id}/person/{sanction}/end"',
    ),
    Deed(
        "agree to a ban",
        "ban proposed",
        "/moderation/proposed/{proposal}",
        {"owner"} | SITE,
        {"agree": "yes", "words": "", "version": "2"},
        "/moderation",
        'href="/moderation/proposed/{proposal}"',
    ),
    Deed(
        "agree to a long suspension",
        "suspension proposed",
        "/moderation/proposed/{proposal}",
        SITE,
        {"agree": "yes", "words": "", "version": "2"},
        "/moderation",
        'href="/moderation/proposed/{proposal}"',
    ),
    Deed(
        "answer an appeal of a group’s decision",
        "appealed in the group",
        "/moderation/appeals/{appeal}",
        GROUP,
        {"result": "rejected", "answer": "It stands.", "version": "2"},
        "/moderation",
        'href="/moderation/appeals/{appeal}"',
    ),
    Deed(
        "answer an appeal of a decision of the site",
        "appealed on the site",
        "/moderation/appeals/{appeal}",
        SITE,
        {"result": "rejected", "answer": "It stands.", "version": "2"},
        "/moderation",
        'href="/moderation/appeals/{appeal}"',
    ),
    Deed(
        "report a post",
        "unreported",
        "/posts/{post}/report/unkind",
        INSIDE,
        {"reason": "harassment", "words": ""},
        "/threads/{thread}",
        'href="/posts/{post}/report"',
    ),
    Deed(
        "report a person",
        "place",
        "/groups/{group}/members/{author}/report/unkind",
        INSIDE,
        {"reason": "harassment", "words": ""},
        "/groups/{group}/members",
        'href="/groups/{group}/members/{author}/report"',
    ),
    Deed(
        "report a call",
        "place",
        "/calls/{call}/report/unkind",
        INSIDE - {"facilitator"} | {"author"},  # who holds it
        {"reason": "harassment", "words": ""},
        "/calls/{call}",
        'href="/calls/{call}/report"',
    ),
    Deed(
        "watch for words",
        "place",
        "/moderation/words",
        SITE,
        {"kind": "spam", "phrase": "miracle oil"},
        "/moderation",
        'href="/moderation/words"',
    ),
    Deed(
        "leave words out",
        "place",
        "/moderation/words/spam/leave-out",
        SITE,
        {"phrase": "casino bonus"},
        "/moderation/words",
        'action="/moderation/words/spam/leave-out"',
    ),
    Deed(
        "add a content note",
        "unreported",
        "/posts/{post}/notes",
        GROUP,
        {
            "kinds": "pain",
            "rule": "medicine",
            "why": "It is hard to read.",
            "seen": "",
            "version": "1",
        },
        "/threads/{thread}",
        'href="/posts/{post}/notes"',
    ),
    *(
        Deed(
            "let its thread rest",
            about,
            f"{CASE}/pace/pause",
            may,
            {"days": "1", "seen": "", **WORDS},
            CASE,
            f'href="{CASE}/pace/pause"',
        )
        for about, may in OPEN.items()
    ),
    Deed(
        "let a thread rest",
        "unreported",
        "/threads/{thread}/pace/pause",
        GROUP,
        {"days": "1", "rule": "medicine", "why": "Let us all rest.", "seen": ""},
        "/threads/{thread}",
        'href="/threads/{thread}/pace/pause"',
    ),
)


READ = {  # who may read what, apart from what is above
    "/moderation": BOTH | {"elsewhere"},
    "/moderation/handbook": BOTH | {"elsewhere"},
    "/moderation/record": {"admin"},
    "/moderation/words": SITE,
    **{f"/moderation/{{{about}}}": may for about, may in OPEN.items()},
    **{f"/moderation/{{{about}}}/person": may for about, may in OPEN.items()},
    "/moderation/{young}": LEADS,
    "/moderation/{of staff}": LEADS,
    "/moderation/{of staff}/person": LEADS,
    "/moderation/{of staff}/reporters": LEADS,
    "/moderation/talk": BOTH | {"elsewhere"},
    "/moderation/{crisis}/help": BOTH,
    "/moderation/help/{help}": BOTH,
    "/moderation/{unnamed}/name": SITE,
    "/moderation/{group}/reporters": NOBODY,
    "/moderation/{both}/reporters": SITE,
    "/moderation/{held}/reporters": NOBODY,
    "/posts/{removed}/statement": {"author"},
    "/decisions/{decision}/another-look": {"author"},
}


@dataclass(frozen=True)
class World:
    """Somebody of each role, a browser of theirs, and each of the things."""

    app: Flask
    clock: FrozenClock
    connection: Connection
    people: Mapping[str, Actor | None]
    browsers: Mapping[str, FlaskClient]
    things: Mapping[str, Mapping[str, UUID]]
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def page(self, role: str, place: str) -> str:
        """What somebody of this role reads there. It is looked at once."""
        if (role, place) not in self.seen:
            with self.undone():
                self.seen[role, place] = self.browsers[role].get(place).text
        return self.seen[role, place]

    def place(self, deed: Deed, address: str) -> str:
        """This address, about what the deed is about."""
        return address.format(**self.things[deed.about])

    def typed(self, deed: Deed) -> Mapping[str, str]:
        """What is sent, with the ids of what the deed is about."""
        return {name: self.place(deed, value) for name, value in deed.form.items()}

    @contextmanager
    def undone(self) -> Iterator[None]:
        """As if nothing had happened."""
        before = self.connection.begin_nested()
        try:
            yield
        finally:
            before.rollback()


def build(app: Flask, clock: FrozenClock, connection: Connection) -> World:
    """The world. Marta and Petra have decided and proposed what others answer."""
    make = Make(app, clock)
    names = {role: role.capitalize() for role in ROLES if role != "guest"}
    staff = {
        "platform": Staff.PLATFORM_MODERATOR,
        "lead": Staff.SAFETY_LEAD,
        "admin": Staff.ADMIN,
    }
    people = {
        role: make.staff(name, staff[role]) if role in staff else make.member(name)
        for role, name in names.items()
    }
    marta, petra = make.member("Marta"), make.staff("Petra", Staff.PLATFORM_MODERATOR)
    group_id = make.group(
        "Neck",
        owner=people["owner"],
        members=[people["member"], people["author"], people["reporter"]],
        facilitators=[people["facilitator"]],
        moderators=[people["moderator"], people["concerned"], marta],
    )
    make.group("Voice", moderators=[people["elsewhere"]])
    people = {role: make.actor(person) for role, person in people.items()}
    things = _Things(make, group_id, people, make.actor(marta), petra).made()
    browsers = {role: app.test_client() for role in ROLES}
    for role, person in people.items():
        make.sign_in(person, browsers[role])
    return World(app, clock, connection, {"guest": None, **people}, browsers, things)


@dataclass
class _Things:
    make: Make
    group_id: UUID
    people: Mapping[str, Actor]
    marta: Actor
    petra: Actor

    def made(self) -> Mapping[str, Mapping[str, UUID]]:
        """Each in a thread of its own, so that none stands on the page of another."""
        reasons = {
            "group": "medical_claim",
            "both": "stop_treatment",
            "platform": "threat_other",
            "crisis": "crisis_self",
            "young": "child",
        }
        things = {name: self._reported(reason) for name, reason in reasons.items()}
        things["crisis seen to"] = self._seen_to()
        things["help"] = self._told()
        things["help up"] = self._told()
        self._not_reached(things["help up"]["id"])
        things["held"] = self._item_of(self._post("Buy now, click here: casino bonus, crypto."))
        things["unnamed"] = self._reported("stop_treatment", unnamed=True)
        things["unreported"] = self._post("Just words.")
        things["place"] = self._place()
        things["looking"] = self._looking()
        things["person"] = self._person_reported()
        things["of staff"] = self._person_reported(self.petra)
        things["call"] = self._call_reported()
        things["muted"] = self._sanctioned(SanctionKind.MUTE, 7, self.marta)
        things["banned"] = self._sanctioned(SanctionKind.BAN, 90, self.petra, of="Bea")
        things["ban proposed"] = self._proposed(SanctionKind.BAN, 90, self.marta)
        things["suspension proposed"] = self._proposed(SanctionKind.SUSPEND, 365, self.petra)
        things["appealed in the group"] = self._appealed("medical_claim", self.marta)
        things["appealed on the site"] = self._appealed("threat_other", self.petra)
        return things

    def _post(
        self, words: str, *, unnamed: bool = False, by: Actor | None = None
    ) -> dict[str, UUID]:
        thread_id = self.make.thread(self.group_id, self.marta)
        now, author = self.make.clock.now(), by or self.people["author"]
        sent = self.make.done(
            lambda: threads_actions.reply(
                actor_of(author.id, now=now), thread_id, words, unnamed=unnamed, now=now
            )
        )
        return {"thread": thread_id, "post": sent.post_id}

    def _place(self) -> dict[str, UUID]:
        holder, author = self.people["facilitator"], self.people["author"]
        call_id = self.make.call(self.group_id, holder, starts_in=SOON, seated=[author])
        return {"group": self.group_id, "author": author.id, "call": call_id}

    def _looking(self) -> dict[str, UUID]:
        """Everybody who can has said so."""
        now = self.make.clock.now()
        for role in sorted(BOTH | {"elsewhere"}):
            what = (self.people[role], now, timedelta(hours=2))
            self.make.done(lambda what=what: duty_actions.look(*what, now=now))
        return {}

    def _person_reported(self, person: Actor | None = None) -> dict[str, UUID]:
        """Not the author: they are reported by whoever the table says."""
        person = person or self.make.member("Paul")
        self.make.joined(self.group_id, person, self.people["owner"])
        now, met = self.make.clock.now(), Met(group_id=self.group_id)
        reporter = self.make.actor(self.people["reporter"])
        what = (reporter, met, person.id, "harassment", "")
        self.make.done(lambda: report_actions.report_person(*what, now=now))
        query = select(ReviewItem.id).where(ReviewItem.author_id == person.id)
        return {"id": self.make.done(lambda: db.session.scalars(query).one())}

    def _call_reported(self) -> dict[str, UUID]:
        holder, now = self.people["facilitator"], self.make.clock.now()
        call_id = self.make.call(self.group_id, holder, starts_in=SOON * 9)
        what = (self.make.actor(self.people["reporter"]), call_id, "not_listening", "")
        self.make.done(lambda: report_actions.report_call(*what, now=now))
        query = select(ReviewItem.id).where(ReviewItem.call_id == call_id)
        return {"id": self.make.done(lambda: db.session.scalars(query).one())}

    def _item_of(self, post: dict[str, UUID]) -> dict[str, UUID]:
        query = select(ReviewItem.id).where(ReviewItem.post_id == post["post"])
        return {**post, "id": self.make.done(lambda: db.session.scalars(query).one())}

    def _reported(
        self, reason: str, *, unnamed: bool = False, by: Actor | None = None
    ) -> dict[str, UUID]:
        post = self._post("Just stop the tablets now.", unnamed=unnamed, by=by)
        self.make.report(post["post"], self.people["reporter"], reason)
        return self._item_of(post)

    def _seen_to(self) -> dict[str, UUID]:
        """Somebody may be in danger, and Marta has written to them."""
        item, now = self._reported("crisis_self"), self.make.clock.now()
        what = (self.marta, item["id"], None, "")
        self.make.done(lambda: care_actions.point_to_help(*what, now=now))
        return item

    def _told(self) -> dict[str, UUID]:
        """The author told a moderator from a thread."""
        author, now = self.people["author"], self.make.clock.now()
        thread_id = self.make.thread(self.group_id, self.people["member"])
        what = (author, thread_id, "")
        self.make.done(lambda: help_actions.ask(*what, about_moderator=False, now=now))
        query = select(HelpWanted.id).where(HelpWanted.thread_id == thread_id)
        return {"id": self.make.done(lambda: db.session.scalars(query).one())}

    def _not_reached(self, help_id: UUID) -> None:
        what = (self.marta, help_id, HelpStep.NOT_REACHED)
        self.make.done(lambda: help_actions.take(*what, now=self.make.clock.now()))

    def _sanctioned(
        self, kind: SanctionKind, days: int, decider: Actor, *, of: str = "Milo"
    ) -> dict[str, UUID]:
        """Of somebody else, so that the author goes on as before."""
        person = self.make.member(of)
        self.make.joined(self.group_id, person, self.people["owner"])
        item = self._reported("stop_treatment", by=person)
        self.make.sanction(item["id"], decider, kind, days)
        query = select(Sanction.id).where(Sanction.account_id == person.id)
        return {**item, "sanction": self.make.done(lambda: db.session.scalars(query).one())}

    def _proposed(self, kind: SanctionKind, days: int, proposer: Actor) -> dict[str, UUID]:
        item = self._reported("stop_treatment")
        self.make.sanction(item["id"], proposer, kind, days)
        query = select(SanctionProposal.id).where(SanctionProposal.item_id == item["id"])
        return {**item, "proposal": self.make.done(lambda: db.session.scalars(query).one())}

    def _appealed(self, reason: str, decider: Actor) -> dict[str, UUID]:
        item = self._reported(reason)
        self.make.decision(item["id"], decider, Outcome.REMOVE)
        author, now = self.people["author"], self.make.clock.now()
        of_item = select(Decision.id).where(Decision.item_id == item["id"])

        def ask() -> UUID:
            decision_id = db.session.scalars(of_item).one()
            appeal_actions.ask(actor_of(author.id, now=now), decision_id, "", now=now)
            return decision_id

        decision_id = self.make.done(ask)
        query = select(Appeal.id).where(Appeal.decision_id == decision_id)
        appeal_id = self.make.done(lambda: db.session.scalars(query).one())
        return {**item, "appeal": appeal_id, "decision": decision_id}
