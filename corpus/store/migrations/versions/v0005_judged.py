"""What the judgement of each document rests on (`corpus.store.judged`)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judged",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("identity", sa.String(64), nullable=False),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.Column("facts", sa.String(64), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("gives", sa.Text, nullable=False),
        sa.Column("asked", sa.LargeBinary, nullable=False),
    )
    op.create_index("finding_document_key", "finding", ["document_key"])


def downgrade() -> None:
    raise NotImplementedError("decisions and the audit are never taken back")
