"""What people call things, and where each name leads. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from community.dystonia.tags import OLDER, TAGS, Tag, tag
from community.dystonia.topics import ALIASES, MAY_MEAN, TOPICS, Catalogue, Kind, Topic

# They lead to a topic, and mean other things as well.
_EVERYDAY = frozenset({"mixed", "adductor", "abductor", "yips", "cerebral palsy"})
_ABOUT_PEOPLE = frozenset({"family", "not-sure"})
# Any other word of a plain name leads to its topic too: “jaw”, “hands”, “sleep”.
_TELL_NOTHING = frozenset({
    "after", "and", "area", "being", "body", "corner", "dystonia", "early", "everyday", "linked",
    "lower", "more", "most", "not", "of", "one", "onset", "or", "other", "quick", "seen", "side",
    "skilled", "stories", "sure", "tasks", "than", "the", "tips", "to", "together", "with", "yet",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """What goes by a name, and what else it is called."""

    topics: tuple[Topic, ...] = ()
    tags: tuple[Tag, ...] = ()
    others: tuple[str, ...] = ()


def is_condition(topic: Topic) -> bool:
    """Whether its other names are names of one and the same thing."""
    return topic.kind is Kind.TYPE and topic.slug not in _ABOUT_PEOPLE


def names_of(known: Catalogue) -> Iterator[tuple[str, Name]]:
    """Every name, as it may be typed. Some come more than once, for each thing that they mean."""
    for topic in known.topics:
        yield topic.name, Name((topic,))
        yield from _other_names(topic)
    for name, slugs in (*_words(), *_aliases(), *MAY_MEAN.items()):
        yield name, Name(tuple(known.by_slug[slug] for slug in slugs))
    for each in TAGS:
        names = (each.name, each.slug.replace("-", " "))
        yield from ((name, Name(tags=(each,), others=names)) for name in names)
    for name, slugs in OLDER.items():
        yield name, Name(tags=tuple(found for slug in slugs if (found := tag(slug))))


def _other_names(topic: Topic) -> Iterator[tuple[str, Name]]:
    names = topic.other_names
    same = tuple(name for name in names if is_condition(topic) and name not in _EVERYDAY)
    for name in names:
        for typed in dict.fromkeys((name, name.replace("’", ""))):  # or as it is dictated
            yield typed, Name((topic,), others=same if name in same else ())


def _words() -> Iterator[tuple[str, tuple[str, ...]]]:
    for topic in TOPICS:
        for word in re.findall(r"\w+", topic.name.lower()):
            forms = {word, f"{word}s", word.removesuffix("s")}
            yield from ((typed, (topic.slug,)) for typed in forms if word not in _TELL_NOTHING)


def _aliases() -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((alias.replace("-", " "), (slug,)) for alias, slug in ALIASES.items())
