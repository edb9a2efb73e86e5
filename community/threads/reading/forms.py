"""What somebody looks for in a thread."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField

from community.core.forms import Form
from community.threads.reading.rules import Sought, Writer, is_known


class FindForm(Form):
    """By whom and on which day. It stands in the address, and what it doesn’t know is no wish."""

    class Meta:
        csrf = False

    writer = SelectField(_("Written by"), validate_choice=False)
    day = DateField(_("Written on"))

    def sought(self, writers: Sequence[Writer], thread_id: UUID) -> Sought:
        """What is looked for, of what there is; and what may be chosen."""
        known = {str(writer.key_in(thread_id)): writer for writer in writers}
        anybody = ("", _("Anybody"))
        self.writer.choices = [anybody, *((key, each.name) for key, each in known.items())]
        day = self.day.data
        return Sought(known.get(self.writer.data or ""), day if day and is_known(day) else None)
