"""Alembic's entry: migrates over the connection that `corpus.store.schema.upgrade` hands in."""

from __future__ import annotations

from alembic import context

from corpus.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
)
with context.begin_transaction():
    context.run_migrations()
