"""Words as they are looked for: what was typed, what a text says, and whether they meet. Pure.

    tremor            anywhere in a text, in capitals or not, with accents or without
    tremor tea        both of them
    "cup of tea"      one after the other; so is what hangs together: don’t, myoclonus-dystonia
    trem*             whatever begins like this
    torticollis       or any other name of the same thing, unless it stands between quotes
    tortic, hands     begins a name, or is a word of one, so it leads to a topic, as that does

Both databases are given the words that are made here, and no others, so both find the same.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from community.dystonia.tags import Tag
from community.dystonia.topics import Catalogue, Topic, catalogue
from community.threads.search.names import Name, is_condition, names_of

TYPED_MOST = 200
PARTS_MOST = 12
WORD_MOST = 60  # letters that a word is told apart by
BEGINNINGS = (3, 4, 6)  # how many letters of them an index knows
BEGUN_LEAST, LOOSE_LEAST = 4, 5  # letters of a name that lead to its topic, with a star and without
BEGUN_MOST = 3  # topics that a beginning can mean and still tell anything
BREAK = "|"  # between a title and a text: no phrase goes across
STRETCHES = (13, 20)  # of two to the power of so many texts, one written after the other

EXCERPT = 260
BEFORE = 80  # of it before the first word that was found

Words = tuple[str, ...]


class Word(NamedTuple):
    """A word of a text, as it is looked for, and where it stands."""

    letters: str
    start: int
    end: int


_NOT_ONE = "\0"


def _plain(letter: str) -> str:
    """The letter without case and accents. Nothing for whatever is no letter or number."""
    parts = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    return "".join(part for part in parts if part.isalnum())


def _is_mark(letter: str) -> bool:
    """It stands on or beside the letter before it."""
    return unicodedata.category(letter).startswith("M")


class _Letters(dict[int, str]):
    """Each letter as it is looked for, a blank for what is none, and `_NOT_ONE` where one letter
    isn’t one any more."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = _plain(letter) or ("" if _is_mark(letter) else " ")
        self[code] = plain if len(plain) == 1 else _NOT_ONE
        return self[code]


_LETTERS = _Letters()
_RUN = re.compile(r"[^ ]+")


def words_in(text: str) -> Sequence[Word]:
    """The words of a text, one after the other."""
    plain = text.translate(_LETTERS)
    if _NOT_ONE in plain:
        return list(_words_by_letter(text))
    return [Word(each[0][:WORD_MOST], *each.span()) for each in _RUN.finditer(plain)]


def _words_by_letter(text: str) -> Iterator[Word]:
    start, letters = 0, ""
    for place, letter in enumerate(text):
        if plain := _plain(letter):
            start = start if letters else place
            letters += plain
        elif letters and not _is_mark(letter):
            yield Word(letters[:WORD_MOST], start, place)
            letters = ""
    if letters:
        yield Word(letters[:WORD_MOST], start, len(text))


def as_words(text: str) -> Words:
    """The same without their places."""
    return tuple(word.letters for word in words_in(text))


def kept_as(*texts: str, place: str = BREAK) -> str:
    """What is kept of these texts to be looked in: their words with blanks between them, and in
    which group they stand."""
    return " ".join([*(word for text in texts for word in (*as_words(text), BREAK)), place])


def place_of(group_id: UUID) -> str:
    """What is kept beside the words: in which group they are. Nobody can type it."""
    return f"§{group_id.hex}"


class Stretch(NamedTuple):
    """Where is looked at once: in what was kept before this number and bears one of these marks,
    or in all of it if there are none."""

    below: int
    marks: Words = ()


def stretches(below: int) -> Iterator[Stretch]:
    """What was kept before this number, from its end back, ever more of it at once: so a common
    word, which fills a page soon, costs no more than a rare one, of which there are few."""
    for size in STRETCHES:
        latest = (below - 1) >> size
        if latest > 1:
            yield Stretch(below, tuple(f"¶{size}.{each}" for each in (latest - 1, latest)))
            below = (latest - 1) << size
    yield Stretch(below)


def spellings(name: str) -> Sequence[str]:
    """How a name may be written, whoever typed it in capitals or without."""
    ways = (name, name.lower(), name.title(), name.upper(), name.capitalize())
    return sorted(set(ways))


