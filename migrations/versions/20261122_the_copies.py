"""copies of what was reported are locked, and erased in time"""

import os
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

revision = "e65c378b91a0"
down_revision = "d54b267a809f"
branch_labels = None
depends_on = None

COPIES = {"reported_html": "reported-html", "reported_call": "reported-call"}
CHECKS = {
    "post_as_it_was": (
        "(post_id IS NULL) = (reported_html IS NULL) "
        "AND (post_id IS NULL) = (reported_version IS NULL)",
        "(post_id IS NULL) = (reported_version IS NULL) "
        "AND (post_id IS NOT NULL OR reported_html IS NULL)",
    ),
    "call_as_it_was": (
        "(about = 'call') = (reported_call IS NOT NULL)",
        "about = 'call' OR reported_call IS NULL",
    ),
}
OPEN = (
    "closed_at IS NOT NULL OR (about = 'post') = (reported_html IS NOT NULL) "
    "AND (about = 'call') = (reported_call IS NOT NULL)"
)


def upgrade() -> None:
    _keep_as(sa.LargeBinary(), _locked)
    with op.batch_alter_table("review_item") as batch_op:
        for name, (_, after) in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_review_item_{name}"), after)
        batch_op.create_check_constraint(batch_op.f("ck_review_item_open_with_its_words"), OPEN)
    if op.get_bind().dialect.name == "postgresql":
        for column in COPIES:
            op.execute(f"ALTER TABLE review_item ALTER {column} SET STATISTICS 0")


def downgrade() -> None:
    with op.batch_alter_table("review_item") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_review_item_open_with_its_words"), type_="check")
    _keep_as(sa.String(), _unlocked)
    for column, about in (("reported_html", "post"), ("reported_call", "call")):
        op.execute(  # what is erased stays so
            f"UPDATE review_item SET {column} = '' WHERE {column} IS NULL "  # noqa: S608 our own words
            f"AND about = '{about}'"
        )
    with op.batch_alter_table("review_item") as batch_op:
        for name, (before, _) in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_review_item_{name}"), before)


def _keep_as(kind: sa.types.TypeEngine, change) -> None:
    """Each copy in a column of this kind; what was in the old one goes with it."""
    with op.batch_alter_table("review_item") as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_review_item_{name}"), type_="check")
        for column in COPIES:
            batch_op.alter_column(column, new_column_name=f"old_{column}")
    with op.batch_alter_table("review_item") as batch_op:
        for column in COPIES:
            batch_op.add_column(sa.Column(column, kind, nullable=True))
    table = sa.table("review_item", sa.column("id", sa.Uuid()))
    for column, purpose in COPIES.items():
        old = sa.column(f"old_{column}")
        rows = op.get_bind().execute(sa.select(table.c.id, old).select_from(table)).all()
        for row_id, words in rows:
            if words is not None:
                put = sa.text(f"UPDATE review_item SET {column} = :new WHERE id = :id")  # noqa: S608 our own words
                put = put.bindparams(
                    sa.bindparam("new", type_=kind), sa.bindparam("id", type_=sa.Uuid())
                )
                op.get_bind().execute(put, {"new": change(purpose, words), "id": row_id})
    with op.batch_alter_table("review_item") as batch_op:
        for column in COPIES:
            batch_op.drop_column(f"old_{column}")


def _locked(purpose: str, words: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + _cipher(purpose).encrypt(nonce, words.encode(), None)


def _unlocked(purpose: str, kept: bytes) -> str:
    return _cipher(purpose).decrypt(bytes(kept[:12]), bytes(kept[12:]), None).decode()


def _cipher(purpose: str) -> AESGCM:
    key = current_app.config["CASE_KEY"].encode()
    own = HKDF(algorithm=SHA256(), length=32, salt=UUID(int=0).bytes, info=purpose.encode())
    return AESGCM(own.derive(key))
