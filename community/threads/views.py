"""Pages of threads."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.identity import comfort
from community.core.db import transaction
from community.core.forms import Unbegun
from community.core.verdict import NOT_FOUND, STALE, Refused, Verdict
from community.core.web import current_actor, now, wants_json
from community.core.when import clock
from community.dystonia.tags import tag_at
from community.dystonia.topics import larger, topic
from community.groups import queries as groups_queries
from community.safety.rules import may_write_at_all
from community.safety.words import queries as words_queries
from community.safety.words.beside import show_help
from community.safety.words.rules import Kind
from community.threads import actions, preview, queries
from community.threads.answers.actions import to_answer
from community.threads.faces import queries as faces_queries
from community.threads.faces.rules import Offers
from community.threads.forms import EditForm, ReplyForm, TagsForm, ThreadForm, WritingForm, begun
from community.threads.gathering.forwarding import follows_its_posts
from community.threads.hints import queries as hints_queries
from community.threads.hints.rules import ASKS_FOR_LITTLE
from community.threads.holds import queries as holds_queries
from community.threads.openers.rules import ADVICE, OPENERS, asks_in, reads_like_advice
from community.threads.pace.queries import paces_of
from community.threads.pace.rules import (
    AS_USUAL,
    LOCKED,
    PAUSED,
    SLOWED,
    may_change_in,
    may_set_pace,
)
from community.threads.pictures.queries import on_page, taken_out
from community.threads.pictures.rules import Change
from community.threads.pictures.views import onward
from community.threads.publish import tell_changed, tell_new
from community.threads.reading import actions as reading
from community.threads.resonance.queries import words_for
from community.threads.resonance.rules import OFFERED
from community.threads.rules.drafts import NEW_THREAD, Kept, Place
from community.threads.rules.posts import (
    REPLIES_A_PAGE,
    Edge,
    Wish,
    may_edit,
    may_reply,
    may_see_versions,
    page_of,
)
from community.threads.rules.rows import DraftRow, PostRow, ThreadRow, notes_of
from community.threads.summary.queries import in_short
from community.threads.summary.rules import NOTHING
from community.threads.taken_back import queries as taken_back_queries
from community.threads.thrown_away import keeping as thrown_keeping
from community.threads.thrown_away import queries as thrown_queries
from community.threads.tried.forms import fields_of

bp = Blueprint("threads", __name__)


TOPIC = "topic"  # in the session: what somebody is about to write about


@bp.post("/threads/about")
def about() -> ResponseReturnValue:
    """Start a thread under this topic. It goes by POST, because no address may say what somebody
    writes about (promise 10)."""
    session[TOPIC] = request.form.get(TOPIC)
    return redirect(url_for(".start"))


@bp.route("/threads/new", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Start a thread; the group or the topic that led here is filled in."""
    me = current_actor()
    draft = queries.draft(me, NEW_THREAD)
    form = ThreadForm(
        data=_with(draft, **{TOPIC: session.get(TOPIC)}, group=request.args.get("group"))
    )
    form.offer(groups_queries.group_names(me), asks=not session.get(TOPIC))
    if not form.validate_on_submit():
        page = {"form": form, "may": may_write_at_all(me), "draft": draft}
        page |= {"noticed": _noticed(draft), "pictures": on_page(me, (), NEW_THREAD)}
        about = topic(form.topic.data)
        page["larger"] = larger(about) if about else None
        return render_template("threads/start.html", **page), form.status
    if form.look.data:
        session.pop(TOPIC, None)  # it is kept with the draft
        return preview.of_new_thread(form)
    group_id, wish = UUID(form.group.data), Wish(form.wish.data)
    what = (group_id, form.topic.data, form.title.data, wish, form.text)
    with transaction():
        thread_id = actions.start(me, *what, tagged=form.tagged, **form.how, now=now())
    session.pop(TOPIC, None)
    show_help(form.typed.text)
    return redirect(url_for(".show", thread_id=thread_id))


@bp.get("/threads/<uuid:thread_id>")
@follows_its_posts
def show(thread_id: UUID) -> ResponseReturnValue:
    """How the thread began, a page of replies, and the box to answer in."""
    me = current_actor()
    thread = queries.thread(me, thread_id)
    if _after(thread) > max(thread.read_to or 0, 1):  # the pages before this one were shown
        with transaction():
            reading.keep_place(me, thread_id, _after(thread))
    draft = queries.draft(me, Place(thread_id)) if thread.has_draft else None
    begins = {"unnamed": thread.own_name and not thread.signs, **_with(draft)}
    if "to" in request.args:
        begins["answers"] = request.args["to"]
    is_begun = any(begins.values())
    form = ReplyForm(formdata=None, data=begins) if is_begun else Unbegun(ReplyForm)
    return _page(thread, form, draft)


