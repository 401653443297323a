"""The database behind one door: files, documents as read, findings over runs, decisions, audit.

`open(path_or_url, write=…)` gives a `Store`: SQLite in WAL mode for a path, any SQLAlchemy URL otherwise. One writer at
a time; readers never wait for a writer. The schema is brought up to date on opening for writing. What was read
from a file is kept under the hash of its bytes and the version of the readers, so that nothing is read twice; a
run with all its findings is written in one transaction, so that a crash leaves the last run whole.
"""

from __future__ import annotations

from corpus.store.door import Store, open
from corpus.store.lock import StoreBusy, StoreDamaged, StoreError
from corpus.store.values import FileRow, RunRow, StoredFinding

__all__ = ["FileRow", "RunRow", "Store", "StoreBusy", "StoreDamaged", "StoreError", "StoredFinding", "open"]
