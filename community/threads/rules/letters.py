"""The letters about threads. No name and nobody’s words are in them: those can be taken back."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ThreadAnswered:
    """To whoever started a thread: somebody else has replied."""

    thread_id: UUID
