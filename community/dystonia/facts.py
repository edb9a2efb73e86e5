"""Plain facts about each kind, beside the words of its topic: how much of the body it is about, and
where the words come from.

From design/topics.md. They wait for a clinician's reading, and the page says so until then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from community.core.words import said


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page of a kind says that its topic doesn’t."""

    reach: str
    sources: tuple[str, ...]


_CONSENSUS = said("The consensus of 2013 on how dystonia is described")
_NINDS = said("The National Institute of Neurological Disorders and Stroke")
_MSD = said("The MSD Manual")
_UK = said("Dystonia UK")
_IRELAND = said("Dystonia Ireland")
_GENES = said("GeneReviews")
_ONE_AREA = said("One area of the body. Doctors say “focal”.")

FACTS: Mapping[str, Facts] = MappingProxyType(
    {
        "cervical": Facts(_ONE_AREA, (_MSD,)),
        "blepharospasm": Facts(_ONE_AREA, (_NINDS, _UK)),
        "oromandibular": Facts(_ONE_AREA, (_IRELAND,)),
        "meige": Facts(
            said("Two areas next to each other. Doctors say “segmental”."),
            (_NINDS, _IRELAND),
        ),
        "laryngeal": Facts(
            said("One area of the body, while it’s used. Doctors say “focal” and “action”."),
            (_MSD,),
        ),
        "hand": Facts(
            said("One area of the body, often in one task. Doctors say “focal, task-specific”."),
            (_UK,),
        ),
        "musician-task": Facts(
            said("Comes in one task. Doctors say “task-specific”."),
            (said("Frontiers in Neurology, 2017"), _MSD),
        ),
        "foot-leg": Facts(_ONE_AREA, (_UK,)),
        "several-areas": Facts(
            said(
                "Areas next to each other, which doctors call “segmental”, or apart, which they "
                "call “multifocal”."
            ),
            (_CONSENSUS,),
        ),
        "one-side": Facts(said("One side of the body. Doctors say “hemidystonia”."), (_CONSENSUS,)),
        "generalised": Facts(
            said("The trunk and at least two other areas. Doctors say “generalised”."),
            (_CONSENSUS,),
        ),
        "myoclonus": Facts(
            said("Dystonia together with quick jerks. Doctors say “combined”."), (_GENES,)
        ),
        "genetic-early": Facts(
            said("Can be in one area or in several, and goes with a change in a gene."),
            (_GENES, _UK),
        ),
        "acquired": Facts(said("Can be in any part of the body."), (_CONSENSUS,)),
        "tardive": Facts(said("Can be in any part of the body."), (said("MedLink Neurology"),)),
        "functional": Facts(
            said("Can be in any part of the body."),
            (said("Frontiers in Neurology, 2021"), said("Clinical Medicine, of the RCP")),
        ),
    }
)
"""By the slug of their topic."""
