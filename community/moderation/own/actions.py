"""Writing down what moderators do of themselves, and deciding it as anything else is decided.

Whoever it took something from has a statement of reasons, and can ask for another look.
"""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import add_once, db
from community.core.verdict import Verdict
from community.moderation.actions import cause_of
from community.moderation.at_once import decided_at_once
from community.moderation.cases import case_of
from community.moderation.models import ItemNamed, ReviewItem
from community.moderation.own import queries as own_queries
from community.moderation.own import rules
from community.moderation.record import actions as record
from community.moderation.reports import queries as report_queries
from community.moderation.rules.case import Outcome, Source, Target, may_open_case
from community.moderation.rules.reasons import NOTICED, Scope
from community.threads.acts.heard import asked_of_acts, hears_of_acts
from community.threads.acts.rules import Act, Restricted
from community.threads.mentions import queries as mentions_queries
from community.threads.models import Post
from community.threads.notes.actions import NOTED
from community.threads.rules.rows import PostRow

OUTCOMES = {
    NOTED: Outcome.NOTE,
    "pause": Outcome.PAUSE,
    "lock": Outcome.LOCK,
    "slow": Outcome.SLOW,
}


@asked_of_acts
def may_act(actor: Actor, post: PostRow, now: datetime) -> Verdict:
    """Nobody who has a part in it."""
    return rules.may_act(actor, own_queries.come_upon(actor, post, now).case)


@hears_of_acts
def write_down(act: Act) -> None:
    """In the transaction in which it is done."""
    scope = Scope.GROUP if act.actor.moderates(act.group_id) else Scope.PLATFORM
    record.write(
        act.actor,
        act.action,
        act.about,
        group_id=act.group_id,
        scope=scope,
        before=act.before,
        after=act.after,
        reason=act.rule_id,
        now=act.at,
    )
    if act.restricted:
        _decide(act, act.restricted, scope)
    db.session.flush()


def _decide(act: Act, restricted: Restricted, scope: Scope) -> None:
    post = db.session.get_one(Post, restricted.post_id)
    item = ReviewItem(
        about=Target.POST,
        post_id=post.id,
        reported_version=post.version,
        reported_html=post.html,
        group_id=act.group_id,
        source=Source.OWN,
        reason=NOTICED.id,
        severity=NOTICED.severity,
        scope=scope,
    )
    what = (OUTCOMES[act.action], act.rule_id, restricted.why)
    source, facts = _cause(act, restricted.post_id) or (item.source, item.reason)
    by, author_id = act.actor.id, restricted.author_id
    decided_at_once(item, *what, source, facts, by=by, author_id=author_id, now=act.at)
    for account_id in mentions_queries.spoken_in(post.id):  # they don’t hear the other look
        add_once(ItemNamed, item_id=item.id, account_id=account_id)


def _cause(act: Act, post_id: UUID) -> tuple[Source, str] | None:
    """What it rests on, if something is open about these very words that this moderator may decide
    about. Of what isn’t for them, and of other posts in the thread, its writer learns nothing."""
    open_id = report_queries.open_item(post_id)
    if open_id is None:
        return None
    item = db.session.get_one(ReviewItem, open_id)
    is_theirs = may_open_case(act.actor, case_of(item, act.at), act.at)
    return cause_of(item) if is_theirs else None
