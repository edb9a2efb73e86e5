"""A phrase to watch for, as somebody typed it."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from community.core.forms import Form, Line
from community.safety.words.rules import PHRASE_MOST, Kind


class PhraseForm(Form):
    """One phrase. Rules decide whether it can be watched for."""

    phrase = Line(
        _("Words to watch for"),
        _("Write the words to watch for."),
        PHRASE_MOST,
        description=_("A star at the end stands for any ending, # for a number."),
    )
    kind = RadioField(
        _("In which list?"),
        choices=[SelectChoice(kind.value, _(kind.words)) for kind in Kind],
        coerce=Kind,
        validators=[DataRequired(_("Choose a list."))],
    )
