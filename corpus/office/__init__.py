"""The officer's own work, as pure functions: decisions, the register of documents, what is due, what was handled.

Nothing here opens a store or a file of the corpus: what is kept comes in as records (`corpus.model.Record`), what is
to be kept goes out as records. `flows.office.door` joins them with the store and the run.
"""

from __future__ import annotations
