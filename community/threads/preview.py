"""How words will look, before anybody else has them. They are made and drawn as a post is, so there
is no second way in which they could look otherwise.
"""

from dataclasses import replace
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from uuid_utils.compat import uuid7

from community.accounts.identity import comfort
from community.core.db import transaction
from community.core.web import current_actor, now
from community.safety.words.queries import noticed
from community.threads import actions
from community.threads.answers.actions import to_answer
from community.threads.answers.rules import Answered
from community.threads.faces import queries as faces_queries
from community.threads.forms import EditForm, ReplyForm, ThreadForm, UnnamedForm, WritingForm
from community.threads.mentions.actions import html_of
from community.threads.notes.rules import NO_NOTES
from community.threads.pictures.queries import Pictures, on_page
from community.threads.rules.drafts import NEW_THREAD, Place
from community.threads.rules.posts import PostState, Wish
from community.threads.rules.rows import PostRow, ThreadRow


def keep(place: Place, form: WritingForm) -> None:
    """Keep what was typed, as the press that keeps it would, and go on from there."""
    me = current_actor()
    with transaction():
        kept = actions.keep_draft(me, place, form.typed, press=form.press, now=now())
    form.draft.data = kept.seen_by(form.typed) if kept else None


def of_new_thread(form: ThreadForm) -> str:
    """A new thread, and how it would begin."""
    post = _written(form, group_id=form.group.data, thread_id=uuid7())
    wish = Wish(form.wish.data)
    asks = {"author_name": post.author_name, "wish": wish}
    return _page(NEW_THREAD, form, post, url_for("threads.start"), url_for("threads.start"), asks)


def of_reply(thread: ThreadRow, form: ReplyForm, after: str | None) -> str:
    """A reply, under the sentence that was chosen for it."""
    to = to_answer(current_actor(), thread.id, form.chosen, now())
    post = _written(form, thread.own_name, group_id=thread.group_id, thread_id=thread.id)
    here: dict[str, Any] = {"thread_id": thread.id, "after": after}
    return _page(
        Place(thread.id),
        form,
        replace(post, answered=_answered(to, form) if to else None),
        url_for("threads.reply", **here),
        url_for("threads.show", **here, _anchor="reply"),
    )


def of_change(post: PostRow, form: EditForm) -> str:
    """Changed words, where they stand."""
    changed = replace(
        post,
        state=PostState.HELD,
        html=html_of(current_actor(), post.thread_id, form.text),
        notes=post.notes.with_own(form.noted),
    )
    here = url_for("threads.edit", post_id=post.id)
    return _page(Place(post.thread_id, post.id), form, changed, here, here)


def _written(form: UnnamedForm, own_name: str | None = None, **where: Any) -> PostRow:
    """The post that this would be, as its writer has it while nobody else does."""
    me, is_unnamed = current_actor(), form.unnamed.data
    return PostRow(
        **where,
        id=uuid7(),
        number=None,
        author_id=me.id,
        author_name=(own_name or _("A made-up name")) if is_unnamed else me.name,
        is_unnamed=is_unnamed,
        state=PostState.HELD,
        hidden_until=None,
        text=form.text,
        html=html_of(me, where["thread_id"], form.text),
        notes=NO_NOTES.with_own(form.noted),
        version=1,
        written_at=now(),
        edited_at=None,
    )


def _answered(to: PostRow, form: ReplyForm) -> Answered:
    return Answered(
        group_id=to.group_id,
        author_id=to.author_id,
        state=to.state,
        hidden_until=to.hidden_until,
        id=to.id,
        author_name=to.author_name,
        is_unnamed=to.is_unnamed,
        html=to.html,
        notes=to.notes,
        mark=form.chosen.mark,
    )


def _page(
    place: Place,
    form: WritingForm,
    post: PostRow,
    send_to: str,
    back: str,
    asks: dict[str, Any] | None = None,
) -> str:
    keep(place, form)
    reader = faces_queries.reader(
        current_actor(), comfort(), [post], _pictures(place, form, post), now()
    )
    return render_template(
        "threads/preview.html",
        form=form,
        typed=form.as_typed,
        face=reader.meets(post),
        send_to=send_to,
        back=back,
        asks=asks,
        noticed=noticed(form.typed.text),
    )


def _pictures(place: Place, form: WritingForm, post: PostRow) -> Pictures:
    """Those that are in the post, and those of its page that would come to it."""
    found = on_page(current_actor(), [post.id], place)
    come = [each for each in found.waiting if each.id in form.shown and each.is_described]
    return Pictures({post.id: [*found.of(post.id), *come]})
