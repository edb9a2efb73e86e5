"""What was chosen to put threads in order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from community.core.forms import Form, Line, Ticks
from community.dystonia.topics import all_topics
from community.threads.rules.posts import TITLE_MOST


class TopicForm(Form):
    """Another topic for a thread."""

    topic = SelectField(_("Which topic?"), validators=[DataRequired(_("Choose a topic."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic.choices = [
            SelectChoice("", gettext("Choose one")),
            *(SelectChoice(each.slug, gettext(each.name)) for each in all_topics()),
        ]


class SplitForm(Form):
    """The replies that go, and what the new thread is called. The view says which there are."""

    title = Line(
        _("Title of the new thread"), _("Write a title, as plain as you like."), TITLE_MOST
    )
    replies = Ticks(
        _("Which replies go there?"),
        validators=[DataRequired(_("Choose at least one reply."))],
        coerce=UUID,
    )

    def offer(self, names: Mapping[UUID, str]) -> None:
        """Say what there is to choose from."""
        self.replies.choices = [SelectChoice(str(key), name) for key, name in names.items()]

    @property
    def chosen(self) -> frozenset[UUID]:
        """The ids of the replies."""
        return frozenset(self.replies.data or ())


class MergeForm(Form):
    """The thread that the posts are put into. The view says which there are."""

    into = RadioField(_("Into which thread?"), validators=[DataRequired(_("Choose a thread."))])

    def offer(self, titles: Mapping[UUID, str]) -> None:
        """Say what there is to choose from."""
        self.into.choices = [SelectChoice(str(key), title) for key, title in titles.items()]
