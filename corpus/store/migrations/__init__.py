"""Alembic's migrations of the store: every change of `corpus.store.tables` is a file in `versions/`."""
