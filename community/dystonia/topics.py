"""Topics: what threads and circles are about, with the other names people use for them.

From design/topics.md. A slug never changes and is never used again. Descriptions wait for a
clinician's reading before a real community shows them; none promises anything.

TOPICS are built in. A tag that much is written under can become a topic as well: whoever reads the
database says which have (`learn`), and every look-up here knows them from then on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from community.core.words import said


class Kind(StrEnum):
    TYPE = "type"  # a place that people with one kind of dystonia identify with
    LIVING = "living"  # part of living with it, whichever kind


@dataclass(frozen=True, slots=True)
class Topic:
    """A place to meet: plain name first, medical names for whoever looks for those."""

    slug: str
    name: str
    kind: Kind
    words: str
    synonyms: tuple[str, ...] = ()
    note: str = ""  # what has to stand beside the words for safety
    near: tuple[str, ...] = ()  # where people with much the same to say meet: slugs
    under: str = ""  # the larger topic that its threads are listed in as well, if few meet here
    older: tuple[str, ...] = ()  # what doctors said before: found, and told apart

    @property
    def other_names(self) -> tuple[str, ...]:
        """All that leads here."""
        return (*self.synonyms, *self.older)


TOPICS = (
    Topic(
        "cervical",
        said("Neck"),
        Kind.TYPE,
        said("Neck muscles pull, turn, tilt or shake the head. It is often painful."),
        (
            "cervical dystonia",
            "spasmodic torticollis",
            "torticollis",
            "antecollis",
            "retrocollis",
            "laterocollis",
            "torticaput",
            "antecaput",
            "retrocaput",
            "laterocaput",
        ),
        near=("several-areas", "oromandibular"),
    ),
    Topic(
        "blepharospasm",
        said("Eyelids"),
        Kind.TYPE,
        said(
            "Eyelid muscles blink or close when you don’t want them to. The eyes can be "
            "healthy and still hard to open. Bright light often makes it worse."
        ),
        ("benign essential blepharospasm", "BEB", "eye dystonia"),
        near=("meige", "being-seen"),
    ),
    Topic(
        "oromandibular",
        said("Jaw, mouth and tongue"),
        Kind.TYPE,
        said(
            "Jaw, lips or tongue pull, clench, open or push. Talking, chewing or swallowing "
            "can be hard. For some people, talking eases it."
        ),
        (
            "oromandibular dystonia",
            "OMD",
            "jaw dystonia",
            "lingual dystonia",
            "tongue dystonia",
            "cranial dystonia",
            "orofacial dystonia",
        ),
        near=("meige", "laryngeal"),
    ),
    Topic(
        "meige",
        said("Eyelids and lower face together"),
        Kind.TYPE,
        said("Eyelid spasms and jaw, mouth or tongue spasms in the same person."),
        ("Meige syndrome", "cranial dystonia", "craniofacial dystonia", "Brueghel syndrome"),
        near=("blepharospasm", "oromandibular"),
        under="blepharospasm",
    ),
    Topic(
        "laryngeal",
        said("Voice"),
        Kind.TYPE,
        said(
            "Voice-box muscles spasm during speech. The voice can sound strained, broken, "
            "breathy or very quiet."
        ),
        ("laryngeal dystonia", "spasmodic dysphonia", "adductor", "abductor", "mixed"),
        near=("oromandibular", "being-seen"),
    ),
    Topic(
        "hand",
        said("Hand and arm"),
        Kind.TYPE,
        said(
            "Fingers, hand or forearm cramp or twist, often only in one task such as "
            "writing or typing."
        ),
        ("writer’s cramp", "focal hand dystonia", "graphospasm"),
        near=("musician-task", "work-study"),
    ),
    Topic(
        "musician-task",
        said("Music and other skilled tasks"),
        Kind.TYPE,
        said(
            "Comes on during one practised skill, such as playing an instrument, and eases "
            "when you stop."
        ),
        (
            "musician’s dystonia",
            "embouchure dystonia",
            "singer’s dystonia",
            "drummer’s dystonia",
            "yips",
            "occupational dystonia",
        ),
        near=("hand", "work-study"),
        under="hand",
    ),
    Topic(
        "foot-leg",
        said("Foot and leg"),
        Kind.TYPE,
        said("Foot or leg cramps, turns in or drags, often when walking."),
        ("foot dystonia", "lower-limb dystonia"),
        near=("one-side", "generalised"),
    ),
    Topic(
        "several-areas",
        said("More than one area"),
        Kind.TYPE,
        said("Two or more body areas, next to each other or apart."),
        ("segmental dystonia", "multifocal dystonia"),
        near=("generalised", "one-side"),
    ),
    Topic(
        "one-side",
        said("One side of the body"),
        Kind.TYPE,
        said("Arm and leg, and sometimes the face, on the same side."),
        ("hemidystonia",),
        near=("acquired", "several-areas"),
        under="several-areas",
    ),
    Topic(
        "generalised",
        said("Most of the body"),
        Kind.TYPE,
        said("The trunk and at least two other areas."),
        ("generalised dystonia", "generalized dystonia", "torsion dystonia"),
        near=("several-areas", "genetic-early"),
    ),
    Topic(
        "myoclonus",
        said("With quick jerks"),
        Kind.TYPE,
        said(
            "Quick jerks together with dystonia, mostly neck, trunk and arms, and sometimes "
            "legs. Usually starts before 20. Anxiety or OCD can come with it."
        ),
        ("myoclonus-dystonia", "M-D", "DYT-SGCE", "DYT11"),
        near=("genetic-early", "several-areas"),
        under="genetic-early",
    ),
    Topic(
        "genetic-early",
        said("Genetic and early onset"),
        Kind.TYPE,
        said(
            "Starts in childhood or the teens, often in a leg or arm, and may spread. Not "
            "everyone with the gene change gets symptoms."
        ),
        (
            "DYT1",
            "DYT-TOR1A",
            "Oppenheim dystonia",
            "DYT-THAP1",
            "dopa-responsive dystonia",
            "Segawa disease",
            "DYT-GCH1",
        ),
        note=said("Dopa-responsive dystonia is a treatable form: ask a specialist."),
        near=("generalised", "myoclonus"),
    ),
    Topic(
        "acquired",
        said("After injury, stroke or illness"),
        Kind.TYPE,
        said(
            "Follows a change in the brain such as stroke, physical injury, infection, or "
            "another condition."
        ),
        ("acquired dystonia", "post-stroke dystonia", "cerebral palsy"),
        near=("one-side", "tardive"),
        older=("secondary dystonia",),
    ),
    Topic(
        "tardive",
        said("Linked to medicines"),
        Kind.TYPE,
        said(
            "Appears after some medicines that block dopamine, often after long use, and "
            "may not go when they stop."
        ),
        ("tardive dystonia", "medicine-related dystonia"),
        note=said(
            "Never stop a medicine without your prescriber. Sudden strong spasms soon after "
            "a new medicine are different, and need urgent help."
        ),
        near=("acquired", "treatment-stories"),
        under="acquired",
    ),
    Topic(
        "functional",
        said("Functional dystonia"),
        Kind.TYPE,
        said(
            "Real, involuntary symptoms from a problem in how brain networks work. Doctors "
            "diagnose it from positive signs."
        ),
        ("functional movement disorder", "FND"),
        near=("not-sure", "everyday-tips"),
        older=("psychogenic dystonia",),
    ),
    Topic(
        "not-sure",
        said("Not sure yet"),
        Kind.TYPE,
        said("You don’t need a diagnosis to be here."),
        ("waiting for a diagnosis", "undiagnosed", "second opinion"),
        near=("everyday-tips", "being-seen"),
    ),
    Topic(
        "family",
        said("Family, friends and carers"),
        Kind.TYPE,
        said("For people who support someone with dystonia."),
        ("carers", "parents", "partners"),
        near=("everyday-tips", "mood"),
    ),
    Topic(
        "pain",
        said("Pain"),
        Kind.LIVING,
        said("What pain is like, and what a day with it looks like."),
        near=("tired-sleep", "everyday-tips"),
    ),
    Topic(
        "tired-sleep",
        said("Tiredness and sleep"),
        Kind.LIVING,
        said("Being tired, resting, and nights that don’t go to plan."),
        near=("pain", "mood"),
    ),
    Topic(
        "mood",
        said("Mood"),
        Kind.LIVING,
        said("Low days, worry, and the good days too."),
        near=("calm-corner", "being-seen"),
    ),
    Topic(
        "being-seen",
        said("Being seen"),
        Kind.LIVING,
        said("Stares, cameras, and what to tell people, if anything."),
        near=("work-study", "mood"),
    ),
    Topic(
        "work-study",
        said("Work and study"),
        Kind.LIVING,
        said("Jobs, school, changes that help, and stopping when it’s too much."),
        near=("being-seen", "everyday-tips"),
    ),
    Topic(
        "treatment-stories",
        said("Treatment stories"),
        Kind.LIVING,
        said("What members tried, and what it was like for them."),
        note=said(
            "Each story is one person’s experience. Talk to your own clinician before "
            "changing anything."
        ),
        near=("everyday-tips", "pain"),
    ),
    Topic(
        "everyday-tips",
        said("Everyday tips"),
        Kind.LIVING,
        said("Small things that make cooking, travelling or getting dressed easier."),
        near=("work-study", "calm-corner"),
    ),
    Topic(
        "calm-corner",
        said("Calm corner"),
        Kind.LIVING,
        said("Pets, nature, and things people make. Nothing to work out here."),
        near=("everyday-tips", "mood"),
    ),
)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every topic there was when the database was last read, and its version then."""

    version: int = 0
    promoted: tuple[Topic, ...] = ()  # that were tags before

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        return (*TOPICS, *self.promoted)

    @cached_property
    def by_slug(self) -> Mapping[str, Topic]:
        return {one.slug: one for one in self.topics}

    @cached_property
    def below(self) -> Mapping[str, Topic]:
        """The topic, by the slug of the larger one that its threads are listed in as well."""
        return {one.under: one for one in self.topics if one.under}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """What is no topic’s slug and leads to one, of those that were tags. Those of the built-in
        ones are in ALIASES, and win."""
        names = ((as_slug(name), one.slug) for one in self.promoted for name in one.synonyms)
        free = {name: slug for name, slug in names if name not in self.by_slug}
        return {name: slug for name, slug in free.items() if name not in ALIASES}

    @cached_property
    def other_names(self) -> Sequence[tuple[str, Topic]]:
        """What else people call them, from A to Z."""
        names = ((name, one) for one in self.topics for name in one.other_names)
        return sorted(names, key=lambda named: named[0].casefold())


