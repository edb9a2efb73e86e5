"""Who is in the demo."""

from dataclasses import dataclass
from datetime import datetime

from community.accounts import queries as accounts_queries
from community.core.actor import Actor, Staff
from community.groups.claims import actor_of


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody of the cast."""

    name: str
    zone: str
    does: str
    card: str = ""
    staff: Staff | None = None


CAST = (
    Invented(
        "Ana",
        "Europe/London",
        "A member. She has a seat in the next circle.",
        card="My neck pulls to the left. If I look away, I’m still listening.",
    ),
    Invented("Hana", "Europe/London", "Facilitates Neck, evenings, and owns it."),
    Invented("Mori", "Europe/Berlin", "Moderates Neck, evenings. A report is waiting."),
    Invented(
        "Ben",
        "America/New_York",
        "A member in another time zone.",
        card="My voice may stop. Please wait. I’ll type if it helps.",
    ),
    Invented("Noor", "Asia/Kolkata", "New here: has asked to join Neck, evenings."),
    Invented("Sam", "Europe/Dublin", "A member who takes part by text."),
    Invented("Idris", "Africa/Lagos", "Facilitates Voice and text."),
    Invented("Ruth", "Europe/London", "A member who writes, and holds a circle with Hana."),
    Invented("Lee", "Australia/Sydney", "A member who writes."),
    Invented("Priya", "Asia/Kolkata", "A member who would like to open a group."),
    Invented("Tom", "America/Chicago", "A member who reported a reply."),
    Invented("Gale", "America/Denver", "A member whose reply was reported."),
    Invented("Kit", "Europe/Paris", "Belongs elsewhere: to Voice and text only."),
    Invented(
        "Marta",
        "Europe/Madrid",
        "Platform moderator: approves groups.",
        staff=Staff.PLATFORM_MODERATOR,
    ),
    Invented("Ellen", "Europe/Oslo", "Admin: says who looks after the site.", staff=Staff.ADMIN),
)


def email_of(name: str) -> str:
    return f"{name.lower()}@demo.invalid"


def actor(name: str, at: datetime) -> Actor:
    account_id = accounts_queries.account_id_of(email_of(name))
    assert account_id is not None
    return actor_of(account_id, now=at)
