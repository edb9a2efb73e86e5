"""Of threads and posts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from community.core.actor import Actor
from community.core.words import said
from community.privacy.taking_out.register.entry import Entry, Mine, NotMine, Whose, by
from community.privacy.taking_out.register.guidelines import with_guidelines
from community.privacy.taking_out.register.people import name_of
from community.privacy.taking_out.register.together import A_KEY
from community.safety.blocks.queries import meets
from community.threads.anonymous.models import Pseudonym
from community.threads.answers.models import Answer
from community.threads.bookmarks.models import Bookmark
from community.threads.following.models import Following, HeardMark
from community.threads.hints.models import Hint
from community.threads.holds.models import Hold
from community.threads.models import (
    Draft,
    Post,
    PostVersion,
    ReadMark,
    Thread,
    ThreadReader,
    ThreadTag,
)
from community.threads.mutes.models import Mute
from community.threads.notes.models import NoteChoice, NoteSuggestion
from community.threads.pace.models import ThreadPace
from community.threads.pictures.models import Picture
from community.threads.resonance.models import Resonance
from community.threads.summary.models import ThreadSummary
from community.threads.taken_back.models import TakenBack
from community.threads.thrown_away.models import ThrownAway


def _of_their_posts(post_id: InstrumentedAttribute[Any]) -> Whose:
    return lambda actor: post_id.in_(select(Post.id).where(Post.author_id == actor.id))


def _of_their_threads(actor: Actor) -> ColumnElement[bool]:
    mine = select(Thread.id).where(Thread.author_id == actor.id)
    return ThreadTag.thread_id.in_(mine)


def _words_got(actor: Actor) -> Mapping[str, ColumnElement[Any]]:
    """How many answers in a word it got, as its page says it: nobody learns whose."""
    got = (Resonance.post_id == Post.id, meets(actor, Resonance.account_id))
    return {"words_given_to_it": select(func.count()).where(*got).scalar_subquery()}


REGISTER: Mapping[str, Entry] = {
    "thread": Mine(
        said("Threads that you began"),
        Thread,
        by(Thread.author_id),
        "id topic title wish started_at is_held erase_at",
        "group_id author_id last_at post_count merged_into circle_id",
    ),
    "thread_tag": Mine(
        said("Tags that you gave them"),
        ThreadTag,
        _of_their_threads,
        "thread_id tag is_private",
    ),
    "post": Mine(
        said("What you wrote"),
        Post,
        by(Post.author_id),
        "id thread_id number pseudonym state hidden_until text notes version written_at edited_at",
        "author_id html press_id",
        _words_got,
    ),
    "post_version": Mine(
        said("What it said before you changed it"),
        PostVersion,
        _of_their_posts(PostVersion.post_id),
        "post_id version title html pictures since",
    ),
    "post_words": NotMine("The words of posts once more, in small letters, to be looked for."),
    "answer": Mine(
        said("Which of them answer somebody"),
        Answer,
        _of_their_posts(Answer.post_id),
        "post_id",
        "to_id mark",
    ),
    "hold": Mine(
        said("When one of them waited to be read"),
        Hold,
        _of_their_posts(Hold.post_id),
        "post_id reasons held_at passages",
        "id since_version",
    ),
    "note_suggestion": Mine(
        said("Content notes that were suggested for them"),
        NoteSuggestion,
        _of_their_posts(NoteSuggestion.post_id),
        "post_id kind suggested_at answered_at",
    ),
    "hint": Mine(
        said("Which of them somebody thought weren’t what was asked for"),
        Hint,
        _of_their_posts(Hint.post_id),
        "post_id hinted_at left_at",
    ),
    "taken_back": Mine(
        said("What you took back"),
        TakenBack,
        by(TakenBack.account_id),
        "post_id title text notes tags state hidden_until taken_at erase_at",
        "account_id",
    ),
    "draft": Mine(
        said("What you haven’t sent"),
        Draft,
        by(Draft.account_id),
        "place title words choices overtaken saved_at",
        "id account_id thread_id post_id stamp",
    ),
    "thrown_away": Mine(
        said("What you threw away before you sent it"),
        ThrownAway,
        by(ThrownAway.account_id),
        "title words choices overtaken thrown_at erase_at",
        "stamp account_id thread_id post_id",
    ),
    "picture": Mine(
        said("Your pictures"),
        Picture,
        by(Picture.account_id),
        "id post_id words width height weight added_at erase_at taken_out_at",
        "account_id place thread_id press_id",
    ),
    "picture_file": NotMine("They are beside this file, one by one."),
    "pseudonym": Mine(
        said("Names under which you wrote without your own"),
        Pseudonym,
        by(Pseudonym.account_id),
        "name thread_id",
        "account_id",
    ),
    "resonance": Mine(
        said("Answers that you gave in a word"),
        Resonance,
        by(Resonance.account_id),
        "post_id word",
        "account_id",
    ),
    "bookmark": Mine(
        said("Posts that you keep"),
        Bookmark,
        by(Bookmark.account_id),
        "post_id kept_at",
        "id account_id",
    ),
    "following": Mine(
        said("What you follow"),
        Following,
        by(Following.account_id),
        "thread_id topic level since",
        "id account_id",
    ),
    "heard_mark": Mine(
        said("Up to where you were told of them"),
        HeardMark,
        by(HeardMark.account_id),
        "thread_id number",
        "account_id",
    ),
    "read_mark": Mine(
        said("How far you’ve read"),
        ReadMark,
        by(ReadMark.account_id),
        "thread_id number",
        "account_id",
    ),
    "thread_reader": Mine(
        said("Threads of circles that you were in"),
        ThreadReader,
        by(ThreadReader.account_id),
        "thread_id",
        "account_id",
    ),
    "thread_feed": A_KEY,
    "mute": Mine(
        said("Whom you don’t want to read"),
        Mute,
        by(Mute.account_id),
        "since",
        "id account_id member_id",
        lambda actor: {"who": name_of(Mute.member_id)},
    ),
    "note_choice": Mine(
        said("How content notes meet you"),
        NoteChoice,
        by(NoteChoice.account_id),
        "kind showing",
        "account_id",
    ),
    "thread_pace": Mine(
        said("Threads that you let rest or go slowly"),
        ThreadPace,
        by(ThreadPace.set_by),
        "thread_id kind gap rule_id why set_at until ended_at",
        "id set_by",
        worded=with_guidelines,
    ),
    "thread_summary": Mine(
        said("Threads that you put in short"),
        ThreadSummary,
        by(ThreadSummary.author_id),
        "thread_id number text written_at",
        "author_id stamp html",
    ),
    "thread_pin": NotMine("It says which thread stands first, and not who pinned it."),
}
