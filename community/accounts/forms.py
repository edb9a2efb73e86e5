"""What somebody types about themselves. Shape only."""

from collections.abc import Callable
from enum import StrEnum
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length

from community.accounts.rules import CARD_MOST, CARD_PRESETS, TEXT_SIZES, Side, Theme
from community.core.forms import Form, Line, Ticks

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
ZONES = [
    SelectChoice(zone, place.replace("_", " ").replace("/", ", "), optgroup=region)
    for zone in sorted(available_timezones())
    for region, _slash, place in [zone.partition("/")]
    if region in REGIONS
]


def zone_field() -> SelectField:
    """A time zone, with nothing chosen for somebody."""
    return SelectField(
        _("Your time zone"),
        description=_("So that calls are shown in your own time."),
        choices=[
            SelectChoice("", _("Choose your time zone")),
            *ZONES,
            SelectChoice("UTC"),
        ],
        validators=[DataRequired(_("Choose the time zone you live in"))],
    )


def name_field() -> Line:
    """The name that members see."""
    return Line(
        _("Your name here"),
        _("Enter a name that others can call you by"),
        40,
        description=_("Any name you like. It doesn’t need to be your own."),
    )


class SignInForm(Form):
    """Where the link goes."""

    email = Line(
        _("Your e-mail address"),
        _("Enter an e-mail address, like name@example.com"),
        254,
        description=_("Like name@example.com"),
    )

    def validate_email(self, field: Line) -> None:
        """One message for every way an address can be wrong, and one spelling for every case."""
        Email(_("Enter an e-mail address, like name@example.com"))(self, field)
        field.data = field.data.lower()


class ComeInForm(Form):
    """The press that uses a link. In a browser that didn’t ask for it, a tick as well."""

    is_mine = BooleanField(
        _("I asked for this link myself"),
        description=_("On another device, or in another browser."),
        validators=[
            DataRequired(_("Tick this if you asked for the link. If not, close this page"))
        ],
    )


class AboutYouForm(Form):
    """What we ask of somebody who arrives."""

    name = name_field()
    is_adult = BooleanField(
        _("I am 18 or over"),
        validators=[
            DataRequired(_("This place is for people of 18 and over. Tick this if you are"))
        ],
    )
    zone = zone_field()


def _or_none(kind: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    """Nothing chosen is a choice too."""
    return lambda value: kind(value) if value else None


class LookForm(Form):
    """Colours."""

    theme = RadioField(
        _("Colours"),
        coerce=_or_none(Theme),
        choices=[
            SelectChoice(Theme.DAY, _("Day")),
            SelectChoice(Theme.EVENING, _("Evening")),
            SelectChoice(Theme.LOW, _("Low light")),
            SelectChoice("", _("Same as my device")),
        ],
    )


class TextForm(Form):
    """How big the letters are, and which ones."""

    text = RadioField(
        _("Size"), coerce=int, choices=[SelectChoice(str(size), f"{size}%") for size in TEXT_SIZES]
    )
    letters = BooleanField(
        _("Easier letters"), description=_("Letters that are hard to mix up, like I, l and 1.")
    )


class ControlsForm(Form):
    """Where the buttons of a circle are."""

    side = RadioField(
        _("Where my controls sit"),
        coerce=_or_none(Side),
        description=_("Choose the side that’s easiest for your neck."),
        choices=[
            SelectChoice("", _("Across the bottom")),
            SelectChoice(Side.LEFT, _("Left")),
            SelectChoice(Side.CENTRE, _("Middle")),
            SelectChoice(Side.RIGHT, _("Right")),
        ],
    )


class CardForm(Form):
    """What others may know about how to listen to me."""

    presets = Ticks(
        _("Sentences you can tick"),
        choices=[SelectChoice(line, _(line)) for line in CARD_PRESETS],
    )
    own_words = TextAreaField(
        _("In your own words"),
        description=_("Nothing medical is needed. Leave it empty if you like."),
        validators=[
            Length(max=CARD_MOST, message=_("That’s a little long. Use up to 600 characters"))
        ],
    )


class NameForm(Form):
    """Another name, another time zone."""

    name = name_field()
    zone = zone_field()
