"""What was chosen to put threads in order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from community.core.forms import Form, Line, Ticks
from community.dystonia.topics import all_topics
from community.threads.forms import as_id
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
    """The replies that go, and what the new thread is called. The view says which are on its page;
    those that were ticked on other pages are kept unseen."""

    title = Line(
        _("Title of the new thread"), _("Write a title, as plain as you like."), TITLE_MOST
    )
    replies = Ticks(_("Which replies go there?"), coerce=UUID)
    kept = SelectMultipleField(choices=(), validate_choice=False, coerce=as_id)

    def offer(self, names: Mapping[UUID, str]) -> None:
        """Say what there is to choose from on this page."""
        chosen = self.chosen
        self.replies.choices = [SelectChoice(str(key), name) for key, name in names.items()]
        self.replies.data = [each for each in names if each in chosen]
        self.kept.data = sorted(chosen - names.keys())

    def validate_replies(self, field: Ticks) -> None:
        """One from any page will do."""
        if not self.chosen:
            raise ValidationError(gettext("Choose at least one reply."))

    @property
    def chosen(self) -> frozenset[UUID]:
        """The ids of the replies, on whichever page they are."""
        ticked = (*(self.replies.data or ()), *(self.kept.data or ()))
        return frozenset(each for each in ticked if each)


class MergeForm(Form):
    """The thread that the posts are put into. The view says which there are."""

    into = RadioField(_("Into which thread?"), validators=[DataRequired(_("Choose a thread."))])

    def offer(self, titles: Mapping[UUID, str]) -> None:
        """Say what there is to choose from."""
        self.into.choices = [SelectChoice(str(key), title) for key, title in titles.items()]