@bp.post("/threads/<uuid:thread_id>/replies")
@follows_its_posts
def reply(thread_id: UUID) -> ResponseReturnValue:
    """Answer in a thread."""
    me, form = current_actor(), ReplyForm()
    if not form.validate_on_submit():
        draft = queries.draft(me, Place(thread_id))
        return _page(queries.thread(me, thread_id), form, draft), 422
    if form.look.data:
        return preview.of_reply(queries.thread(me, thread_id), form, request.args.get("after"))
    if asked := _asked(Place(thread_id), form):
        return asked
    try:
        with transaction():
            sent = actions.reply(me, thread_id, form.text, **form.how, now=now())
    except Refused as refused:
        if refused.reason not in (LOCKED, PAUSED, SLOWED):
            raise
        return _too_soon(queries.thread(me, thread_id), form), 409
    if sent.number:
        tell_new(thread_id)
    show_help(form.typed.text)
    return redirect(_place(thread_id, sent.number, sent.post_id))


@bp.get("/threads/<uuid:thread_id>/new")
@follows_its_posts
def news(thread_id: UUID) -> ResponseReturnValue:
    """Open the first reply after the last one that a page had; if none has come, say so."""
    me = current_actor()
    thread = queries.thread(me, thread_id)
    after = max(min(request.args.get("after", thread.last, type=int), thread.last), 0)
    if new := queries.first_after(me, thread_id, after):
        return redirect(_place(thread_id, *new))
    flash(_("No new replies yet."), "ok")
    return redirect(_place(thread_id, after))


@bp.get("/posts/<uuid:post_id>")
def post(post_id: UUID) -> ResponseReturnValue:
    """Open the page that this post is on, at the post."""
    found = queries.post(current_actor(), post_id)
    return redirect(_place(found.thread_id, found.number, found.id))


@bp.route("/posts/<uuid:post_id>/edit", methods=["GET", "POST"])
def edit(post_id: UUID) -> ResponseReturnValue:
    """Change one's own words. If they have changed since, what was typed is still there."""
    me, post = current_actor(), queries.post(current_actor(), post_id)
    may_edit(me, post, now()).require()
    draft = queries.draft(me, Place(post.thread_id, post_id))
    begins = {"notes": sorted(post.notes.own), "version": post.version, **fields_of(post.text)}
    form = EditForm(data={**begins, **_with(draft)})
    page = {"form": form, "post": post, "draft": draft, **_beside_change(post, draft)}
    if not form.validate_on_submit():
        return render_template("threads/edit.html", **page), form.status
    if form.look.data:
        return preview.of_change(post, form)
    if post.number != 1 and (asked := _asked(Place(post.thread_id, post_id), form, post.text)):
        return asked
    what, added = (post_id, form.text, form.version.data), Change(form.shown)
    how: dict[str, Any] = {"notes": form.noted, "pictures": added, "press": form.press}
    try:
        with transaction():
            actions.edit(me, *what, **how, now=now())
    except Refused as refused:
        if refused.reason not in (STALE, LOCKED, PAUSED):
            raise
        page["post"], stale = queries.post(me, post_id), refused.reason is STALE
        return render_template("threads/edit.html", **page, stale=stale), 409
    tell_changed(queries.post(me, post_id), now())
    show_help(form.typed.text)
    return redirect(_place(post.thread_id, post.number, post.id))


@bp.get("/posts/<uuid:post_id>/versions")
def versions(post_id: UUID) -> ResponseReturnValue:
    """What a post said before it was changed."""
    me = current_actor()
    post = queries.post(me, post_id)
    may_see_versions(me, post, now()).require()
    earlier = queries.versions(post_id)
    return render_template("threads/versions.html", post=post, versions=earlier)


@bp.route("/threads/<uuid:thread_id>/tags", methods=["GET", "POST"])
def tags(thread_id: UUID) -> ResponseReturnValue:
    """Change the tags of one's own thread."""
    me = current_actor()
    thread = queries.thread(me, thread_id)
    may_edit(me, queries.opening(me, thread_id), now()).require()
    before = queries.tagged(thread_id)
    form = TagsForm(data={"tags": before.slugs, "shows_genes": before.shows_genes})
    if not form.validate_on_submit():
        return render_template("threads/tags.html", form=form, thread=thread), form.status
    with transaction():
        actions.retag(me, thread_id, form.tagged, now=now())
    return redirect(url_for(".show", thread_id=thread_id))


