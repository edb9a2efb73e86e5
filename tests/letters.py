"""A letter as somebody reads it: with HTML, or without."""

from email.message import EmailMessage


def words(message: EmailMessage) -> str:
    """Its text part."""
    return part(message, "plain")


def page(message: EmailMessage) -> str:
    """Its HTML part."""
    return part(message, "html")


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    content: str = found.get_content()
    return content
