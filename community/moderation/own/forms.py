"""What a moderator decides of themselves, and what it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Words
from community.moderation.forms import DecisionForm
from community.moderation.own.rules import ASIDE, GROUPS, OUTCOMES
from community.moderation.rules.case import WORDS_MOST
from community.moderation.rules.reasons import ReasonGroup


class OwnForm(DecisionForm):
    """A decision as any other, with what would otherwise stand in a report. Its version is the
    post’s."""

    about = SelectField(
        _("What is nearest?"),
        description=_("If you hide it, this says how urgent it is, and in whose queue it stands."),
        default="other",
    )

    def __init__(self, own: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(OUTCOMES, own)
        self.about.choices = _choices(GROUPS)
        del self.notes


class AsideForm(Form):
    """What is to be read by another moderator, and why. The version is the post’s."""

    about = SelectField(
        _("What is nearest?"),
        description=_("It says how urgent it is, and in whose queue it stands."),
        default="other",
    )
    words = Words(
        _("Anything you’d like to add"),
        None,
        WORDS_MOST,
        description=_("You don’t have to. Only moderators read it, as from a member."),
    )
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about.choices = _choices(ASIDE)


def _choices(groups: Iterable[ReasonGroup]) -> Mapping[str, list[tuple[str, str]]]:
    return {
        gettext(group.label): [(each.id, gettext(each.label)) for each in group.reasons]
        for group in groups
    }