@bp.get("/tags/<uuid:tag_id>")
def tag(tag_id: UUID) -> ResponseReturnValue:
    """The threads with a tag, whatever their topic, in the groups of this person."""
    found = tag_at(tag_id)
    if found is None:
        raise Refused(NOT_FOUND)
    older = request.args.get("older", type=Edge.read)
    threads = queries.threads_with_tag(current_actor(), found.slug, now(), older_than=older)
    return render_template("threads/tag.html", tag=found, threads=threads, older=older)


@bp.get("/drafts")
def drafts() -> ResponseReturnValue:
    """Words that this person hasn’t sent yet."""
    me, at = current_actor(), now()
    drafts, thrown = queries.drafts(me), thrown_queries.all_thrown(me, at)
    waiting, taken_back = holds_queries.all_waiting(me), taken_back_queries.all_own(me, at)
    places = [*(each.place for each in drafts), *(each.place for each in thrown)]
    threads = {place.thread_id for place in places if place.thread_id}
    threads |= {each.post.thread_id for each in waiting} | {each.thread_id for each in taken_back}
    return render_template(
        "threads/drafts.html",
        drafts=drafts,
        waiting=waiting,
        taken_back=taken_back,
        thrown=thrown,
        thrown_most=thrown_keeping.THROWN_MOST,
        pictures=taken_out(me, at),
        titles=queries.titles(me, threads, at),
    )


@bp.post("/threads/new/draft")
def keep_new() -> ResponseReturnValue:
    """Keep what is being written for a new thread."""
    return _keep(NEW_THREAD, ThreadForm(), url_for(".start"))


@bp.post("/threads/<uuid:thread_id>/draft")
@follows_its_posts
def keep_reply(thread_id: UUID) -> ResponseReturnValue:
    """Keep what is being written as a reply."""
    back = url_for(".show", thread_id=thread_id, after=request.args.get("after"), _anchor="reply")
    return _keep(Place(thread_id), ReplyForm(), back)


@bp.post("/posts/<uuid:post_id>/draft")
def keep_edit(post_id: UUID) -> ResponseReturnValue:
    """Keep what is being written as a change to a post."""
    thread_id = queries.post(current_actor(), post_id).thread_id
    return _keep(Place(thread_id, post_id), EditForm(), url_for(".edit", post_id=post_id))


def _keep(place: Place, form: WritingForm, back: str) -> ResponseReturnValue:
    typed = form.typed
    with transaction():
        kept = actions.keep_draft(current_actor(), place, typed, press=form.press, now=now())
    words = _said_of(kept, form.press.draft)
    if wants_json():
        seen = kept.seen_by(typed) if kept else None
        noticed = sorted(words_queries.noticed(typed.text))
        return {"ok": True, "draft": str(seen or ""), "words": words, "noticed": noticed}
    flash(words, "ok")
    return redirect(onward(place, request.form.get("then")) or back)


def _noticed(draft: DraftRow | None) -> frozenset[Kind]:
    return words_queries.noticed(draft.kept.typed.text if draft else "")


def _said_of(kept: Kept | None, before: UUID | None) -> str:
    if kept is None:
        nothing = _("There’s nothing left to keep here.")
        if before is None or thrown_queries.thrown(current_actor(), before, now()) is None:
            return nothing
        return nothing + " " + _("For 30 days “My drafts” has what stood here.")
    saved = _("Your words are safe. Draft saved at %(time)s.", time=clock(now()))
    if not kept.overtaken:
        return saved
    return saved + " " + _("What you wrote in another window is kept too.")


def _with(draft: DraftRow | None, **door: str | None) -> dict[str, Any]:
    """What a form begins with: the draft, and before it whatever led here."""
    led = {name: value for name, value in door.items() if value}
    return {**(begun(draft.kept) if draft else {}), **led}


def _after(thread: ThreadRow) -> int:
    return min(request.args.get("after", 1, type=int), thread.last)


def _beside_change(post: PostRow, draft: DraftRow | None) -> dict[str, Any]:
    """What stands beside the words that somebody changes."""
    me, is_waiting = current_actor(), post.is_waiting
    return {
        "noticed": _noticed(draft),
        "pictures": on_page(me, [post.id], Place(post.thread_id, post.id)),
        "hold": holds_queries.latest(post.id) if is_waiting else None,
        "paces": AS_USUAL if is_waiting else paces_of(me, post.thread_id, now()),
    }


