"""What was typed in a report or a decision."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import UUID, DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Ticks, Words
from community.moderation.handbook.guidance import Reply
from community.moderation.rules.case import WORDS_MOST, Outcome, Target
from community.moderation.rules.reasons import ReasonGroup, ReportReason
from community.threads.acts.forms import guidelines
from community.threads.notes.forms import KINDS
from community.threads.notes.rules import NoteKind

OUTCOMES = {
    Outcome.APPROVE: _("Show it to the others"),
    Outcome.RETURN: _("Give it back for a change"),
    Outcome.KEEP: _("Leave it as it is"),
    Outcome.NOTE: _("Put a content note before it"),
    Outcome.HIDE: _("Hide it for now"),
    Outcome.REMOVE: _("Remove it"),
    Outcome.WARN: _("Write to them about it"),
    Outcome.CARE: _("Close it: they know where help is"),
}


class ReportForm(Form):
    """One of a few reasons, each a button; words are never needed."""

    reason = RadioField(
        _("What is it?"), validators=[DataRequired(_("Choose what is nearest to it."))]
    )
    words = Words(
        _("Anything you’d like to add"),
        None,
        WORDS_MOST,
        description=_("You don’t have to. Only moderators read it."),
    )
    anonymous = BooleanField(
        _("Keep my name from moderators too"),
        description=_("Then none of them can look it up, unless somebody’s life may be at risk."),
    )

    def offer(self, group: ReasonGroup) -> None:
        """Say what there is to choose from."""
        self.reason.choices = [(reason.id, gettext(reason.label)) for reason in group.reasons]


class HideForm(Form):
    """What words of a circle are about that are to be hidden, and the press that does it."""

    reason = SelectField(
        _("What is nearest?"),
        description=_("Moderators read the most urgent first. You can leave it as it is."),
        default="other",
    )
    words = Words(
        _("Anything you’d like to add"),
        None,
        WORDS_MOST,
        description=_("You don’t have to. Only moderators read it."),
    )
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    event_id = StringField(widget=HiddenInput(), validators=[UUID()])

    def offer(self, groups: Sequence[ReasonGroup]) -> None:
        """Say what there is to choose from."""
        self.reason.choices = {
            gettext(group.label): [(each.id, gettext(each.label)) for each in group.reasons]
            for group in groups
        }


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
    notes = Ticks(_("Which notes? Only if you put them before it"), choices=KINDS)
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
        if self.outcome.data == Outcome.NOTE:
            self.notes.validators = [DataRequired(_("Tick which notes stand before it."))]
        return bool(super().validate(extra_validators))

    def speak_of(self, about: Target, reason: ReportReason) -> None:
        """Begin with what is most often needed, and say who reads it where nobody has written what
        it is about. What hurts to come upon needs a note first, and is seldom taken away."""
        if reason.asks_for_note and not self.is_submitted():
            self.outcome.data = Outcome.NOTE
            self.notes.data = [kind for kind in NoteKind if kind == reason.id]
        if about is Target.PERSON:
            self.outcome.choices = [
                (value, gettext("Nothing follows") if value == Outcome.KEEP else label)
                for value, label in self.outcome.choices
            ]
            self.why.label.text = gettext("Why? Only moderators read this")
        if about is Target.CALL:
            self.why.label.text = gettext("Why? Whoever it’s about reads this")
        if about in {Target.PERSON, Target.CALL}:
            self.note.description = gettext("Whoever it’s about can ask to see this.")

    def offer(self, outcomes: frozenset[Outcome]) -> None:
        """Say what there is to choose from."""
        self.outcome.choices = [
            (outcome.value, label) for outcome, label in OUTCOMES.items() if outcome in outcomes
        ]
        self.rule.choices = [("", gettext("Choose one")), *guidelines().items()]
