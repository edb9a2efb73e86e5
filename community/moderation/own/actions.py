"""Writing down what moderators do of themselves, and deciding it as anything else is decided.

Whoever it took something from has a statement of reasons, and can ask for another look.
"""

from community.core.db import db
from community.moderation.at_once import decided_at_once
from community.moderation.models import ReviewItem
from community.moderation.record import actions as record
from community.moderation.rules.case import Outcome, Source, Target
from community.moderation.rules.reasons import NOTICED, Scope
from community.threads.acts.heard import hears_of_acts
from community.threads.acts.rules import Act, Restricted
from community.threads.models import Post
from community.threads.notes.actions import NOTED

OUTCOMES = {
    NOTED: Outcome.NOTE,
    "pause": Outcome.PAUSE,
    "lock": Outcome.LOCK,
    "slow": Outcome.SLOW,
}


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
    decided_at_once(item, *what, by=act.actor.id, author_id=restricted.author_id, now=act.at)
