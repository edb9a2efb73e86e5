"""Why a name is looked up."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import DataRequired

from community.core.forms import Form, Words
from community.moderation.rules.case import WORDS_MOST
from community.moderation.unmasking.rules import Because, Whose


class NameForm(Form):
    """A reason, and why in words."""

    because = RadioField(
        _("Why is the name needed?"), validators=[DataRequired(_("Choose why it’s needed."))]
    )
    why = Words(
        _("Why? Whoever wrote it reads this"),
        _("Say why, in a few words."),
        WORDS_MOST,
        description=_("Say what you’ll do with the name, and why it can’t be done without."),
    )

    def offer(self, whose: Whose) -> None:
        """Say what there is to choose from, and who reads it."""
        if whose is Whose.REPORTERS:
            self.why.label.text = gettext("Why? Whoever reported it reads this")
        self.because.choices = [(each.value, gettext(each.words)) for each in Because]
