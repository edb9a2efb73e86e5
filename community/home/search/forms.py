"""What somebody looks for. Shape only: what the words mean is for the rules of search."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from community.core.forms import TOO_LONG, Form, Line
from community.dystonia.topics import all_topics
from community.threads.search.rules import TYPED_MOST

NAME_MOST = 80


class SearchForm(Form):
    """Words, and where and whose they are."""

    words = Line(
        _("What are you looking for?"),
        _("Type a word to look for."),
        TYPED_MOST,
        description=_("A word or two is enough."),
    )
    topic = SelectField(
        _("Topic"),
        default="",
        choices=lambda: [
            SelectChoice("", _("All topics")),
            *(SelectChoice(topic.slug, _(topic.name)) for topic in all_topics()),
        ],
    )
    by = StringField(
        _("Written by"),
        description=_("The name as it stands beside their words. You can leave this empty."),
        validators=[Length(max=NAME_MOST, message=TOO_LONG)],
        default="",
        filters=[str.strip],
    )
