"""What was typed in a report or a decision."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Words
from community.moderation.handbook.guidance import Reply
from community.moderation.rules.case import WORDS_MOST, Outcome
from community.moderation.rules.reasons import ReasonGroup
from community.safety.guidelines import RULES

OUTCOMES = {
    Outcome.APPROVE: _("Show it to the others"),
    Outcome.RETURN: _("Give it back for a change"),
    Outcome.KEEP: _("Leave it as it is"),
    Outcome.HIDE: _("Hide it for now"),
    Outcome.REMOVE: _("Remove it"),
    Outcome.WARN: _("Write to whoever typed it"),
    Outcome.CARE: _("Close it: they know where help is"),
}


def guidelines() -> dict[str, str]:
    """The titles of the guidelines by their ids, numbered as on their page."""
    return {rule.id: f"{number}. {gettext(rule.title)}" for number, rule in enumerate(RULES, 1)}


class ReportForm(Form):
    """One of a few reasons, each a button; words are never needed."""

    reason = RadioField(
        _("What is it?"), validators=[DataRequired(_("Choose what is nearest to it."))]
    )
    words = Words(
        _("Anything you’d like to add"),
        None,
        WORDS_MOST,
        description=_("You don’t have to. Moderators read it; the writer doesn’t."),
    )

    def offer(self, group: ReasonGroup) -> None:
        """Say what there is to choose from."""
        self.reason.choices = [(reason.id, gettext(reason.label)) for reason in group.reasons]


class DecisionForm(Form):
    """A decision with its reasons, and the version of the item it is about."""

    outcome = RadioField(
        _("What happens to it?"), validators=[DataRequired(_("Choose what happens to it."))]
    )
    rule = SelectField(
        _("Which guideline?"),
        validators=[DataRequired(_("Choose the guideline it is about."))],
    )
    why = Words(
        _("Why? The writer reads this"),
        _("Say why, in a few words."),
        WORDS_MOST,
        description=_("Say what you saw, and what can be done next."),
    )
    note = Words(
        _("Note for moderators"),
        None,
        WORDS_MOST,
        description=_("The writer can ask to see this."),
    )
    passages = Words(
        _("Which words? One passage on each line"),
        None,
        WORDS_MOST,
        description=_("Only if you give it back. The writer sees them marked."),
    )
    version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(_("Open the item again, so that we know what you saw."))],
    )

    def begin_with(self, reply: Reply | None) -> None:
        """Fill in words of the handbook and the guideline they’re about; never what is decided."""
        if reply:
            self.rule.data, self.why.data = reply.rule_id, gettext(reply.words)

    def validate(self, extra_validators: Any = None) -> bool:
        """What others may see needs no guideline, and no words to its writer."""
        if self.outcome.data == Outcome.APPROVE:
            self.rule.validators = self.why.validators = ()
        return bool(super().validate(extra_validators))

    def offer(self, outcomes: frozenset[Outcome]) -> None:
        """Say what there is to choose from."""
        self.outcome.choices = [
            (outcome.value, label) for outcome, label in OUTCOMES.items() if outcome in outcomes
        ]
        self.rule.choices = [("", gettext("Choose one")), *guidelines().items()]
