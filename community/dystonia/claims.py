"""What nobody is promised here in the product’s own words (promise 9). From design/topics.md."""

import re

CLAIMS = re.compile(
    r"\b(heal your dystonia|cure|recover from dystonia|root cause|hidden cause|real cause|"
    r"stop chasing symptoms|trauma causes|caused by trauma|attachment wound|"
    r"your nervous system chose|proven to|guaranteed|secret weapon|rewire|reprogramme|"
    r"polyvagal|ventral vagal)\b",
    re.I,
)
_TYPED = re.compile(r"\b(cure[sd]?|curing|heal(s|ed|ing)?|recover(s|ed|y|ing)?|miracles?)\b", re.I)


def claim_in(text: str) -> str | None:
    """The first word of a text that promises too much, if there is one: what people type for the
    product to say is read more strictly than what is built in."""
    found = CLAIMS.search(text) or _TYPED.search(text)
    return found.group() if found else None
