"""Of moderation."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from community.core.actor import Actor
from community.core.words import said
from community.moderation.about.models import Remark
from community.moderation.agreements.models import AskedWhether
from community.moderation.appeals.models import Appeal
from community.moderation.duty.models import Duty
from community.moderation.help.models import HelpWanted
from community.moderation.models import Decision, DecisionWords, Report
from community.moderation.openness import queries as openness_queries
from community.moderation.rules.case import Outcome, Source
from community.moderation.sent_out.models import SentOut
from community.moderation.talk.models import TalkAsked
from community.moderation.unmasking import queries as unmasking_queries
from community.privacy.taking_out.register.entry import Entry, Mine, NotMine, Row, Told, by
from community.privacy.taking_out.register.guidelines import with_guidelines

AT_WORK = NotMine("How moderators go about an item is for them only. What was decided is here.")
UNTOLD = NotMine(
    "What is open about somebody would tell them of a report before anything is decided. What was "
    "decided is here."
)
_SILENT = (Outcome.KEEP, Outcome.APPROVE, Outcome.CARE)


def _told(actor: Actor) -> ColumnElement[bool]:
    """What changed something for them, as on the page of the statement."""
    hiding = aliased(Decision)
    hid_it = and_(hiding.item_id == Decision.item_id, hiding.outcome == Outcome.HIDE)
    changed = (Decision.outcome.not_in(_SILENT), Decision.source == Source.APPEAL)
    return and_(Decision.author_id == actor.id, or_(*changed, exists().where(hid_it)))


def _why(actor: Actor) -> Mapping[str, ColumnElement[str]]:
    why = select(DecisionWords.why).where(DecisionWords.decision_id == Decision.id)
    return {"why": why.scalar_subquery()}


def _looks(actor: Actor) -> Iterable[Row]:
    older = None
    while True:
        looks, older = openness_queries.looks_at(actor, older=older)
        for look in looks:
            yield {"at": look.at, "for": look.acted_for, "group": look.group_name}
        if older is None:
            return


def _looked_up(actor: Actor) -> Iterable[Row]:
    for look in unmasking_queries.looked_up(actor):
        yield {"at": look.at, "as": look.whose, "because": look.because, "why": look.why}


REGISTER: Mapping[str, Entry] = {
    "decision": Mine(
        said("What was decided about you and your words, and why"),
        Decision,
        _told,
        "id target_id outcome rule_id facts source automated decided_at hidden_until "
        "appealable_until",
        "item_id author_id decided_by scope supersedes_id words_digest",
        beside=_why,
        worded=with_guidelines,
    ),
    "asked_whether": Mine(
        said("What you said when two of you were asked something"),
        AskedWhether,
        by(AskedWhether.account_id),
        "decision_id says said_at",
        "account_id",
    ),
    "sent_out": Mine(
        said("Why your place in a circle was ended"),
        SentOut,
        by(SentOut.account_id),
        "why sent_out_at",
        "item_id decision_id account_id call_id",
    ),
    "appeal": Mine(
        said("When you asked for another look"),
        Appeal,
        by(Appeal.appellant_id),
        "decision_id side words asked_at result answer answered_at",
        "id item_id appellant_id answered_by",
    ),
    "report": Mine(
        said("What you reported"),
        Report,
        by(Report.reporter_id),
        "reason words law reported_at taken_back_at is_anonymous",
        "id item_id reporter_id met_in decision_id",
    ),
    "remark": Mine(
        said("What moderators noted about you"),
        Remark,
        by(Remark.subject_id),
        "words written_at until",
        "id subject_id group_id author_id",
    ),
    "help_wanted": Mine(
        said("When you asked for a moderator"),
        HelpWanted,
        by(HelpWanted.account_id),
        "words asked_at",
        "id group_id account_id call_id thread_id in_circle scope up_at",
    ),
    "duty": Mine(
        said("When you said that you look after what waits"),
        Duty,
        by(Duty.account_id),
        "begins_at until",
        "account_id",
    ),
    "talk_asked": Mine(
        said("What you’d like to talk over with whoever looks after the site"),
        TalkAsked,
        by(TalkAsked.account_id),
        "words asked_at",
        "account_id",
    ),
    "talk_hearer": NotMine("Whom somebody asked to talk with them is theirs and not yours."),
    "audit_event": Told(said("When somebody opened words of yours"), _looks),
    "unmasking": Told(said("When somebody looked up your name"), _looked_up),
    "review_item": UNTOLD,
    "reported_words": UNTOLD,
    "sanction_proposal": UNTOLD,
    "decision_words": NotMine(
        "Why something was decided stands with the decision. Beside it is only what moderators "
        "note for one another."
    ),
    "second_opinion": AT_WORK,
    "care_taken": AT_WORK,
    "help_taken": AT_WORK,
    "item_claim": AT_WORK,
    "appeal_claim": AT_WORK,
    "item_named": AT_WORK,
    "item_passed": AT_WORK,
    "record_seal": NotMine("It is a number over the whole record, and says nothing of anybody."),
}
