"""What the office decides and keeps: fuller decisions, records of the office, an audit whose rows are chained."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from corpus.store.chaining import GENESIS, chained

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("audit", "decision", "office")


def upgrade() -> None:
    for name, kind in (
        ("text", sa.Text), ("field", sa.Text), ("unit", sa.Text), ("due", sa.Date), ("until", sa.Date),
        ("batch", sa.String(32)),
    ):  # fmt: skip
        op.add_column("decision", sa.Column(name, kind))
    op.create_table(
        "office",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("office_kind_subject", "office", ["kind", "subject"])
    _unprotect_old_audit()
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("hash", sa.String(64), nullable=False, server_default=GENESIS))
    _chain_old_rows()
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("hash", server_default=None)
    for table in _APPEND_ONLY:
        _protect(table)


def _chain_old_rows() -> None:
    """Give the rows of older versions their place in the chain."""
    audit = sa.table(
        "audit", *(sa.column(name) for name in ("number", "at", "by", "action", "subject", "detail", "hash"))
    )
    bind, before = op.get_bind(), GENESIS
    for row in bind.execute(sa.select(audit).order_by(audit.c.number)).fetchall():
        before = chained(before, row.at, row.by, row.action, row.subject, json.loads(row.detail))
        bind.execute(audit.update().where(audit.c.number == row.number).values(hash=before))


def _unprotect_old_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS audit_no_{verb}")
    elif op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS audit_append_only ON audit")
        op.execute("DROP FUNCTION IF EXISTS audit_append_only()")


def _protect(table: str) -> None:
    """Rows of `table` are only ever added: the database itself refuses to change or delete one."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        )


def downgrade() -> None:
    raise NotImplementedError("decisions and the audit are never taken back")
