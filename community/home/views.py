"""Pages that show several domains together, and the ones anybody may read."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from community.accounts import queries as accounts_queries
from community.accounts.check_in.rules import today
from community.calls import queries as calls_queries
from community.calls.actions import seating as calls_seating
from community.calls.rules.call import may_schedule
from community.calls.seats import queries as seat_queries
from community.core import post
from community.core.db import transaction
from community.core.forms import Unbegun
from community.core.sockets import hang_up
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now, ports, public
from community.dystonia.facts import FACTS
from community.dystonia.topics import ALIASES, Kind, Topic, all_topics, catalogue, larger, was_tag
from community.dystonia.topics import topic as find_topic
from community.groups import actions as groups_actions
from community.groups import queries as groups_queries
from community.groups.guidelines import queries as guidelines_queries
from community.groups.guidelines.rules import may_write
from community.groups.rules import (
    may_appoint,
    may_invite,
    may_leave,
    may_see_inside,
    may_see_joining,
)
from community.groups.topics import queries as topics_queries
from community.groups.views import LEFT
from community.home.search.forms import SearchForm
from community.home.settings import (
    comfort_groups,
    news_groups,
    notes_group,
    quiet_days_group,
)
from community.notifications import queries as notifications_queries
from community.notifications.rules import is_quiet, was_quiet
from community.safety import queries as safety_queries
from community.threads import queries as threads_queries
from community.threads.following import queries as following_queries
from community.threads.greeting import queries as greeting_queries
from community.threads.holds import queries as holds_queries
from community.threads.notes import queries as notes_queries
from community.threads.rules.posts import Edge

bp = Blueprint("home", __name__)

NEWEST = 5  # threads on My place: enough to choose from, few enough to read
SOON = 4  # calls beside threads
NEAR = 3  # threads of neighbouring topics, so that nobody lands in an empty room
LOOK_FOR = 6  # tags beside a topic's threads


@bp.get("/")
@public
def welcome() -> ResponseReturnValue:
    """What this is, for whoever comes to the door. Members go through to their place."""
    if current_actor().is_active:
        return redirect(url_for(".my_place"))
    return render_template("home/welcome.html", topics=_of(Kind.TYPE))


@bp.get("/home")
def my_place() -> ResponseReturnValue:
    """Where a member arrives."""
    me, at, badge = current_actor(), now(), current_user.badge
    return render_template(
        "home/my_place.html",
        next_call=calls_queries.next_call_of(me, now=at),
        offers=calls_queries.offered_to(me, now=at),
        # What they haven’t read stands first.
        threads=sorted(
            threads_queries.new_threads(me, NEWEST, at), key=lambda each: not each.unread
        ),
        unfinished=holds_queries.unfinished(me),
        groups=tuple(groups_queries.group_names(me).items()),
        doorsteps=groups_queries.doorsteps(me),
        given_up=post.given_up() if me.is_admin else 0,
        lines_to_check=len(safety_queries.lines_to_check(at)) if me.is_admin else 0,
        how=today(badge.checked_in, at),
        quiet_until=badge.quiet_until if is_quiet(badge.quiet_until, at) else None,
        was_quiet=was_quiet(badge.quiet_until, at),
    )


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    """All my settings, in words."""
    me = current_actor()
    choices, quiet = notifications_queries.choices(me), notifications_queries.quiet_of(me)
    told = ports().pusher.public_key is not None
    return render_template(
        "home/settings.html",
        groups=[
            *comfort_groups(accounts_queries.person(me.id), current_user.badge.comfort),
            *news_groups(choices, quiet, tells_devices=told),
            quiet_days_group(current_user.badge.quiet_until, now()),
            notes_group(notes_queries.choices(me)),
        ],
    )


@bp.get("/groups/<uuid:group_id>")
def group(group_id: UUID) -> ResponseReturnValue:
    """A group from inside."""
    me, at = current_actor(), now()
    may_see_inside(me, group_id).require()
    card = groups_queries.open_group(group_id)
    calls = calls_queries.calls_of_group(me, group_id, limit=SOON, now=at)
    return render_template(
        "home/group.html",
        group=card,
        greets=greeting_queries.on_page(me, group_id, at),
        keepers=groups_queries.keepers(group_id),
        agreed_at=safety_queries.agreed_at(me.id),
        own=guidelines_queries.own(group_id),
        may_write=may_write(me, group_id),
        may_leave=may_leave(me, group_id, card.is_built_in, groups_queries.owners(group_id)),
        may_appoint=may_appoint(me, group_id, card.is_built_in),
        may_see_joining=may_see_joining(me, group_id),
        may_invite=may_invite(me, group_id, card.is_built_in),
        may_schedule=may_schedule(me, group_id),
        calls=calls,
        signing_up=seat_queries.sign_ups(me, calls, at),
        threads=threads_queries.threads_of_group(me, group_id, at, older_than=_older()),
        older=_older(),
    )


@bp.post("/groups/<uuid:group_id>/leave")
def leave_group(group_id: UUID) -> ResponseReturnValue:
    """Leave quietly. Seats in the group’s calls go to whoever waits for them."""
    me, at = current_actor(), now()
    with transaction():
        calls_seating.release_seats(me, group_id, now=at)
        groups_actions.leave(me, group_id, now=at)
    hang_up(me.id)  # a circle of this group may be open in another window
    session[LEFT] = (group_id, at)
    flash(_("You’ve left the group. Nobody is told."), "ok")
    return redirect(url_for("groups.show", group_id=group_id))


@bp.get("/topics")
@public
def topics() -> ResponseReturnValue:
    """All topics: a place for each kind, and for living with it."""
    current_actor()  # the claims of a member say which there are by now
    kinds, living = _of(Kind.TYPE), _of(Kind.LIVING)
    names = catalogue().other_names
    return render_template("home/topics.html", kinds=kinds, living=living, names=names)


@bp.get("/topics/<slug>")
@public
def topic(slug: str) -> ResponseReturnValue:
    """One topic. Other names that people use for it lead here too."""
    if slug in ALIASES:
        return redirect(url_for(".topic", slug=ALIASES[slug]), 301)
    me, at, found = current_actor(), now(), _topic(slug)
    if found.slug != slug:  # staff can take such a name away again
        return redirect(url_for(".topic", slug=found.slug))
    if not me.is_active:
        return render_template("home/topic.html", topic=found, has_facts=slug in FACTS)
    calls = calls_queries.calls_of_topic(me, slug, limit=SOON, now=at)
    return render_template(
        "home/topic.html",
        topic=found,
        has_facts=slug in FACTS,
        names={each.slug: each.name for each in all_topics()},
        calls=calls,
        signing_up=seat_queries.sign_ups(me, calls, at),
        threads=threads_queries.threads_of_topic(me, slug, at, older_than=_older()),
        older=_older(),
        tags=tuple(threads_queries.tags_in_topic(me, slug, LOOK_FOR, at)),
        near=tuple(near for near in all_topics() if near.slug in found.near),
        written_near=threads_queries.threads_near(me, found, NEAR, at),
        level=following_queries.level_of_topic(me, slug),
        was_tag=was_tag(slug),
        larger=larger(found),
        search=Unbegun(SearchForm),
    )


@bp.get("/types/<slug>")
@public
def facts(slug: str) -> ResponseReturnValue:
    """Plain facts about one kind, and where they come from."""
    found, known = find_topic(slug), FACTS.get(slug)
    if found is None or known is None:
        raise Refused(NOT_FOUND)
    return render_template("home/facts.html", topic=found, facts=known)


@bp.get("/not-medical-advice")
@public
def not_medical_advice() -> ResponseReturnValue:
    """What we can’t tell anybody."""
    return render_template("home/not_medical_advice.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept, who sees it, and what isn’t done."""
    return render_template("home/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What works, what doesn’t yet, and whom to tell."""
    return render_template("home/accessibility.html")


def _older() -> Edge | None:
    """Where the page before this one ended. None, and for whatever is no edge: the beginning."""
    return request.args.get("older", type=Edge.read)


def _topic(slug: str) -> Topic:
    """Of this slug or other name. One that this process doesn’t know may be a moment old: no claims
    of a guest say so."""
    if _by_name(slug) is None:
        topics_queries.look()
    found = _by_name(slug)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def _by_name(slug: str) -> Topic | None:
    return find_topic(slug) or find_topic(catalogue().aliases.get(slug, ""))


def _of(kind: Kind) -> list[Topic]:
    return [topic for topic in all_topics() if topic.kind is kind]
