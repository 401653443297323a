"""Reading what changed: which files of the corpus are new or altered, and what the extractors read from them.

What was read is kept in the store under the hash of the file's bytes and the version of the code that read it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.model import Document, NotedFile, UnreadFile
from corpus.store import FileRow
from flows.known import KnownFactory
from flows.office.mending import mended
from flows.opening import Session
from flows.progress import Progress
from flows.settings import OWN_REGISTER, Workspace
from flows.versions import reader_version
from rules.identity import document_key

SAVE_EVERY = 50
_IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")


def corpus_files(corpus: Path) -> dict[str, Path]:
    """Files of a corpus by their path from the corpus folder's own name on, sorted."""
    found = {}
    for path in sorted(corpus.rglob("*")):
        parts = path.relative_to(corpus).parts
        if path.is_file() and parts[0] != OWN_REGISTER and not any(part.startswith(_IGNORED) for part in parts):
            found["/".join((corpus.name, *parts))] = path
    return found


def changed(open_session: Session) -> list[str]:
    """Paths of files that are new, or whose bytes or reader changed; rows of files that are gone are dropped."""
    present = corpus_files(open_session.space.corpus)
    gone = [path for path in open_session.files if path not in present]
    if gone:
        open_session.store.forget_files(gone)
        for path in gone:
            del open_session.files[path]
    version = version_of(open_session)
    to_read, touched = [], []
    for path, place in present.items():
        row, stat = open_session.files.get(path), place.stat()
        same_stat = row is not None and (row.size, row.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        digest = row.content_hash if row is not None and same_stat else hash_of(place)
        if row is not None and row.content_hash == digest and row.reader_version == version:
            if not same_stat:
                touched.append(replace(row, size=stat.st_size, mtime_ns=stat.st_mtime_ns))
            continue
        to_read.append(path)
        open_session.why_read[path] = (
            "tệp mới" if row is None else "nội dung tệp đã đổi" if row.content_hash != digest
            else "chương trình đọc hoặc danh mục đã đổi"
        )  # fmt: skip
    open_session.store.save_files(touched)
    open_session.files.update({row.path: row for row in touched})
    return to_read


def read(open_session: Session, paths: Sequence[str], progress: Progress) -> int:
    """Read files into the store, some at a time, so that a run that dies loses little. Gives their number."""
    from extractors.sandbox import extract_many

    if not paths:
        return 0
    places = corpus_files(open_session.space.corpus)
    version = version_of(open_session)
    jobs = open_session.space.settings.workers or os.cpu_count() or 1
    pairs = [(path, places[path]) for path in paths if path in places]
    stats = {path: (place.stat(), hash_of(place)) for path, place in pairs}
    # Bytes that were read before under another name are not read again.
    cached = open_session.store.cached_documents([(p, stats[p][1]) for p, _ in pairs], version)
    fresh = [(path, place) for path, place in pairs if path not in cached]
    documents = extract_many([str(place) for _, place in fresh], open_session.known, jobs=jobs)
    waiting = [_row_of(path, *stats[path], version, cached[path]) for path in cached]
    read_now: list[tuple[str, Document]] = []
    for (path, _), document in zip(fresh, progress.track(documents, len(fresh), "Đọc văn bản"), strict=True):
        named = replace(document, path=path, message=_shown(document, path))
        read_now.append((stats[path][1], named))
        waiting.append(_row_of(path, *stats[path], version, named))
        if len(waiting) >= SAVE_EVERY:
            _save(open_session, read_now, waiting, version)
            read_now, waiting = [], []
    _save(open_session, read_now, waiting, version)
    open_session.read_again += len(fresh)
    return len(pairs)


def _save(open_session: Session, documents: list[tuple[str, Document]], rows: list[FileRow], version: str) -> None:
    with open_session.store.transaction():
        open_session.store.save_documents(documents, version)
        open_session.store.save_files(rows)
    open_session.files.update({row.path: row for row in rows})


def _row_of(path: str, stat: os.stat_result, digest: str, version: str, document: Document) -> FileRow:
    old = f"{path}|{digest}"
    told = document.message or " ".join(document.warnings) or None
    return FileRow(path, digest, stat.st_size, stat.st_mtime_ns, version, document.outcome, told,
                   document_key(document, old))  # fmt: skip


def _shown(document: Document, path: str) -> str | None:
    """The message with the path as the officer knows it."""
    return document.message.replace(document.path, path) if document.message else None


def hash_of(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def version_of(open_session: Session) -> str:
    """Version of what reads the corpus of a session."""
    return version_for(open_session.space, open_session.known)


def version_for(space: Workspace, known: KnownFactory) -> str:
    """Reader version; the register, the user's own rows or their absence shape citations too."""
    return reader_version() + (own_digest(space) if known.register else "-khong")


def own_digest(space: Workspace) -> str:
    """What tells the user's own register rows apart: "-" and eight hex digits, "" where there are none."""
    own = space.own_register
    files = sorted(own.glob("*.csv")) if own else []
    return "-" + hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:8] if files else ""


def documents_of(open_session: Session) -> dict[str, Document]:
    """All readable documents of the corpus by path, as the store has them."""
    readable = [(row.path, row.content_hash) for row in open_session.files.values() if row.outcome == "ok"]
    found = open_session.store.cached_documents(readable, version_of(open_session))
    keys = {row.path: row.document_key or row.path for row in open_session.files.values()}
    return mended({path: found[path] for path in sorted(found)}, keys, open_session.store)


def unread_of(open_session: Session) -> tuple[UnreadFile, ...]:
    """Files that could not be read, sorted by path, with the reason that the officer is told."""
    return tuple(
        UnreadFile(row.path, row.outcome, row.message or row.outcome)
        for row in sorted(open_session.files.values(), key=lambda row: row.path)
        if row.outcome != "ok"
    )


def noted_of(open_session: Session) -> tuple[NotedFile, ...]:
    """Files that were read and of which the officer must know something, sorted by path."""
    return tuple(
        NotedFile(row.path, row.message)
        for row in sorted(open_session.files.values(), key=lambda row: row.path)
        if row.outcome == "ok" and row.message
    )
