"""the record is sealed"""

import sqlalchemy as sa
from alembic import op

revision = "d54b267a809f"
down_revision = "c43a15697f8e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_event", sa.Uuid(), nullable=True),
        sa.Column("last_decision", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_seal")),
        sa.UniqueConstraint("number", name=op.f("uq_record_seal_number")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER record_seal_no_{verb} BEFORE {verb.upper()} ON record_seal "
                "BEGIN SELECT RAISE(ABORT, 'record_seal is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER record_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON record_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_table("record_seal")
