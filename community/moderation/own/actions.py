"""Writing down what moderators do of themselves, and deciding it as anything else is decided.

Whoever it took something from has a statement of reasons, and can ask for another look.
"""

from community.core.db import db
from community.moderation.models import AuditEvent, Decision, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome, Source, Target
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
    db.session.add(
        AuditEvent(
            at=act.at,
            actor_id=act.actor.id,
            acted_for=scope,
            action=act.action,
            item_id=act.about,
            group_id=act.group_id,
            before=act.before,
            after=act.after,
            reason=act.rule_id,
        )
    )
    if act.restricted:
        _decide(act, act.restricted, scope)
    db.session.flush()


def _decide(act: Act, restricted: Restricted, scope: Scope) -> None:
    """An item that is closed as soon as it is there."""
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
        opened_at=act.at,
        closed_at=act.at,
    )
    db.session.add(item)
    db.session.flush()
    decision = Decision(
        item_id=item.id,
        target_id=post.id,
        author_id=restricted.author_id,
        decided_by=act.actor.id,
        outcome=OUTCOMES[act.action],
        rule_id=act.rule_id,
        facts=NOTICED.id,
        why=restricted.why,
        note="",
        scope=scope,
        source=Source.OWN,
        decided_at=act.at,
        hidden_until=None,
        appealable_until=act.at + APPEAL,
    )
    db.session.add(decision)
