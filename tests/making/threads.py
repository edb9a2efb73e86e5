"""Threads, posts and reports."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db
from community.groups.claims import actor_of
from community.moderation import actions as moderation_actions
from community.moderation.actions import Choice
from community.moderation.reports import actions as report_actions
from community.moderation.reports import queries as report_queries
from community.moderation.reports.queries import Met
from community.moderation.rules.case import Outcome
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.models import Post
from community.threads.rules.posts import Tagged, Wish
from tests.making.base import Maker


class MakeThreads(Maker):
    def thread(
        self,
        group_id: UUID,
        author: Actor,
        *,
        topic: str = "cervical",
        title: str = "The bus and the window seat",
        words: str = "Today I looked at the rain for forty minutes.",
        wish: Wish = Wish.JUST_LISTENING,
        tags: Sequence[str] = (),
        shows_genes: bool = False,
        unnamed: bool = False,
    ) -> UUID:
        """A thread with its first post; the thread's id."""
        now, what = self.clock.now(), (group_id, topic, title, wish, words)
        tagged = Tagged(tags, shows_genes)
        return self.done(
            lambda: threads_actions.start(
                actor_of(author.id, now=now), *what, tagged=tagged, unnamed=unnamed, now=now
            )
        )

    def opening(self, thread_id: UUID) -> UUID:
        """The id of a thread's first post."""
        beginning = select(Post.id).where(Post.thread_id == thread_id, Post.number == 1)
        return self.done(lambda: db.session.scalars(beginning).one())

    def thread_of(self, post_id: UUID) -> UUID:
        """The id of the thread that a post is in."""
        return self.done(lambda: threads_queries.reviewed(post_id).thread_id)

    def reply(
        self,
        thread_id: UUID,
        author: Actor,
        words: str = "I could see the rain.",
        *,
        unnamed: bool = False,
    ) -> UUID:
        """A reply; its id."""
        now = self.clock.now()
        return self.done(
            lambda: (
                threads_actions.reply(
                    actor_of(author.id, now=now), thread_id, words, unnamed=unnamed, now=now
                ).post_id
            )
        )

    def report(
        self,
        post_id: UUID,
        reporter: Actor,
        reason: str = "medical_claim",
        words: str = "",
        *,
        law: str = "",
        anonymous: bool = False,
    ) -> UUID | None:
        """Somebody reports a post; the open item's id."""
        now = self.clock.now()
        if reason == "illegal":
            words, law = words or "It names somebody as a thief.", law or "Defamation, Germany"
        what = (post_id, reason, words)
        self.done(
            lambda: report_actions.report(
                actor_of(reporter.id, now=now), *what, law=law, anonymous=anonymous, now=now
            )
        )
        return self.done(lambda: report_queries.open_item(post_id))

    def report_person(
        self,
        person: Actor,
        reporter: Actor,
        *,
        group_id: UUID | None = None,
        call_id: UUID | None = None,
        reason: str = "harassment",
        words: str = "",
    ) -> UUID | None:
        """Somebody reports a person whom they met in this group, or in this call; the open item’s
        id."""
        now, met = self.clock.now(), Met(group_id, call_id)

        def report() -> UUID | None:
            actor = actor_of(reporter.id, now=now)
            report_actions.report_person(actor, met, person.id, reason, words, now=now)
            return report_queries.open_item(person.id, report_queries.group_of(actor, met))

        return self.done(report)

    def report_call(
        self, call_id: UUID, reporter: Actor, reason: str = "medical_claim", words: str = ""
    ) -> UUID | None:
        """Somebody reports a call; the open item’s id."""
        now = self.clock.now()
        self.done(
            lambda: report_actions.report_call(
                actor_of(reporter.id, now=now), call_id, reason, words, now=now
            )
        )
        return self.done(lambda: report_queries.open_item(call_id))

    def decision(
        self,
        item_id: UUID,
        moderator: Actor,
        outcome: Outcome,
        *,
        version: int = 1,
        rule_id: str = "experience",
        why: str = "It tells somebody what to do. You can say what you tried.",
    ) -> None:
        """A moderator decides about an item."""
        choice = Choice(outcome, rule_id, why, "", version)
        now = self.clock.now()
        self.done(
            lambda: moderation_actions.decide(
                actor_of(moderator.id, now=now), item_id, choice, now=now
            )
        )
