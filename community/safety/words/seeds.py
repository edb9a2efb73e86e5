"""The words that are watched for as the site comes. Staff add others and leave some of these out.

They are few on purpose. What they find and miss in sentences of our own is in docs/holds.md.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from community.safety.words.rules import Kind

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SEEDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {kind: tuple(_LISTS[kind]) for kind in Kind}
)
