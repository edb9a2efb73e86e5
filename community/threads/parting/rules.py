"""What stays of somebody’s words when they are erased, as they chose. Pure."""

from enum import StrEnum

from community.threads.rules.posts import PostState


class Words(StrEnum):
    """What becomes of what they wrote."""

    ERASED = "erased"  # in their place stands that somebody took this back
    STAY = "stay"  # what others read goes on being there, without their name


def stays(state: PostState, words: Words) -> bool:
    """Only what others can read, and only by choice: what waited, was hidden or was removed goes
    with its writer."""
    return words is Words.STAY and state is PostState.PUBLISHED
