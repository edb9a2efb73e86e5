"""What was ticked: notes that somebody suggests or adds, and how each kind meets a reader."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Ticks
from community.threads.acts.forms import BecauseForm, was_sent
from community.threads.notes.rules import Choices, NoteKind, Seen, Showing

KINDS = [SelectChoice(kind.value, _(kind.label)) for kind in NoteKind]
WAYS = {
    Showing.SHOW: _("Show it"),
    Showing.COLLAPSE: _("Behind a press"),
    Showing.HIDE: _("Out of sight"),
}


def kinds_in(ticked: list[str] | None) -> frozenset[NoteKind]:
    """What was ticked."""
    return frozenset(NoteKind(kind) for kind in ticked or ())


class SuggestForm(Form):
    """Somebody thinks that a post could use these."""

    kinds = Ticks(
        _("What is it about?"),
        choices=KINDS,
        validators=[DataRequired(_("Tick what it is about."))],
    )


class AddForm(BecauseForm):
    """A moderator’s notes before somebody’s words. None takes theirs away."""

    kinds = Ticks(_("What is it about?"), choices=KINDS)
    seen = HiddenField(validators=[was_sent])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @property
    def on_page(self) -> Seen:
        """What stood on their page."""
        return Seen(self.version.data, self.seen.data)


def _ways(kind: NoteKind) -> RadioField:
    return RadioField(
        _(kind.label),
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
        validators=[DataRequired(_("Choose one of the three."))],
    )


class ChoicesForm(Form):
    """For each kind, whose field is named as it is: show it, behind a press, or out of sight."""

    surgery = _ways(NoteKind.SURGERY)
    suicide = _ways(NoteKind.SUICIDE)
    pain = _ways(NoteKind.PAIN)
    trauma = _ways(NoteKind.TRAUMA)
    loss = _ways(NoteKind.LOSS)
    pregnancy = _ways(NoteKind.PREGNANCY)
    food = _ways(NoteKind.FOOD)
    hospital = _ways(NoteKind.HOSPITAL)
    flashing = _ways(NoteKind.FLASHING)

    @property
    def chosen(self) -> Mapping[NoteKind, Showing]:
        """How each kind meets this person."""
        return {kind: Showing(self[kind.value].data) for kind in NoteKind}

    @classmethod
    def of(cls, choices: Choices) -> "ChoicesForm":
        """As it is now."""
        return cls(data={kind: choices.get(kind, Showing.COLLAPSE) for kind in NoteKind})
