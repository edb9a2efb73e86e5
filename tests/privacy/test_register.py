"""No table is forgotten: each is named once, with what is given out of it or why nothing is."""

import pytest

from community.core.db import Base
from community.privacy.taking_out.queries import REGISTER
from community.privacy.taking_out.register import decided, people, together, words
from community.privacy.taking_out.register.entry import Mine, NotMine, Told

PARTS = (people.REGISTER, together.REGISTER, words.REGISTER, decided.REGISTER)
MINE = {name: entry for name, entry in REGISTER.items() if isinstance(entry, Mine)}


@pytest.mark.holds("promise:10")
def test_every_table_of_the_site_is_in_the_register_once() -> None:
    assert sum(len(part) for part in PARTS) == len(REGISTER)
    assert set(REGISTER) == set(Base.metadata.tables)


@pytest.mark.holds("promise:10")
@pytest.mark.parametrize("name", sorted(MINE))
def test_every_column_is_given_out_or_kept_back(name: str) -> None:
    entry = MINE[name]
    given, kept = entry.gives.split(), entry.keeps.split()
    assert entry.model.__tablename__ == name
    assert sorted(given + kept) == sorted(column.name for column in entry.model.__table__.columns)


@pytest.mark.holds("moderation:7")
@pytest.mark.parametrize("name", sorted(MINE))
def test_no_id_of_anybody_else_is_given_out(name: str) -> None:
    """What refers to an account is kept back: it is the reader’s own id, or another’s."""
    columns = MINE[name].model.__table__.columns
    refers = {
        column.name
        for column in columns
        if any(key.column.table.name == "account" for key in column.foreign_keys)
    }
    assert not refers & set(MINE[name].gives.split())


def test_each_that_is_not_given_out_says_why_and_each_other_what_it_is() -> None:
    for entry in REGISTER.values():
        assert entry.why if isinstance(entry, NotMine) else entry.title
    titles = [entry.title for entry in REGISTER.values() if isinstance(entry, Mine | Told)]
    assert len(titles) == len(set(titles))
