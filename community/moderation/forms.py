"""What was typed in a report or a decision."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import UUID, DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Line, Ticks, Words
from community.moderation.handbook.guidance import Reply
from community.moderation.rules.case import BETWEEN_TWO, WORDS_MOST, Outcome, Target
from community.moderation.rules.reasons import REASONS, ReasonGroup, ReportReason
from community.threads.acts.forms import guidelines
from community.threads.notes.forms import KINDS
from community.threads.notes.rules import NoteKind

LAW_MOST = 200
NOBODY: Mapping[Any, str] = MappingProxyType({})

OUTCOMES = {
    Outcome.APPROVE: _("Show it to the others"),
    Outcome.RETURN: _("Give it back for a change"),
    Outcome.KEEP: _("Leave it as it is"),
    Outcome.NOTE: _("Put a content note before it"),
    Outcome.DISTANCE: _("Ask two people whether they’d keep apart"),
    Outcome.APOLOGY: _("Ask two people about a word of apology"),
    Outcome.HIDE: _("Hide it for now"),
    Outcome.REMOVE: _("Remove it"),
    Outcome.WARN: _("Write to them about it"),
    Outcome.CARE: _("Close it: they know where help is"),
}


class _Notice(Form):
    """What a report is of, and what one under the law says more, on a page of its own."""

    words = Words(
        _("Anything you’d like to add"),
        None,
        WORDS_MOST,
        description=_("You don’t have to. Only moderators read it."),
    )
    law = Line(
        _("Which law, and of which country?"),
        None,
        LAW_MOST,
        description=_("As well as you know it. Like: insult, Germany."),
    )
    in_good_faith = BooleanField(_("As far as I know, what I say here is true and complete."))
    third = StringField(widget=HiddenInput())
    reason: RadioField | SelectField

    @property
    def is_notice(self) -> bool:
        """Under the law, which wants more of it than two presses."""
        reason = REASONS.get(self.reason.data or "")
        return reason is not None and reason.asks_for_law

    def validate(self, extra_validators: Any = None) -> bool:
        """A notice is sent from its own page, which comes before anything is missed."""
        if self.is_notice:
            self.words.label.text = gettext("What is it, and why is it against the law?")
            self.words.description = gettext("Moderators of the site read it.")
            if not self.third.data:
                return False
            self.words.validators = [
                DataRequired(_("Say what it is, and why it’s against the law."))
            ]
            self.law.validators = [DataRequired(_("Say which law, and of which country."))]
            self.in_good_faith.validators = [DataRequired(_("Tick this if it’s so."))]
        return bool(super().validate(extra_validators))


class WhoForm(Form):
    """One of those in a circle, by name. It stands in the address, and is no part of a report."""

    class Meta:
        csrf = False  # it only asks

    name = StringField(_("Their name, or how it begins"))


class ReportForm(_Notice):
    """One of a few reasons, each a button; words are never needed."""

    reason = RadioField(
        _("What is it?"), validators=[DataRequired(_("Choose what is nearest to it."))]
    )
    anonymous = BooleanField(
        _("Keep my name from moderators too"),
        description=_("Then none of them can look it up, unless somebody’s life may be at risk."),
    )

    def offer(self, group: ReasonGroup) -> None:
        """Say what there is to choose from."""
        self.reason.choices = [(reason.id, gettext(reason.label)) for reason in group.reasons]

    @property
    def page(self) -> str:
        """Where it goes on if it can’t be sent yet."""
        return f"moderation/report_{'law' if self.is_notice else 'about'}.html"

    @property
    def how(self) -> dict[str, Any]:
        """What goes with the reason and the words."""
        law = self.law.data if self.is_notice else ""
        return {"law": law or "", "anonymous": self.anonymous.data}


class HowForm(Form):
    """What somebody minds about how a decision was made."""

    words = Words(
        _("What was wrong with how it was decided?"),
        _("Say in a few words what was wrong."),
        WORDS_MOST,
        description=_("Safety leads read it, and nobody else. Whoever decided doesn’t."),
    )


class HideForm(_Notice):
    """What words of a circle are about that are to be hidden, and the press that does it."""

    reason = SelectField(
        _("What is nearest?"),
        description=_("Moderators read the most urgent first. You can leave it as it is."),
        default="other",
    )
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    event_id = StringField(widget=HiddenInput(), validators=[UUID()])

    def offer(self, groups: Sequence[ReasonGroup]) -> None:
        """Say what there is to choose from."""
        self.reason.choices = {
            gettext(group.label): [(each.id, gettext(each.label)) for each in group.reasons]
            for group in groups
        }

    @property
    def page(self) -> str:
        """Where it goes on if nothing can be hidden yet."""
        return f"moderation/hide_{'by_law' if self.is_notice else 'words'}.html"


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
    other = SelectField(
        _("Who is the other one? Only if you ask two people"),
        description=_("The writer is one of them. Nobody hears from this who reported it."),
        validators=[Optional(), UUID()],
        validate_choice=False,
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
        if self.outcome.data in BETWEEN_TWO:
            self.other.validators = [DataRequired(_("Choose who the other one is.")), UUID()]
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

    def offer(
        self,
        outcomes: frozenset[Outcome],
        own: Mapping[str, Any],
        people: Mapping[Any, str] = NOBODY,
    ) -> None:
        """Say what there is to choose from, what the group asks for beside the site, and whom to
        ask."""
        self.other.choices = [
            ("", gettext("Choose one")),
            *((str(k), v) for k, v in people.items()),
        ]
        self.outcome.choices = [
            (outcome.value, label) for outcome, label in OUTCOMES.items() if outcome in outcomes
        ]
        self.rule.choices = [("", gettext("Choose one")), *{**guidelines(), **own}.items()]
