"""What somebody types about a group. Shape only."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from community.core.actor import Role
from community.core.forms import Form, Line, Ticks, Words
from community.groups.rules import (
    INVITATION_DAYS,
    MOST_USES,
    MOST_WEEKLY_SEATS,
    USUAL_DAYS,
    HoldPolicy,
)


class OpenForm(Form):
    """A group that somebody would like to open."""

    name = Line(_("What would you call it?"), _("Enter a name for the group"), 60)
    about = Words(
        _("What is it about, and who is it for?"),
        _("Say in a few words what the group is about"),
        500,
        description=_("Every member of this site can read this."),
    )
    question = Line(
        _("What would you ask somebody who wants to join?"),
        _("Enter a question for people who’d like to join"),
        200,
        description=_("Like: What brings you here? Please don’t ask for a diagnosis."),
    )


class JoinForm(Form):
    """An answer to the group’s question."""

    answer = Words(
        _("Your answer"),
        _("Write a few words, so that they know who’s asking"),
        1000,
        description=_("Only the people who look after this group read it."),
    )


class DecisionForm(Form):
    """Yes or not now, with words."""

    answer = RadioField(
        _("Your answer"),
        choices=[SelectChoice("yes", _("Yes")), SelectChoice("no", _("Not now"))],
        validators=[InputRequired(_("Choose yes, or not now"))],
        validate_choice=False,
    )
    words = Words(
        _("A few words to them"),
        _("Write a few words. They go to the person by e-mail"),
        1000,
        description=_("They get these by e-mail, with your answer."),
    )

    @property
    def is_yes(self) -> bool:
        return bool(self.answer.data == "yes")


class RolesForm(Form):
    """What somebody does in a group, beside being a member."""

    roles = Ticks(
        _("Roles"),
        choices=[
            SelectChoice(Role.FACILITATOR, _("Facilitator")),
            SelectChoice(Role.MODERATOR, _("Moderator")),
            SelectChoice(Role.OWNER, _("Owner")),
        ],
        coerce=Role,
    )


class FindForm(Form):
    """Somebody by the address they sign in with."""

    email = Line(
        _("Their e-mail address"),
        _("Enter an e-mail address, like name@example.com"),
        254,
        description=_("The one they sign in with."),
    )


class SeatsForm(Form):
    """How many calls of a group somebody signs up for in a week."""

    weekly_seats = SelectField(
        _("Calls a week, for each member"),
        choices=[
            SelectChoice("", _("As many as they like")),
            *(SelectChoice(str(number)) for number in range(1, MOST_WEEKLY_SEATS + 1)),
        ],
        coerce=lambda number: int(number) if number else None,
        description=_(
            "Seats and places in line count. Anybody can still stand by for a seat that’s free."
        ),
    )


class HoldsForm(Form):
    """Whose posts a moderator reads before others see them."""

    policy = RadioField(
        _("What is read first?"),
        choices=[
            SelectChoice(HoldPolicy.OPEN.value, _("Nothing, unless the words give cause")),
            SelectChoice(
                HoldPolicy.FIRST_POSTS.value, _("The first three posts of somebody new here")
            ),
            SelectChoice(HoldPolicy.ALL.value, _("Everything")),
        ],
        coerce=HoldPolicy,
        validators=[DataRequired(_("Choose what is read first."))],
    )


class InviteForm(Form):
    """A link that lets people in."""

    is_for = Line(
        _("Who is it for?"),
        _("Enter a word, like: my sister"),
        80,
        description=_("A word for you and the others who look after this group."),
    )
    uses = SelectField(
        _("How many people can use it?"),
        choices=[SelectChoice(str(number)) for number in range(1, MOST_USES + 1)],
        coerce=int,
        default=1,
    )
    days = SelectField(
        _("How many days is it good for?"),
        choices=[SelectChoice(str(number)) for number in INVITATION_DAYS],
        coerce=int,
        default=USUAL_DAYS,
    )
