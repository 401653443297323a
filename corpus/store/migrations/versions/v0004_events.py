"""What each document does to which act, with an index by the act; the masthead of a document beside its head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("masthead", sa.Text))
    op.create_table(
        "event",
        sa.Column("content_hash", sa.String(64), primary_key=True),
        sa.Column("reader_version", sa.String(64), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("clause", sa.Text),
        sa.Column("provision", sa.Text),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("event_key", "event", ["key", "reader_version", "type"])
    # The readers have changed with this migration: what they read before is read again in any case.
    op.execute("DELETE FROM link")
    op.execute("DELETE FROM document")
    op.execute("UPDATE file SET reader_version = ''")


def downgrade() -> None:
    raise NotImplementedError("decisions and the audit are never taken back")
