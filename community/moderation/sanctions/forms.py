"""What was typed about a person: a step, or an answer to what somebody proposed."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from community.accounts.sanctions.rules import SanctionKind
from community.core.forms import Form, Words
from community.moderation.rules.case import WORDS_MOST
from community.moderation.sanctions.rules import Second, Step
from community.threads.acts.forms import guidelines

KINDS = {
    SanctionKind.WARNING: _("Warn them"),
    SanctionKind.CIRCLES: _("They leave this group’s circle, and come into none"),
    SanctionKind.MUTE: _("They read, and don’t write, in this group"),
    SanctionKind.BAN: _("They stay away from this group"),
    SanctionKind.LIMIT: _("They read, and don’t write, everywhere"),
    SanctionKind.SUSPEND: _("They stay away from this place"),
}
MORE = {
    SanctionKind.WARNING: _("Nothing changes for them. Moderators see it for 90 days."),
    SanctionKind.CIRCLES: _(
        "At once, if one is on. Their seats of that day go to whoever waits. They read and write "
        "as before."
    ),
    SanctionKind.MUTE: _("In circles they listen and pass."),
    SanctionKind.BAN: _("Their seats in its calls go to whoever waits."),
    SanctionKind.LIMIT: _("Help and reports stay open to them."),
    SanctionKind.SUSPEND: _(
        "They can read why, answer it, and get help. Their seats are given back."
    ),
}


AFTER = {
    Second.OWNER: _("It begins once an owner of the group agrees, or a moderator of the site."),
    Second.APPROVER: _("More than 30 days begin once another of the site’s moderators agrees."),
}


def label(step: Step) -> str:
    """A step in one line."""
    return gettext("%(what)s. %(length)s.", what=KINDS[step.kind], length=length(step))


def length(step: Step) -> str:
    """For how long, in words."""
    if step.kind is SanctionKind.WARNING:
        return gettext("Write to them")
    if not step.ends_by_itself:
        return gettext("Until somebody looks again, in %(num)d days", num=step.days)
    if step.days == 365:
        return gettext("For one year")
    return gettext("For one day") if step.days == 1 else gettext("For %(num)d days", num=step.days)


class StepForm(Form):
    """One step of the ladder, with its reasons, and the version of the item it is about."""

    step = RadioField(_("What follows for them?"), validators=[DataRequired(_("Choose a step."))])
    rule = SelectField(
        _("Which guideline?"),
        validators=[DataRequired(_("Choose the guideline it is about."))],
    )
    why = Words(
        _("Why? They read this"),
        _("Say why, in a few words."),
        WORDS_MOST,
        description=_("Say what you saw, and what would help next time."),
    )
    note = Words(
        _("Note for moderators"),
        None,
        WORDS_MOST,
        description=_("They can ask to see this."),
    )
    version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(_("Open the item again, so that we know what you saw."))],
    )

    @property
    def by_kind(self) -> list[tuple[SanctionKind, list[Any]]]:
        """The choices, those of one kind together."""
        kinds = groupby(self.step, key=lambda option: Step.read(option.data).kind)
        return [(kind, list(options)) for kind, options in kinds]

    def offer(self, steps: Iterable[Step], own: Mapping[str, Any]) -> None:
        """Say what there is to choose from, and what the group asks for beside the site."""
        self.step.choices = [SelectChoice(str(step), length(step)) for step in steps]
        self.rule.choices = [("", gettext("Choose one")), *{**guidelines(), **own}.items()]


class LiftForm(Form):
    """Why something ends before its time; or, of what has no end of its own, why it goes on."""

    goes_on = RadioField(
        _("What happens now?"),
        choices=[
            SelectChoice("no", _("It ends now")),
            SelectChoice("yes", _("It goes on, until somebody looks again in 90 days")),
        ],
        validators=[DataRequired(_("Choose what happens now."))],
    )
    why = Words(_("Why? They read this"), _("Say why, in a few words."), WORDS_MOST)
    version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(_("Open the item again, so that we know what you saw."))],
    )

    def offer(self, *, can_go_on: bool) -> None:
        """What has an end of its own can only end sooner."""
        if not can_go_on:
            del self.goes_on

    @property
    def is_to_end(self) -> bool:
        return self.goes_on is None or self.goes_on.data == "no"


class AnswerForm(Form):
    """Yes or no to what somebody proposed, and the version of the item it is about."""

    agree = RadioField(
        _("Your answer"),
        choices=[
            SelectChoice("yes", _("Yes, from now on")),
            SelectChoice("no", _("No, not now")),
        ],
        validators=[DataRequired(_("Choose your answer."))],
    )
    words = Words(
        _("A few words about it"),
        None,
        WORDS_MOST,
        description=_("For whoever proposed it. You don’t have to."),
    )
    version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(_("Open this page again, so that we know what you saw."))],
    )

    def offer(self, *, can_agree: bool) -> None:
        """There is no yes to what was decided otherwise since."""
        if not can_agree:
            self.agree.choices = [SelectChoice("no", _("No, not now"))]
