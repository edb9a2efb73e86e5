"""A title, and what its writer would like from others."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from community.core.forms import Form, Line
from community.threads.rules.posts import TITLE_MOST, Wish


class HeadingForm(Form):
    """What stands at the top of a thread."""

    title = Line(_("Title"), _("Write a title, as plain as you like."), TITLE_MOST)
    wish = RadioField(
        _("What would you like from others?"),
        choices=[SelectChoice(wish.value, _(wish.words)) for wish in Wish],
        validators=[DataRequired(_("Choose what you’d like from others."))],
    )