class Way(StrEnum):
    """How the words of an option have to stand in a text."""

    EACH = "each"  # anywhere
    PHRASE = "phrase"  # one after the other
    BEGINNING = "beginning"  # one that begins like this


@dataclass(frozen=True, slots=True)
class Option:
    """One way of saying what is looked for."""

    words: Words
    way: Way = Way.EACH

    @property
    def pieces(self) -> Sequence[str]:
        """What has to be in a text that is kept as `kept_as` does, with a blank at either end."""
        if self.way is Way.PHRASE:
            return [f" {' '.join(self.words)} "]
        end = "" if self.way is Way.BEGINNING else " "
        return [f" {word}{end}" for word in self.words]

    @property
    def is_phrase(self) -> bool:
        return self.way is Way.PHRASE and len(self.words) > 1

    @property
    def is_cut(self) -> bool:
        return self.way is Way.BEGINNING and len(self.words[0]) not in BEGINNINGS

    @property
    def known_as(self) -> Words:
        """Its words, as an index of beginnings knows them."""
        if not self.is_cut:
            return self.words
        known = max(size for size in BEGINNINGS if size < len(self.words[0]))
        return (self.words[0][:known],)

    def is_in(self, kept: str) -> bool:
        return all(piece in f" {kept} " for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what was typed: any of its options will do."""

    options: tuple[Option, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether an index may find too much: it doesn’t know in which order words stand, and of a
        long beginning only some letters."""
        return any(each.is_phrase or each.is_cut for each in self.options)

    def is_in(self, kept: str) -> bool:
        return any(option.is_in(kept) for option in self.options)


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood: a text has to have every part."""

    parts: tuple[Part, ...] = ()
    also: tuple[str, ...] = ()  # other names that are looked for as well, as people write them
    topics: tuple[Topic, ...] = ()  # that go by a name which was typed
    tags: tuple[Tag, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def options(self) -> Iterator[Option]:
        return (option for part in self.parts for option in part.options)

    def is_in(self, kept: str) -> bool:
        """Whether a text has it: what the databases have to find."""
        return all(part.is_in(kept) for part in self.parts)


@lru_cache(maxsize=1)
def _named(known: Catalogue) -> Mapping[Words, Name]:
    """What goes by which name: made anew when a tag has become a topic."""
    found: dict[Words, Name] = {}
    for name, more in names_of(known):
        had = found.get(as_words(name), Name())
        others = dict.fromkeys((*had.others, *(each for each in more.others if each != name)))
        topics = dict.fromkeys((*had.topics, *more.topics))
        tags = dict.fromkeys((*had.tags, *more.tags))
        found[as_words(name)] = Name(tuple(topics), tuple(tags), tuple(others))
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _words_of_names(known: Catalogue) -> Mapping[str, Sequence[Topic]]:
    """Which conditions have a name with this word in it."""
    found: dict[str, dict[Topic, None]] = defaultdict(dict)
    for topic in filter(is_condition, known.topics):
        for word in chain.from_iterable(map(as_words, topic.other_names)):
            found[word][topic] = None
    return {word: tuple(topics) for word, topics in found.items()}


@lru_cache(maxsize=1)
def _longest(known: Catalogue) -> int:
    """How many words the longest name has."""
    return max(len(words) for words in _named(known))


_QUOTES = str.maketrans("“”„«»", '"' * 5)
_TYPED = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(slots=True)
class _Reading:
    """What was typed, part by part."""

    parts: list[Part] = field(default_factory=list)
    also: dict[str, None] = field(default_factory=dict)
    topics: dict[Topic, None] = field(default_factory=dict)
    tags: dict[Tag, None] = field(default_factory=dict)
    loose: list[Words] = field(default_factory=list)  # not between quotes, and not in a part yet

    def quoted(self, words: Words) -> None:
        self.end()
        self._lead(words)
        if words:
            self.parts.append(Part((Option(words, Way.PHRASE),)))

    def beginning(self, words: Words) -> None:
        self.loose += ((word,) for word in words[:-1])
        self.end()
        self._lead_on(words[-1], BEGUN_LEAST)
        self.parts.append(Part((Option(words[-1:], Way.BEGINNING),)))

    def end(self) -> None:
        """What stands loose together may be a name of several words: the longest one is."""
        left, self.loose = self.loose, []
        names = _named(catalogue())
        while left:
            count = next((n for n in range(len(left), 1, -1) if _joined(left[:n]) in names), 1)
            self._either(left[:count])
            left = left[count:]

    def _either(self, run: Sequence[Words]) -> None:
        words = _joined(run)
        own = Option(words, Way.PHRASE if len(run) == 1 and len(words) > 1 else Way.EACH)
        others = [name for name in self._lead(words).others if as_words(name) != words]
        self.also.update(dict.fromkeys(others))
        named = dict.fromkeys(Option(as_words(name), Way.PHRASE) for name in others)
        self.parts.append(Part((own, *named)))
        if len(words) == 1:
            self._lead_on(words[0], LOOSE_LEAST)

    def _lead_on(self, begun: str, least: int) -> None:
        """To the few conditions of which a name has a word that begins like this."""
        names = _words_of_names(catalogue()).items()
        begins = [topics for word, topics in names if word.startswith(begun)]
        found = dict.fromkeys(chain.from_iterable(begins))
        if len(begun) >= least and len(found) <= BEGUN_MOST:
            self.topics.update(found)

    def _lead(self, words: Words) -> Name:
        name = _named(catalogue()).get(words, Name())
        self.topics.update(dict.fromkeys(name.topics))
        self.tags.update(dict.fromkeys(name.tags))
        return name


def _joined(run: Sequence[Words]) -> Words:
    if len(run) > _longest(catalogue()):
        return ()
    return tuple(word for words in run for word in words)


def read(typed: str) -> Query:
    """What somebody typed. Whatever it is, it is words or nothing."""
    reading = _Reading()
    for quoted, loose in list(_TYPED.findall(typed[:TYPED_MOST].translate(_QUOTES)))[:PARTS_MOST]:
        words = as_words(quoted or loose)
        if not words:
            continue
        if quoted:
            reading.quoted(words)
        elif loose.endswith("*") and len(words[-1]) >= BEGINNINGS[0]:
            reading.beginning(words)
        else:
            reading.loose.append(words)
    reading.end()
    parts, also = tuple(reading.parts), tuple(reading.also)
    return Query(parts, also, tuple(reading.topics), tuple(reading.tags))


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text: found, or what stands between."""

    text: str
    is_found: bool = False


def marked(query: Query, text: str) -> Sequence[Piece]:
    """The whole text, with what was found in it."""
    pieces, at = [], 0
    for start, end in _found(query, text):
        pieces += [Piece(text[at:start]), Piece(text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]


def excerpt(query: Query, text: str) -> Sequence[Piece]:
    """Some of the text round what was found in it first, cut between words."""
    first, last = next(_found(query, text), (0, 0))
    start = min(_blank_after(text, first - BEFORE), first) if first > BEFORE else 0
    end = start + EXCERPT
    if end < len(text):
        blank = text.rfind(" ", last, end)
        end = blank if blank > start else end
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    pieces = (Piece(before), *marked(query, text[start:end]), Piece(after))
    return [piece for piece in pieces if piece.text]


def _found(query: Query, text: str) -> Iterator[tuple[int, int]]:
    words, at = words_in(text), 0
    letters = [word.letters for word in words]
    runs, beginnings = _runs(query)
    while at < len(words):
        here = runs.get(letters[at], ())
        size = max((len(run) for run in here if run == (*letters[at : at + len(run)],)), default=0)
        size = size or int(letters[at].startswith(beginnings))
        if size:
            yield words[at].start, words[at + size - 1].end
        at += max(size, 1)


def _runs(query: Query) -> tuple[Mapping[str, set[Words]], Words]:
    """What is found in a text: words that stand together, by the first of them, and beginnings."""
    runs: dict[str, set[Words]] = defaultdict(set)
    for option in query.options:
        if option.way is Way.PHRASE:
            runs[option.words[0]].add(option.words)
        elif option.way is Way.EACH:
            for word in option.words:
                runs[word].add((word,))
    return runs, tuple(each.words[0] for each in query.options if each.way is Way.BEGINNING)


def _blank_after(text: str, place: int) -> int:
    found = text.find(" ", place)
    return found + 1 if found >= 0 else place
