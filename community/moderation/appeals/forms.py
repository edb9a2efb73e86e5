"""What is typed to ask for another look, and to answer."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Words
from community.moderation.appeals.rules import Result
from community.moderation.rules.case import WORDS_MOST


class AskForm(Form):
    """Words are never needed."""

    words = Words(
        _("What should somebody see that was missed?"),
        None,
        WORDS_MOST,
        description=_("You don’t have to say anything. Whoever looks again reads this."),
    )


class AnswerForm(Form):
    """What somebody else found, and the version of the item that they read."""

    result = RadioField(
        _("What do you find?"),
        choices=[
            SelectChoice(Result.UPHELD.value, _("They’re right")),
            SelectChoice(Result.PARTLY.value, _("They’re right in part")),
            SelectChoice(Result.REJECTED.value, _("The decision stands")),
        ],
        validators=[DataRequired(_("Choose what you find."))],
    )
    answer = Words(
        _("Your answer. Whoever asked reads this"),
        _("Say why, in a few words."),
        WORDS_MOST,
    )
    version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(_("Open this page again, so that we know what you saw."))],
    )

    def offer(self, *, has_less: bool) -> None:
        """Say what there is to choose from."""
        if not has_less:
            partly = Result.PARTLY.value
            self.result.choices = [each for each in self.result.choices if each.value != partly]
