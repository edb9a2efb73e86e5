"""Looking for words in everything that a member may read.

What somebody looks for may say how they are, so no address has it (promise 10): it is sent by POST,
and its page stands at an address by chance. The session knows what that was about.
"""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.core.web import current_actor, now
from community.dystonia.topics import all_topics
from community.home.search.forms import SearchForm
from community.threads.search import queries
from community.threads.search.queries import Asked
from community.threads.search.rules import read

bp = Blueprint("search", __name__, url_prefix="/search")

SEARCHES = "searches"  # in the session: the latest of them, each with the address it has
KEPT = 5


@bp.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Type what to look for."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _page(form), form.status
    typed = {name: form[name].data for name in ("words", "topic", "by")}
    search_id = uuid4()
    session[SEARCHES] = [*session.get(SEARCHES, ())[1 - KEPT :], [search_id.hex, typed]]
    return redirect(url_for(".show", search_id=search_id))


@bp.post("/still-found")
def still_found() -> ResponseReturnValue:
    """Which posts of an open page aren’t there any more for its reader: their words leave it."""
    posts = request.form.getlist("posts", type=UUID)[: queries.A_PAGE]
    there = queries.still_found(current_actor(), posts, now())
    return {"ok": True, "gone": [str(each) for each in posts if each not in there]}


@bp.get("/<uuid:search_id>")
def show(search_id: UUID) -> ResponseReturnValue:
    """What was found, a page at a time. A search that isn’t kept any more can be typed again."""
    typed = dict(session.get(SEARCHES, ())).get(search_id.hex)
    if typed is None:
        return _page(SearchForm(formdata=None), is_lost=True), 404
    query, before = read(typed["words"]), request.args.get("before", type=UUID)
    asked = Asked(query, topic=typed["topic"], by=typed["by"])
    found = queries.find(current_actor(), asked, now(), before=before)
    form = SearchForm(formdata=None, data=typed)
    return _page(form, query=query, found=found, search_id=search_id, before=before)


def _page(form: SearchForm, **more: Any) -> str:
    names = {topic.slug: topic.name for topic in all_topics()}
    return render_template("home/search.html", form=form, names=names, **more)