def _asked(place: Place, form: ReplyForm | EditForm, before: str = "") -> str | None:
    """The question, once, if this reads like advice where nobody wants any, and what it was before
    didn’t. It is all kept."""
    me, is_meant = current_actor(), bool(form.asked.data)
    if is_meant or reads_like_advice(before) or not reads_like_advice(form.typed.words):
        return None
    if place.thread_id is None or not asks_in(queries.thread(me, place.thread_id).wish):
        return None
    form.asked.data = "1"
    preview.keep(place, form)
    edit = url_for(".edit", post_id=place.post_id) if place.post_id else None
    return render_template(
        "threads/openers/ask.html",
        to=edit or url_for(".reply", thread_id=place.thread_id),
        back=edit or url_for(".show", thread_id=place.thread_id, _anchor="reply"),
        form=form,
        typed=form.as_typed,
    )


def _too_soon(thread: ThreadRow, form: ReplyForm) -> str:
    """What was typed stays on the page, and is kept as it would be by a press."""
    me, place = current_actor(), Place(thread.id)
    preview.keep(place, form)
    return _page(thread, form, queries.draft(me, place))


def _page(thread: ThreadRow, form: ReplyForm | Unbegun, draft: DraftRow | None) -> str:
    me, after, about = current_actor(), _after(thread), topic(thread.topic)
    posts = queries.posts(me, thread.id, after)
    paces = paces_of(me, thread.id, now()) if thread.is_paced else AS_USUAL
    may = may_reply(me, posts.opening, now())
    return render_template(
        "threads/thread.html",
        thread=thread,
        topic=about,
        larger=larger(about) if about else None,
        posts=posts,
        noticed=_noticed(draft),
        after=after,
        page_after=after if after > 1 else None,
        earlier=after - REPLIES_A_PAGE,
        draft=draft,
        may=may,
        paces=paces,
        may_change=may_change_in(paces, now()),
        may_set_pace=may_set_pace(me, thread.group_id, thread.author_id),
        short=NOTHING if after > 1 else in_short(me, thread, posts.opening, paces, now()),
        **_met(thread, (posts.opening, *posts.replies), may, may_change_in(paces, now()), after),
        **_in_the_box(thread, form),
    )


def _met(
    thread: ThreadRow, shown: Sequence[PostRow], may: Verdict, may_change: Verdict, after: int
) -> dict[str, Any]:
    """How these posts meet this reader, and what each offers."""
    me = current_actor()
    own = holds_queries.waiting(me, thread.id) if thread.has_waiting else ()
    waiting = {each.post.id: each for each in own}
    pictured = [*(post.id for post in shown if post.has_pictures), *waiting]
    pictures = on_page(me, pictured, Place(thread.id) if thread.has_unsent else None)
    how = {"mutes": thread.has_muted}
    reader = faces_queries.reader(me, comfort(), shown, pictures, now(), **how)
    words = words_for(me, [post.id for post in shown if post.has_words])
    page = after if after > 1 else None
    return {
        "waiting": waiting,
        "pictures": pictures,
        "reader": reader,
        "offers": Offers(reader, OFFERED[thread.wish], words, bool(may), bool(may_change), page),
        "asks_for_little": thread.wish in ASKS_FOR_LITTLE,
        "has_notes": any(notes_of(shown)),
        "told": hints_queries.told(post.id for post in shown if post.is_by(me)),
    }


def _in_the_box(thread: ThreadRow, form: ReplyForm | Unbegun) -> dict[str, Any]:
    """To whom the reply is, and help with it. `press` is the id of its press, where it isn’t in the
    form yet."""
    box = {"form": form, "openers": OPENERS[thread.wish], "press": None}
    phrases = ADVICE if asks_in(thread.wish) else ()
    if isinstance(form, Unbegun):
        return {**box, "press": uuid4(), "phrases": phrases}
    answered = to_answer(current_actor(), thread.id, form.chosen, now())
    form.write_to(answered)
    return {**box, "answered": answered, "phrases": () if form.asked.data else phrases}


def _place(thread_id: UUID, number: int | None, post_id: UUID | None = None) -> str:
    """The page that this number is on, at this post. What has no number stands on every page."""
    after = page_of(number or 1)
    return url_for(
        ".show",
        thread_id=thread_id,
        after=after if after > 1 else None,
        _anchor=f"post-{post_id}" if post_id else None,
    )
