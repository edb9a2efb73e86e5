"""words are found

The words of each post stand in a table of their own, as they are looked for; on SQLite an index of
its full text search follows it by triggers, on PostgreSQL an index over them. What was written
before is put there in the order in which it was written.
"""

import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from markupsafe import Markup

revision = "e09671253fea"
down_revision = "d98560142ed9"
branch_labels = None
depends_on = None

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
ON_POSTGRESQL = (
    "CREATE INDEX post_index ON post_words"
    " USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    "ALTER INDEX post_index ALTER COLUMN 1 SET STATISTICS 0",
    "ALTER TABLE post_words ALTER words SET STATISTICS 0",
)
AT_ONCE = 1000


def upgrade() -> None:
    kept = op.create_table(
        "post_words",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
            name=op.f("fk_post_words_post_id_post"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_words")),
        sa.UniqueConstraint("post_id", name=op.f("uq_post_words_post_id")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if is_sqlite else ON_POSTGRESQL:
        op.execute(statement)
    for rows in written():
        op.bulk_insert(kept, rows)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE post_index")
    op.drop_table("post_words")


def written() -> Iterator[list[dict[str, object]]]:
    """What was written before, some of it at a time."""
    post, thread = (
        sa.table(name, *(sa.column(each, kind) for each, kind in columns.items()))
        for name, columns in TABLES.items()
    )
    query = (
        sa.select(post.c.id, post.c.html, post.c.number, thread.c.title, thread.c.group_id)
        .join(thread, thread.c.id == post.c.thread_id)
        .where(thread.c.circle_id.is_(None), post.c.text != "")
        .order_by(post.c.id)
        .limit(AT_ONCE)
    )
    rows = op.get_bind().execute(query).all()
    while rows:
        yield [{"post_id": row.id, "words": words_of(row), "has_left": False} for row in rows]
        rows = op.get_bind().execute(query.where(post.c.id > rows[-1].id)).all()


TABLES = {
    "post": {
        "id": sa.Uuid(),
        "thread_id": sa.Uuid(),
        "number": sa.Integer(),
        "text": sa.String(),
        "html": sa.String(),
    },
    "thread": {
        "id": sa.Uuid(),
        "group_id": sa.Uuid(),
        "circle_id": sa.Uuid(),
        "title": sa.String(),
    },
}


def words_of(row: sa.Row) -> str:
    """As `search.rules.kept_as` made them then."""
    text = Markup(row.html).striptags()  # noqa: S704  # taken apart, and shown nowhere
    texts = [row.title, text] if row.number == 1 else [text]
    words = [word for each in texts for word in (*words_in(each), "|")]
    return " ".join([*words, f"§{row.group_id.hex}"])


def words_in(text: str) -> Iterator[str]:
    """Letters and numbers without case and accents."""
    letters = (
        plain or ("" if unicodedata.category(letter).startswith("M") else " ")
        for letter in text
        for plain in [
            "".join(filter(str.isalnum, unicodedata.normalize("NFKD", letter.casefold())))
        ]
    )
    return (word[:60] for word in re.findall("[^ ]+", "".join(letters)))
