"""The words of a post as HTML, with what somebody tried in a card below them."""

from community.core.text import to_html
from community.threads.tried.rules import LABELS, Tried, parted

ONE_PERSON = "One person’s experience."
ASK_FIRST = "Talk to your own team before you start, change or stop anything like this."
LEAVE_ON = "Don’t switch off a stimulator or a pump by yourself."


def drawn(text: str) -> str:
    """All that a post says, as it may stand in a page. What members wrote comes through the one
    sanitiser; around it is only what stands here."""
    words, tried = parted(text)
    return to_html(words) + (_card(tried) if tried else "")


def _card(tried: Tried) -> str:
    more = [
        f"<dt>{LABELS[name]}</dt>\n<dd>{to_html(part)}</dd>"
        for name, part in tried.parts
        if name != "what"
    ]
    asks = f"{ASK_FIRST} {LEAVE_ON}" if tried.is_of_a_device else ASK_FIRST
    lines = (
        '<div class="tried">',
        f"<header><strong>{LABELS['what']}.</strong> {ONE_PERSON}</header>",
        to_html(tried.what),
        *(("<dl>", *more, "</dl>") if more else ()),
        *((f"<footer>{asks}</footer>",) if tried.is_risky_to_stop else ()),
        "</div>",
    )
    return "\n".join(lines)
