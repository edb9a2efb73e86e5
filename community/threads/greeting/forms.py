"""What a greeter types. Shape only."""

from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form, Words
from community.threads.greeting.queries import Hello
from community.threads.greeting.rules import WORDS_MOST


class GreetingForm(Form):
    """The words that new members read, and where they can say hello."""

    words = Words(
        _("Your words to new members"),
        None,
        WORDS_MOST,
        description=_("Plain words, a sentence or two. Leave it empty, and ours stand there."),
    )
    thread = SelectField(
        _("Where can they say hello?"),
        description=_("One of your own threads here. Without one, they can start their own."),
    )
    hears = BooleanField(
        _("Tell me when somebody’s first words have no answer yet"),
        description=_("Once a day at most, in the ways you chose for news of your groups."),
    )

    def offer(self, threads: list[Hello], now_there: UUID | None) -> None:
        """Their own threads, and the one that is chosen."""
        titles: dict[Any, str] = {each.thread_id: each.title for each in threads}
        self.thread.choices = [
            SelectChoice("", gettext("In a thread of their own")),
            *(SelectChoice(str(id), title) for id, title in titles.items()),
        ]
        if not self.is_submitted() and now_there not in titles:
            self.thread.data = ""

    @property
    def thread_id(self) -> UUID | None:
        return UUID(self.thread.data) if self.thread.data else None
