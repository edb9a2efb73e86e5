"""Sentences that rules hold: marked where they stand, translated at the edge."""


def said(text: str) -> str:
    """This sentence, as it is. The mark is what `make messages` gathers by."""
    return text
