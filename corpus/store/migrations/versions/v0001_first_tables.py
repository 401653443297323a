"""The first tables: files, documents, findings, runs, decisions, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("mtime_ns", sa.String(24), nullable=False),
        sa.Column("reader_version", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("document_key", sa.Text),
        sa.Column("seen_in_run", sa.Integer),
    )
    op.create_table(
        "document",
        sa.Column("content_hash", sa.String(64), primary_key=True),
        sa.Column("reader_version", sa.String(32), primary_key=True),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("symbol", sa.Text),
        sa.Column("symbol_key", sa.Text),
        sa.Column("kind", sa.String(32)),
        sa.Column("issuer", sa.Text),
        sa.Column("level", sa.String(16)),
        sa.Column("date", sa.Date),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("document_symbol_key", "document", ["symbol_key"])
    op.create_table(
        "finding",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("document_key", sa.Text),
        sa.Column("target_symbol", sa.Text),
        sa.Column("target_provision", sa.Text),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("first_run", sa.Integer, nullable=False),
        sa.Column("last_run", sa.Integer, nullable=False),
        sa.Column("gone_in_run", sa.Integer),
    )
    op.create_index("finding_gone_in_run", "finding", ["gone_in_run"])
    op.create_table(
        "run",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("started", sa.String(40), nullable=False),
        sa.Column("finished", sa.String(40), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("finding", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("proposal", sa.String(32)),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("evidence_hash", sa.String(64)),
    )
    op.create_index("decision_finding", "decision", ["finding"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    _protect_audit()


def _protect_audit() -> None:
    """The audit is append-only: the database itself refuses to change or delete a row."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
            )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_append_only() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'audit is append-only'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
        )


def downgrade() -> None:
    for table in ("audit", "decision", "run", "finding", "document", "file"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only()")
