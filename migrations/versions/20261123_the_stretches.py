"""the newest words are looked in first

Each text bears the marks of the stretches it was written in, so that PostgreSQL can be asked for
the newest alone (`search.rules.stretches`). They are in its index and nowhere else. SQLite’s knows
an order.
"""

from alembic import op

revision = "5d9c0b7e41fa"
down_revision = "5b1f0c7d2e94"
branch_labels = None
depends_on = None

BEFORE = "words"
MARKED = (
    "ltrim(post_words.words"
    " || ' ¶13.' || CAST(post_words.id >> 13 AS text)"
    " || ' ¶20.' || CAST(post_words.id >> 20 AS text))"
)


def upgrade() -> None:
    make(MARKED)


def downgrade() -> None:
    make(BEFORE)


def make(kept: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX post_index")
    op.execute(
        "CREATE INDEX post_index ON post_words"
        f" USING gin (array_to_tsvector(string_to_array({kept}, ' ')))"
    )
    op.execute("ALTER INDEX post_index ALTER COLUMN 1 SET STATISTICS 0")
