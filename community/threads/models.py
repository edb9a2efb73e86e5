"""Threads and what is written in them, sent or not yet; and how far each reader has come."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.threads.notes.models import NotesText
from community.threads.notes.rules import NO_NOTES, Notes
from community.threads.rules.posts import PostState, Wish


class Thread(Base):
    """A thread in one group, under one topic. Its first post is number 1."""

    __tablename__ = "thread"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    topic: Mapped[str]  # a slug of community.dystonia
    title: Mapped[str]  # empty once its author has taken the first post back
    wish: Mapped[Wish] = mapped_column(by_value(Wish))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    post_count: Mapped[int]
    is_held: Mapped[bool] = mapped_column(default=False)  # until its first post was once shown
    # Where its posts are now, if a moderator has put them there: then nothing else is left of it.
    merged_into: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), index=True
    )
    # The thread of one circle: only its readers know of it, and it is erased when it is time.
    circle_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("call.id", ondelete="CASCADE"), unique=True
    )
    erase_at: Mapped[datetime | None] = mapped_column(index=True)
    __table_args__ = (
        Index("ix_thread_group_last", "group_id", "last_at", "id"),
        Index("ix_thread_group_topic_last", "group_id", "topic", "last_at", "id"),
    )


class ThreadReader(Base):
    """Somebody who was in the circle that a thread belongs to, and may read and write in it."""

    __tablename__ = "thread_reader"
    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Post(Base):
    """What one person wrote: as written, and rendered once by the sanitiser."""

    __tablename__ = "post"
    id: Mapped[UUID] = key()
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    number: Mapped[int | None]  # its place. A reply has none before others saw it
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    pseudonym: Mapped[str | None]  # what others read instead of their name, of this thread only
    state: Mapped[PostState] = mapped_column(by_value(PostState))
    hidden_until: Mapped[datetime | None]  # None while hidden: until a decision
    text: Mapped[str]
    html: Mapped[str]
    notes: Mapped[Notes] = mapped_column(NotesText, default=NO_NOTES)  # before the words
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    press_id: Mapped[UUID | None]  # of the press that sent it, so that a second one is known
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        UniqueConstraint("author_id", "press_id"),
        ForeignKeyConstraint(
            ["thread_id", "pseudonym"],
            ["pseudonym.thread_id", "pseudonym.name"],
            ondelete="RESTRICT",
        ),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "number IS NOT NULL OR state NOT IN ('published', 'hidden')", name="shown_in_its_place"
        ),
        CheckConstraint("state <> 'deleted' OR (text = '' AND html = '')", name="taken_back_blank"),
    )


class PostVersion(Base):
    """What a post said before it was changed. It goes when the post goes or is taken back."""

    __tablename__ = "post_version"
    post_id: Mapped[UUID] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(default="")  # of the thread, where it began one
    html: Mapped[str]
    pictures: Mapped[list[str]] = mapped_column(JSON, default=list)  # what they showed, in words
    since: Mapped[datetime]  # when it began to say this


class ThreadTag(Base):
    """A tag its writer gave a thread."""

    __tablename__ = "thread_tag"
    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(primary_key=True)  # a slug of community.dystonia.tags
    is_private: Mapped[bool]  # only its writer sees that it is there
    __table_args__ = (Index("ix_thread_tag_tag", "tag", "thread_id"),)


class Draft(Base):
    """Words that aren't sent yet: one person's, in one place, and seen by nobody else."""

    __tablename__ = "draft"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    place: Mapped[str]  # the key of a rules.drafts.Place
    thread_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), index=True
    )
    post_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), index=True
    )
    stamp: Mapped[UUID]
    title: Mapped[str]
    words: Mapped[str]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    overtaken: Mapped[list[str]] = mapped_column(JSON)  # what another window had written
    saved_at: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (UniqueConstraint("account_id", "place"),)


class ReadMark(Base):
    """How far somebody has come in a thread: the number of the furthest post they had before
    them. Only they see it, and it never moves back.
    """

    __tablename__ = "read_mark"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]


keep_no_samples(Thread, "title")
keep_no_samples(Post, "text", "html")
keep_no_samples(PostVersion, "title", "html", "pictures")
keep_no_samples(Draft, "title", "words")
