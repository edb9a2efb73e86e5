"""Tags: facts that cut across topics. From design/topics.md; a slug is for ever here too."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid5

from community.core.words import said


class Family(StrEnum):
    """What a tag is a fact about."""

    REGION = "region"
    SPREAD = "spread"
    ONSET = "onset"
    PATTERN = "pattern"
    CAUSE = "cause"
    GENE = "gene"  # says something of a whole family, so only its writer sees it if not said so
    EXPERIENCE = "experience"
    RARE = "rare"

    @property
    def words(self) -> str:
        return _FAMILIES[self]


_FAMILIES: Mapping[Family, str] = MappingProxyType(
    {
        Family.REGION: said("Where in the body"),
        Family.SPREAD: said("How much of the body"),
        Family.ONSET: said("When it began"),
        Family.PATTERN: said("When it comes"),
        Family.CAUSE: said("What it follows from"),
        Family.GENE: said("Gene"),
        Family.EXPERIENCE: said("Treatment and help"),
        Family.RARE: said("Less common kinds"),
    }
)

_TAGS_ARE = UUID("6f0d5a43-6c1e-5d5b-9a35-1d1f0c7a9e52")


@dataclass(frozen=True, slots=True)
class Tag:
    """A fact that cuts across topics. Writers choose from these; nobody makes up new ones."""

    slug: str
    name: str
    family: Family

    @property
    def id(self) -> UUID:
        """What stands in addresses. Which tag somebody follows is like what they search for, so
        no address says it in words (promise 10); a topic's page is open to everybody and may.
        """
        return uuid5(_TAGS_ARE, self.slug)


TAGS = (
    Tag("eyes", said("Eyes"), Family.REGION),
    Tag("face", said("Face"), Family.REGION),
    Tag("jaw", said("Jaw"), Family.REGION),
    Tag("tongue", said("Tongue"), Family.REGION),
    Tag("voice", said("Voice"), Family.REGION),
    Tag("neck", said("Neck"), Family.REGION),
    Tag("shoulder", said("Shoulder"), Family.REGION),
    Tag("arm", said("Arm"), Family.REGION),
    Tag("hand", said("Hand"), Family.REGION),
    Tag("trunk", said("Trunk"), Family.REGION),
    Tag("leg", said("Leg"), Family.REGION),
    Tag("foot", said("Foot"), Family.REGION),
    Tag("focal", said("One area"), Family.SPREAD),
    Tag("segmental", said("Areas next to each other"), Family.SPREAD),
    Tag("multifocal", said("Areas apart"), Family.SPREAD),
    Tag("hemi", said("One side"), Family.SPREAD),
    Tag("generalised", said("Most of the body"), Family.SPREAD),
    Tag("childhood", said("In childhood"), Family.ONSET),
    Tag("teens", said("In the teens"), Family.ONSET),
    Tag("young-adult", said("As a young adult"), Family.ONSET),
    Tag("later", said("Later in life"), Family.ONSET),
    Tag("all-day", said("All day"), Family.PATTERN),
    Tag("with-action", said("With movement"), Family.PATTERN),
    Tag("one-task", said("In one task"), Family.PATTERN),
    Tag("varies-by-time", said("Varies through the day"), Family.PATTERN),
    Tag("sudden-episodes", said("In sudden episodes"), Family.PATTERN),
    Tag("genetic", said("Genetic"), Family.CAUSE),
    Tag("acquired", said("After injury or illness"), Family.CAUSE),
    Tag("idiopathic", said("Cause not known"), Family.CAUSE),
    Tag("medicine-related", said("Linked to a medicine"), Family.CAUSE),
    Tag("dyt-tor1a", said("DYT-TOR1A"), Family.GENE),
    Tag("dyt-thap1", said("DYT-THAP1"), Family.GENE),
    Tag("dyt-sgce", said("DYT-SGCE"), Family.GENE),
    Tag("dyt-gch1", said("DYT-GCH1"), Family.GENE),
    Tag("botulinum-toxin", said("Botulinum toxin"), Family.EXPERIENCE),
    Tag("dbs", said("Deep brain stimulation"), Family.EXPERIENCE),
    Tag("medicines", said("Medicines"), Family.EXPERIENCE),
    Tag("physio", said("Physiotherapy"), Family.EXPERIENCE),
    Tag("speech-therapy", said("Speech therapy"), Family.EXPERIENCE),
    Tag("sensory-trick", said("A touch that eases it"), Family.EXPERIENCE),
    Tag("paroxysmal", said("Paroxysmal"), Family.RARE),
    Tag("embouchure", said("Embouchure"), Family.RARE),
    Tag("singers-dystonia", said("Singing"), Family.RARE),
    Tag("lingual", said("Lingual"), Family.RARE),
)

OLDER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"primary dystonia": ("idiopathic", "genetic")}
)
"""What doctors said before, and the tags that say it now."""

_BY_SLUG = {one.slug: one for one in TAGS}
_BY_ID = {one.id: one for one in TAGS}


def tag(slug: str) -> Tag | None:
    """The tag of this slug."""
    return _BY_SLUG.get(slug)


def tag_at(tag_id: UUID) -> Tag | None:
    """The tag that has this address."""
    return _BY_ID.get(tag_id)


def is_gene(slug: str) -> bool:
    """Says the tag something of a gene, which relatives share?"""
    found = tag(slug)
    return found is not None and found.family is Family.GENE