_known = [Catalogue()]


def catalogue() -> Catalogue:
    """What this process knows. It is replaced whole, so that nobody sees half of a change."""
    return _known[0]


def learn(found: Catalogue) -> None:
    """From here on these are the topics."""
    _known[0] = found


def all_topics() -> tuple[Topic, ...]:
    """The built-in ones, and then those that were tags."""
    return catalogue().topics


def topic(slug: str) -> Topic | None:
    """The topic of this slug. Other names people use for it are in ALIASES."""
    return catalogue().by_slug.get(slug)


def larger(of: Topic) -> Topic | None:
    """The topic in which what is written under this one is listed as well."""
    return topic(of.under)


def was_tag(slug: str) -> bool:
    """Whether what bears this tag is listed under a topic of the same slug."""
    return any(one.slug == slug for one in catalogue().promoted)


def as_slug(name: str) -> str:
    """A name as an address carries it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("’", "")).strip("-")


# A name that two topics go by leads to the first of them, which says what is near it.
ALIASES: Mapping[str, str] = MappingProxyType(
    {as_slug(name): one.slug for one in reversed(TOPICS) for name in one.other_names}
    | {
        "generalized": "generalised",
        "segmental": "several-areas",
        "multifocal": "several-areas",
        "anterocollis": "cervical",
        "anterocaput": "cervical",
        "facial": "meige",
        "facial-dystonia": "meige",
        "acute-dystonic-reaction": "tardive",  # no kind of it, which its note says: it is urgent
    }
)

_OF_THE_FACE = ("meige", "blepharospasm", "oromandibular")
MAY_MEAN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(("face", "facial", "facial dystonia"), _OF_THE_FACE)
)
"""Names that several topics go by, for whoever looks for them."""
