"""The vocabulary: what threads and circles are about. A leaf, from design/topics.md.

A slug never changes and is never used again. Descriptions wait for a clinician's reading before
a real community shows them; none promises anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
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
    ),
    Topic(
        "blepharospasm",
        said("Eyelids"),
        Kind.TYPE,
        said(
            "Eyelid muscles blink or close when you don’t want them to. The eyes can be "
            "healthy and still hard to open. Bright light often makes it worse."
        ),
        (
            "benign essential blepharospasm",
            "BEB",
            "eye dystonia",
        ),
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
    ),
    Topic(
        "meige",
        said("Eyelids and lower face together"),
        Kind.TYPE,
        said("Eyelid spasms and jaw, mouth or tongue spasms in the same person."),
        (
            "Meige syndrome",
            "cranial dystonia",
            "craniofacial dystonia",
            "Brueghel syndrome",
        ),
    ),
    Topic(
        "laryngeal",
        said("Voice"),
        Kind.TYPE,
        said(
            "Voice-box muscles spasm during speech. The voice can sound strained, broken, "
            "breathy or very quiet."
        ),
        (
            "laryngeal dystonia",
            "spasmodic dysphonia",
            "adductor",
            "abductor",
            "mixed",
        ),
    ),
    Topic(
        "hand",
        said("Hand and arm"),
        Kind.TYPE,
        said(
            "Fingers, hand or forearm cramp or twist, often only in one task such as "
            "writing or typing."
        ),
        (
            "writer’s cramp",
            "focal hand dystonia",
            "graphospasm",
        ),
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
    ),
    Topic(
        "foot-leg",
        said("Foot and leg"),
        Kind.TYPE,
        said("Foot or leg cramps, turns in or drags, often when walking."),
        (
            "foot dystonia",
            "lower-limb dystonia",
        ),
    ),
    Topic(
        "several-areas",
        said("More than one area"),
        Kind.TYPE,
        said("Two or more body areas, next to each other or apart."),
        (
            "segmental dystonia",
            "multifocal dystonia",
        ),
    ),
    Topic(
        "one-side",
        said("One side of the body"),
        Kind.TYPE,
        said("Arm and leg, and sometimes the face, on the same side."),
        ("hemidystonia",),
    ),
    Topic(
        "generalised",
        said("Most of the body"),
        Kind.TYPE,
        said("The trunk and at least two other areas."),
        (
            "generalised dystonia",
            "generalized dystonia",
            "torsion dystonia",
        ),
    ),
    Topic(
        "myoclonus",
        said("With quick jerks"),
        Kind.TYPE,
        said(
            "Quick jerks together with dystonia, mostly neck, trunk and arms, and sometimes "
            "legs. Usually starts before 20. Anxiety or OCD can come with it."
        ),
        (
            "myoclonus-dystonia",
            "M-D",
            "DYT-SGCE",
            "DYT11",
        ),
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
    ),
    Topic(
        "acquired",
        said("After injury, stroke or illness"),
        Kind.TYPE,
        said(
            "Follows a change in the brain such as stroke, physical injury, infection, or "
            "another condition."
        ),
        (
            "acquired dystonia",
            "secondary dystonia",
            "post-stroke dystonia",
            "cerebral palsy",
        ),
    ),
    Topic(
        "tardive",
        said("Linked to medicines"),
        Kind.TYPE,
        said(
            "Appears after some medicines that block dopamine, often after long use, and "
            "may not go when they stop."
        ),
        (
            "tardive dystonia",
            "medicine-related dystonia",
        ),
        note=said(
            "Never stop a medicine without your prescriber. Sudden strong spasms soon after "
            "a new medicine are different, and need urgent help."
        ),
    ),
    Topic(
        "functional",
        said("Functional dystonia"),
        Kind.TYPE,
        said(
            "Real, involuntary symptoms from a problem in how brain networks work. Doctors "
            "diagnose it from positive signs."
        ),
        (
            "functional movement disorder",
            "FND",
            "psychogenic dystonia",
        ),
    ),
    Topic(
        "not-sure",
        said("Not sure yet"),
        Kind.TYPE,
        said("You don’t need a diagnosis to be here."),
        (
            "waiting for a diagnosis",
            "undiagnosed",
            "second opinion",
        ),
    ),
    Topic(
        "family",
        said("Family, friends and carers"),
        Kind.TYPE,
        said("For people who support someone with dystonia."),
        (
            "carers",
            "parents",
            "partners",
        ),
    ),
    Topic(
        "pain",
        said("Pain"),
        Kind.LIVING,
        said("What pain is like, and what a day with it looks like."),
    ),
    Topic(
        "tired-sleep",
        said("Tiredness and sleep"),
        Kind.LIVING,
        said("Being tired, resting, and nights that don’t go to plan."),
    ),
    Topic(
        "mood",
        said("Mood"),
        Kind.LIVING,
        said("Low days, worry, and the good days too."),
    ),
    Topic(
        "being-seen",
        said("Being seen"),
        Kind.LIVING,
        said("Stares, cameras, and what to tell people, if anything."),
    ),
    Topic(
        "work-study",
        said("Work and study"),
        Kind.LIVING,
        said("Jobs, school, changes that help, and stopping when it’s too much."),
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
    ),
    Topic(
        "everyday-tips",
        said("Everyday tips"),
        Kind.LIVING,
        said("Small things that make cooking, travelling or getting dressed easier."),
    ),
    Topic(
        "calm-corner",
        said("Calm corner"),
        Kind.LIVING,
        said("Pets, nature, and things people make. Nothing to work out here."),
    ),
)

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "torticollis": "cervical",
        "spasmodic-dysphonia": "laryngeal",
        "writers-cramp": "hand",
        "generalized": "generalised",
        "hemidystonia": "one-side",
        "dyt1": "genetic-early",
        "segmental": "several-areas",
        "multifocal": "several-areas",
        "facial": "meige",
    }
)

_BY_SLUG = {one.slug: one for one in TOPICS}


def topic(slug: str) -> Topic | None:
    """The topic of this slug. Other names people use for it are in ALIASES."""
    return _BY_SLUG.get(slug)
