"""A circle in which words are typed, and the moderators of its group."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask.testing import FlaskClient

from community.core.actor import Actor, Role, Staff
from community.core.vault import Vault
from community.groups.claims import actor_of
from community.moderation.reports import actions, queries
from tests.core.store import own_app
from tests.fakes import FrozenClock
from tests.live.circle import Circle, ClientFor
from tests.make import Make

WORDS = "Just stop the tablets now, that is what I did."


class TypedCircle(Circle):
    """Hana holds it, Ana and Ben are in it. Mori and Marta moderate the group, Pat the platform."""

    def __init__(self, make: Make, client_for: ClientFor, clock: FrozenClock) -> None:
        super().__init__(make, client_for, clock)
        self.mori, self.marta = self._moderator("Mori"), self._moderator("Marta")
        self.vault = Vault(make.app.config["CASE_KEY"])
        self.pat = make.staff("Pat", Staff.PLATFORM_MODERATOR)
        for person in (self.mori, self.marta, self.pat):
            self.browsers[person.name] = client_for(person)

    def _moderator(self, name: str) -> Actor:
        person = self.make.member(name)
        self.make.joined(self.group, person, self.hana)
        self.make.appointed(self.group, self.hana, person, frozenset({Role.MODERATOR}))
        return self.make.actor(person)

    def gathered(self, *more: str) -> None:
        """Everybody is in, and the round has begun: Ana has the floor first."""
        for name in ("Ben", *more):
            assert self.post(name, f"/calls/{self.call_id}/sign-up", {}).status_code == 302
        for name in ("Hana", "Ana", "Ben", *more):
            self.join(name, "text")
        self.begin()

    def typed(self, words: str = WORDS, wish: str = "just-listen", mode: str = "typed") -> UUID:
        """Ana types this in her turn; its id."""
        seen = self.board("Ana")["version"]
        assert self.press("Ana", "accept", seen=seen, mode=mode, wish=wish).status_code == 200
        assert self.press("Ana", "say", words=words).status_code == 200
        return UUID(self.board("Ben")["words"][-1]["id"])

    def report(
        self, share_id: UUID, reporter: Actor, reason: str = "medical_claim", words: str = ""
    ) -> UUID | None:
        """Somebody reports it; the open item's id."""
        now, what = self.clock.now(), (self.call_id, share_id, reason, words, self.vault)
        self.make.done(lambda: actions.report_share(actor_of(reporter.id, now=now), *what, now=now))
        return self.make.done(lambda: queries.open_item(share_id))

    def end(self) -> None:
        assert self.press("Hana", "end").status_code == 200


@contextmanager
def typed_circle_at(url: str) -> Iterator[TypedCircle]:
    """One on a database of its own, where what is kept is kept."""
    with own_app(url) as app:
        clock = app.extensions["ports"].clock
        assert isinstance(clock, FrozenClock)
        make = Make(app, clock)

        def client_for(person: Actor) -> FlaskClient:
            browser = app.test_client()
            make.sign_in(person, browser)
            return browser

        yield TypedCircle(make, client_for, clock)
