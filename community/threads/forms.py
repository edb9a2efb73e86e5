"""What was typed for a thread or a post."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Line, Words
from community.dystonia import TOPICS
from community.threads.rules import TITLE_MOST, WORDS_MOST, Wish


class ThreadForm(Form):
    """A new thread. The view fills in the groups this person may write in."""

    group = SelectField(_("Which group is it for?"), description=_("Its members can read it."))
    topic = SelectField(_("What is it about?"), validators=[DataRequired(_("Choose a topic."))])
    title = Line(_("Title"), _("Write a title, as plain as you like."), TITLE_MOST)
    wish = RadioField(
        _("What would you like from others?"),
        validators=[DataRequired(_("Choose what you’d like from others."))],
    )
    words = Words(_("Your words"), _("Write a few words first."), WORDS_MOST)

    def offer(self, groups: Mapping[UUID, str]) -> None:
        """Say what there is to choose from."""
        self.group.choices = [(str(group_id), name) for group_id, name in groups.items()]
        self.topic.choices = [
            ("", gettext("Choose one")),
            *((topic.slug, gettext(topic.name)) for topic in TOPICS),
        ]
        self.wish.choices = [(wish.value, gettext(wish.words)) for wish in Wish]


class ReplyForm(Form):
    """An answer in a thread."""

    words = Words(_("Your words"), _("Write a few words first."), WORDS_MOST)


class EditForm(Form):
    """Changed words, and the version they were changed from."""

    words = Words(_("Your words"), _("Write a few words first."), WORDS_MOST)
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
