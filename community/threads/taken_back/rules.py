"""Taking words back can be undone for thirty days, by whoever wrote them. Pure.

shown ──▶ taken back ──▶ shown again, or read by a moderator first
              └──▶ erased: by a press, or when the days are over
"""

from datetime import timedelta

from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.safety.rules import not_muted
from community.threads.rules.posts import PostState, Written, may_keep_draft

KEPT_FOR = timedelta(days=30)

REMOVED_SINCE = Reason(
    "removed-since", "A moderator has removed this meanwhile, so it can’t be put back.", 409
)
ERASED = Reason("erased-words", "These words are erased. They can’t be put back.", 409)


def may_see_taken_back(actor: Actor, post: Written) -> Verdict:
    """Only whoever wrote it, in a group they still belong to."""
    return may_keep_draft(actor, post)


def may_put_back(actor: Actor, post: Written, otherwise: PostState) -> Verdict:
    """What nobody decided about meanwhile: `otherwise` is how it would be shown."""
    return (
        may_see_taken_back(actor, post)
        and (no(REMOVED_SINCE) if otherwise is PostState.REMOVED else YES)
        and not_muted(actor, post.group_id)
    )
