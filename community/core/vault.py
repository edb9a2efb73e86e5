"""Words that are locked where they are kept (AES-256-GCM). A database, or a copy of one, gives
nobody a word of them without the site’s `CASE_KEY`, which is only in the settings.

Every lock has a key of its own, made from that one (HKDF), from what it is for and from the row
that it belongs to: moved to another row, it opens no more.
"""

import hmac
import os
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, as GCM has them


@dataclass(frozen=True, slots=True)
class Vault:
    """What locks and opens, by the site’s key. Edges have one (`community.core.web.vault`)."""

    key: str = field(repr=False)

    def lock(self, purpose: str, row: UUID, words: str) -> bytes:
        """These words, for this row only."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(purpose, row).encrypt(nonce, words.encode(), None)

    def unlock(self, purpose: str, row: UUID, locked: bytes) -> str | None:
        """The words that are in there; None if another key, purpose or row locked them."""
        nonce, hidden = locked[:NONCE], locked[NONCE:]
        try:
            return self._cipher(purpose, row).decrypt(nonce, hidden, None).decode()
        except InvalidTag:
            return None

    def mark(self, purpose: str, words: str) -> str:
        """By which the same words are known again, and from which nobody reads them without the
        key."""
        return hmac.new(self._own_key(purpose, b""), words.encode(), "sha256").hexdigest()

    def _cipher(self, purpose: str, row: UUID) -> AESGCM:
        return AESGCM(self._own_key(purpose, row.bytes))

    def _own_key(self, purpose: str, salt: bytes) -> bytes:
        own = HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose.encode())
        return own.derive(self.key.encode())
