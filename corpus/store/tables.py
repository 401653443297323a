"""The tables of the store. The schema of a real database is made by the migrations; a test keeps the two alike."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

HEAD = "0005"
"""Newest migration (file in `migrations/versions`): what `open` compares without loading Alembic."""

file = Table(
    "file", metadata,
    Column("path", Text, primary_key=True),  # from the corpus folder's own name on
    Column("content_hash", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", String(24), nullable=False),  # 64 bits, as text: PostgreSQL's INTEGER has 32
    Column("reader_version", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("message", Text),
    Column("document_key", Text),
    Column("seen_in_run", Integer),
)  # fmt: skip

document = Table(
    "document", metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("reader_version", String(64), primary_key=True),
    Column("outcome", String(16), nullable=False),
    Column("symbol", Text),
    Column("symbol_key", Text),
    Column("kind", String(32)),
    Column("issuer", Text),
    Column("level", String(16)),
    Column("date", Date),
    Column("masthead", Text),  # JSON, without spans
    Column("head", LargeBinary, nullable=False),  # JSON, zlib: masthead and effects, without texts
    Column("body", LargeBinary, nullable=False),  # JSON, zlib: `corpus.records.stored_document`
    Index("document_symbol_key", "symbol_key"),
)  # fmt: skip

link = Table(
    "link", metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("reader_version", String(64), primary_key=True),
    Column("role", String(16), primary_key=True),  # `corpus.links.Role`
    Column("key", Text, primary_key=True),  # of the act that is named
    Index("link_key", "key", "role"),
)  # fmt: skip

event = Table(
    "event", metadata,
    Column("content_hash", String(64), primary_key=True),  # of the acting document
    Column("reader_version", String(64), primary_key=True),
    Column("key", Text, primary_key=True),  # of the act that it befell (`corpus.links`)
    Column("number", Integer, primary_key=True),  # in the order of the acting document
    Column("type", String(32), nullable=False),  # of the effect; "basis", "told" (`corpus.links.Happening`)
    Column("clause", Text),  # of the acting document
    Column("provision", Text),  # of the act that it befell, NULL: the whole of it
    Column("whole", Boolean, nullable=False),  # False: a part of the provision that no id can say
    Column("since", Date),  # of a basis: the day of issue
    Column("until", Date),
    Column("start", Integer, nullable=False),  # the words in the acting document: code points, half-open
    Column("end", Integer, nullable=False),
    Column("record", Text, nullable=False),  # JSON: the target as named, and what else was said
    Index("event_key", "key", "reader_version", "type"),
)  # fmt: skip

finding = Table(
    "finding", metadata,
    Column("id", String(64), primary_key=True),
    Column("rule", String(8), nullable=False),
    Column("path", Text, nullable=False),
    Column("document_key", Text),
    Column("target_symbol", Text),
    Column("target_provision", Text),
    Column("record", Text, nullable=False),  # JSON: `corpus.records.finding_record`
    Column("state", String(16), nullable=False),
    Column("first_run", Integer, nullable=False),
    Column("last_run", Integer, nullable=False),
    Column("gone_in_run", Integer),
    Index("finding_gone_in_run", "gone_in_run"),
    Index("finding_document_key", "document_key"),
)  # fmt: skip

judged = Table(
    "judged", metadata,
    Column("path", Text, primary_key=True),
    Column("identity", String(64), nullable=False),  # of the document as it was judged
    Column("rules", String(64), nullable=False),  # code, settings, institutions
    Column("facts", String(64), nullable=False),  # register
    Column("since", Date, nullable=False),  # the judgement holds from this day
    Column("until", Date, nullable=False),  # to the day before this one
    Column("gives", Text, nullable=False),  # JSON: entries of the indexes that it has a part in (`corpus.asking`)
    Column("asked", LargeBinary, nullable=False),  # JSON, zlib: questions, hashes of answers, entries behind them
)  # fmt: skip

run = Table(
    "run", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("as_of", Date, nullable=False),
    Column("started", String(40), nullable=False),
    Column("finished", String(40), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("counts", Text, nullable=False),  # JSON
)  # fmt: skip

decision = Table(
    "decision", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("finding", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("proposal", String(32)),
    Column("reason", Text),
    Column("note", Text),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("evidence_hash", String(64)),  # of the finding as it was then: when it differs, the officer is asked again
    Column("text", Text),
    Column("field", Text),
    Column("unit", Text),
    Column("due", Date),
    Column("until", Date),
    Column("batch", String(32)),
    Index("decision_finding", "finding"),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("hash", String(64), nullable=False),  # over this row and the hash before it (`corpus.office.audit`)
)  # fmt: skip

office = Table(
    "office", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(24), nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("office_kind_subject", "kind", "subject"),
)  # fmt: skip
