"""Reports, what they are about, and what was decided.

Decisions and the audit record are only ever added to: triggers of both databases refuse change
and removal, whoever asks, but for what a seal says is forgotten (retention). They hold ids without
foreign keys, and codes, so that erasing somebody cuts the link and leaves the record.
"""

from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.db import Base, by_value, keep_no_samples, key
from community.core.locked import EMPTY, Locked
from community.core.log import request_id
from community.moderation.rules.case import Outcome, Source, Target
from community.moderation.rules.reasons import Scope, Severity
from community.moderation.seals.rules import words_digest

LOOKED, READ, TAKEN_BACK = "looked", "read", "taken-back"
"""What the audit record says of somebody who opened words that only their role lets them see, or
words of their own group to decide about them; and of somebody who took back a report."""


class ReviewItem(Base):
    """Something to look at: a post, a share in a circle, a person in a group, a call. One open
    item for each, however many report it."""

    __tablename__ = "review_item"
    id: Mapped[UUID] = key()
    about: Mapped[Target] = mapped_column(by_value(Target))
    post_id: Mapped[UUID | None] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    share_id: Mapped[UUID | None]  # it is erased with its circle, so that this refers to no row
    call_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), index=True
    )  # it is about this call, or about a share in its circle
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )  # of a share, who held the call, or the person; the author of a post is in its own row
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    reported_version: Mapped[int | None]
    # Of a post or a call when first reported: it may be changed since. Erased half a year after.
    reported_html: Mapped[str | None] = mapped_column(Locked("reported-html"))
    reported_call: Mapped[str | None] = mapped_column(Locked("reported-call"))
    source: Mapped[Source] = mapped_column(by_value(Source), default=Source.REPORT)
    reason: Mapped[str]  # the gravest of its reasons: an id that holds.rules.reason_of knows
    severity: Mapped[Severity] = mapped_column(by_value(Severity))
    scope: Mapped[Scope] = mapped_column(by_value(Scope))
    for_leads: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "(about = 'post') = (post_id IS NOT NULL) "
            "AND (about = 'share') = (share_id IS NOT NULL) "
            "AND (about IN ('share', 'call')) = (call_id IS NOT NULL)",
            name="about_one_thing",
        ),
        CheckConstraint(
            "(post_id IS NULL) = (reported_version IS NULL) "
            "AND (post_id IS NOT NULL OR reported_html IS NULL)",
            name="post_as_it_was",
        ),
        CheckConstraint("about = 'call' OR reported_call IS NULL", name="call_as_it_was"),
        CheckConstraint(
            "closed_at IS NOT NULL OR (about = 'post') = (reported_html IS NOT NULL) "
            "AND (about = 'call') = (reported_call IS NOT NULL)",
            name="open_with_its_words",
        ),
        Index(
            "uq_review_item_one_open",
            "post_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "uq_review_item_one_open_share",
            "share_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "uq_review_item_one_open_person",
            "author_id",
            "group_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL AND about = 'person'"),
            postgresql_where=text("closed_at IS NULL AND about = 'person'"),
        ),
        Index(
            "uq_review_item_one_open_call",
            "call_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL AND about = 'call'"),
            postgresql_where=text("closed_at IS NULL AND about = 'call'"),
        ),
        Index("ix_review_item_group_closed", "group_id", "closed_at"),
    )

    @property
    def target_id(self) -> UUID:
        """What it is about; of a person who has left, there is the item alone."""
        return self.post_id or self.share_id or self.call_id or self.author_id or self.id


class ReportedWords(Base):
    """What was typed in a circle and reported, locked (core/vault.py): all that is left of it.
    Erased when nobody can ask any more for another look at the decision."""

    __tablename__ = "reported_words"
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), primary_key=True
    )
    locked: Mapped[bytes]
    to_one: Mapped[bool]  # a line after a turn, to whoever had it
    erase_at: Mapped[datetime | None] = mapped_column(index=True)  # None before the decision


keep_no_samples(ReviewItem, "reported_html", "reported_call")
keep_no_samples(ReportedWords, "locked")


class Report(Base):
    """One person's report. Nobody who is reported learns whose it was."""

    __tablename__ = "report"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(ForeignKey("review_item.id", ondelete="CASCADE"))
    reporter_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    met_in: Mapped[UUID | None] = mapped_column(
        ForeignKey("call.id", ondelete="SET NULL"), index=True
    )  # of a person: the call in which they met
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(Locked("report-words"))
    law: Mapped[str] = mapped_column(
        Locked("report-law"), default=""
    )  # against which a notice says it is
    decision_id: Mapped[UUID | None]  # of how somebody decided: which decision
    reported_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]  # by whoever sent it: it counts no more
    is_anonymous: Mapped[bool] = mapped_column(default=False)  # to moderators of the site too
    __table_args__ = (UniqueConstraint("item_id", "reporter_id"),)


