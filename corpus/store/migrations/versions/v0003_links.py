"""Who names whom, with an index; versions of readers may be longer than 32 letters (PostgreSQL minds)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("file", "document"):
        with op.batch_alter_table(name) as table:
            table.alter_column(
                "reader_version", existing_type=sa.String(32), type_=sa.String(64), existing_nullable=False
            )
    op.create_table(
        "link",
        sa.Column("content_hash", sa.String(64), primary_key=True),
        sa.Column("reader_version", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
    )
    op.create_index("link_key", "link", ["key", "role"])
    # What was read before has no links yet: documents are a cache, they are read again.
    op.execute("DELETE FROM document")
    op.execute("UPDATE file SET reader_version = ''")


def downgrade() -> None:
    raise NotImplementedError("decisions and the audit are never taken back")
