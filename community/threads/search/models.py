"""The words of each post, and the index in which the database looks for them.

SQLite looks in a table of its full text search (FTS5), which triggers keep like `post_words`;
PostgreSQL in an index over the words as its `tsvector`. Neither takes words apart: that is done
before (`rules.kept_as`). Both know which words a text has, and not in which order.

SQLite reads its index from the newest text back. PostgreSQL’s knows no order: each text bears the
marks of the stretches it is in (`rules.stretches`), so that the newest can be asked for alone.
"""

from uuid import UUID

from sqlalchemy import DDL, BigInteger, ForeignKey, Integer, event
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples
from community.threads.search.rules import STRETCHES


class PostWords(Base):
    """The words of one post and of the title above it, as they are looked for."""

    __tablename__ = "post_words"
    id: Mapped[int] = mapped_column(  # in the order in which they were written
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True
    )
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), unique=True)
    words: Mapped[str]  # nothing once they are taken back
    has_left: Mapped[bool] = mapped_column(default=False)  # some, which the files still hold


keep_no_samples(PostWords, "words")

# Letters that aren't ASCII are letters; between words there are blanks. The index holds no copy of
# the words and not where they stand. Beginnings of three, four and six letters are as quick to find
# as a word (`rules.BEGINNINGS`).
ON_SQLITE = (
    "CREATE VIRTUAL TABLE post_index USING fts5(words, content='post_words', content_rowid='id',"
    " tokenize='ascii', detail='none', columnsize=0, prefix='3 4 6')",
    "CREATE TRIGGER post_words_added AFTER INSERT ON post_words BEGIN"
    " INSERT INTO post_index(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER post_words_changed AFTER UPDATE OF words ON post_words BEGIN"
    " INSERT INTO post_index(post_index, rowid, words) VALUES ('delete', old.id, old.words);"
    " INSERT INTO post_index(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER post_words_gone AFTER DELETE ON post_words BEGIN"
    " INSERT INTO post_index(post_index, rowid, words) VALUES ('delete', old.id, old.words); END",
)
MARKS = "".join(f" || ' ¶{size}.' || CAST(post_words.id >> {size} AS text)" for size in STRETCHES)
VECTOR = f"array_to_tsvector(string_to_array(ltrim(post_words.words{MARKS}), ' '))"
ON_POSTGRESQL = (
    f"CREATE INDEX post_index ON post_words USING gin ({VECTOR})",
    "ALTER INDEX post_index ALTER COLUMN 1 SET STATISTICS 0",
)

for kind, statements in (("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL)):
    for statement in statements:
        made = DDL(statement).execute_if(dialect=kind)  # type: ignore[no-untyped-call]
        event.listen(PostWords.__table__, "after_create", made)