keep_no_samples(Report, "words", "law")


class ItemNamed(Base):
    """Somebody whom the words of an item name or answer."""

    __tablename__ = "item_named"
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class DecisionWords(Base):
    """The words of a decision: why, for whoever it is about, and a note for moderators. Locked,
    never changed, and erased while the decision stays."""

    __tablename__ = "decision_words"
    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True
    )
    why: Mapped[str] = mapped_column(Locked("decision-why"))
    note: Mapped[str] = mapped_column(Locked("decision-note"))
    salt: Mapped[str] = mapped_column(Locked("decision-salt"))  # without it nobody can guess them
    __table_args__ = (CheckConstraint(f"length(why) > {EMPTY}", name="has_why"),)


keep_no_samples(DecisionWords, "why", "note", "salt")


class Decision(Base):
    """What one person decided. Its words, which are read as if they were its own, stand apart; of
    them it keeps a digest, under the seal with all the rest."""

    __tablename__ = "decision"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(index=True)
    target_id: Mapped[UUID] = mapped_column(index=True)  # the post, share, person or call
    author_id: Mapped[UUID | None]
    decided_by: Mapped[UUID]
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    rule_id: Mapped[str]
    facts: Mapped[str]  # the reasons that reports gave: ids of rules.REASONS, with spaces between
    scope: Mapped[Scope] = mapped_column(by_value(Scope))
    source: Mapped[Source] = mapped_column(by_value(Source))
    automated: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime]
    hidden_until: Mapped[datetime | None]
    appealable_until: Mapped[datetime]
    supersedes_id: Mapped[UUID | None]  # after another look: the decision that stood before
    words_digest: Mapped[str]
    words: Mapped[DecisionWords | None] = relationship(lazy="joined", passive_deletes="all")
    __table_args__ = (
        CheckConstraint("decided_by <> author_id", name="not_by_its_author"),
        CheckConstraint("length(trim(facts)) > 0", name="has_facts"),
        CheckConstraint("NOT automated", name="by_a_person"),
    )

    def __init__(self, *, why: str, note: str, **columns: Any) -> None:
        super().__init__(**columns)
        self.words = DecisionWords(why=why.strip(), note=note.strip(), salt=token_hex(16))
        self.words_digest = words_digest(self.words.why, self.words.note, self.words.salt)

    @property
    def why(self) -> str:
        """Empty when it is erased, and where another key has locked it."""
        return (self.words and self.words.why) or ""

    @property
    def note(self) -> str:
        return (self.words and self.words.note) or ""


class AuditEvent(Base):
    """Who did what to which item, in ids and codes."""

    __tablename__ = "audit_event"
    id: Mapped[UUID] = key()
    at: Mapped[datetime]
    actor_id: Mapped[UUID]
    acted_for: Mapped[Scope] = mapped_column(by_value(Scope))
    action: Mapped[str]
    item_id: Mapped[UUID] = mapped_column(index=True)  # or what else it was done to
    group_id: Mapped[UUID | None]  # None: to the whole site
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    role_at_time: Mapped[str | None]
    request_id: Mapped[str | None] = mapped_column(default=request_id)


def append_only(table: str) -> dict[str, tuple[str, ...]]:
    """The statements, for each database, that let nobody change or remove this table's rows."""
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("update", "delete")
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ),
    }


def never_changed(table: str) -> dict[str, str]:
    """The statement, for each database, that lets this table’s rows go and never change."""
    return {
        "sqlite": append_only(table)["sqlite"][0],
        "postgresql": f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    }


def until_forgotten(table: str, last: str) -> dict[str, tuple[str, ...]]:
    """As `append_only`, but that rows may go up to where a seal says that it is forgotten: `last`
    is the column of the seals that has this table’s."""
    no_update, _ = append_only(table)["sqlite"]
    said = (
        "SELECT 1 FROM record_seal AS anchor "  # noqa: S608 our own names
        "JOIN record_seal AS forgotten ON forgotten.number = anchor.forgot "
        f"WHERE OLD.id <= forgotten.{last}"
    )
    return {
        "sqlite": (
            no_update,
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT EXISTS ({said}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        ),
        "postgresql": (
            append_only(table)["postgresql"][0],
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            f"CREATE OR REPLACE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF EXISTS ({said}) THEN RETURN OLD; END IF; "
            "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION keep_{table}()",
        ),
    }


for _table, _last in (
    (Decision.__table__, "last_decision"),
    (AuditEvent.__table__, "last_event"),
):
    for _dialect, _statements in until_forgotten(str(_table), _last).items():
        for _statement in _statements:
            _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
            event.listen(_table, "after_create", _ddl.execute_if(dialect=_dialect))

for _dialect, _statement in never_changed(str(DecisionWords.__table__)).items():
    _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
    event.listen(DecisionWords.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
