"""Read what changed, judge, write: the work of a run as plain functions, without Prefect.

A run is `session` → `changed` → `read` → `unchanged` or `judge` → `write`. What was read is kept in the
store under the hash of the file's bytes and the version of the code that read it, so a run that dies
goes on where it was, and a file that did not change is not read again. A bad file is a row, never an
exception. `review` does all of it; the Prefect flows call the same functions one by one.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from corpus import register, store, symbols
from corpus.library import CorpusLibrary, side_of
from corpus.model import Document, Finding, Record, Run, UnreadFile
from corpus.store import FileRow, Store
from flows import ruling
from flows.closing import closings
from flows.known import KnownFactory
from flows.mending import digest, mended, with_books
from flows.progress import Progress, Silent
from flows.settings import CENTRAL, LOCAL, NEW_CENTRAL, OWN_REGISTER, SettingsError, Workspace, today
from flows.versions import judging_version, reader_version
from rules.catalogue import Context, RuleSettings
from rules.catalogue import judge as judge_document
from rules.identity import document_key, match

SAVE_EVERY = 50
_IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")


class CannotRun(Exception):
    """The run cannot start; the message (Vietnamese) says why and what to do."""


@dataclass(slots=True)
class Session:
    """An open store and the files of the corpus, for one run."""

    space: Workspace
    store: Store
    files: dict[str, FileRow]
    known: KnownFactory
    register: register.Register
    read_again: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging gave: the run, the keys of its documents, the fingerprint of all it was judged from, and what the
    run saw to have been handled."""

    run: Run
    keys: Mapping[str, str]
    fingerprint: str
    handled: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A run that is written. `again` is False where nothing had changed since the run it repeats; `preview`: the
    history does not have it."""

    run: Run
    folder: Path
    again: bool = True
    preview: bool = False


def review(space: Workspace, as_of: date, progress: Progress | None = None) -> Done:
    """Review a workspace as of a day. Raises `CannotRun` where its store is busy or its folders are missing."""
    progress = progress or Silent()
    with session(space) as open_session:
        for fault in (*open_session.register.faults, *ruling.own_of(space).faults):
            progress.step(fault)
        rule_settings(space)
        read(open_session, changed(open_session), progress)
        same = unchanged(open_session, as_of)
        return same or write(open_session, judge(open_session, as_of, progress))


@contextmanager
def session(space: Workspace) -> Iterator[Session]:
    """Open the store for writing and look at the corpus' files."""
    if not space.corpus.is_dir():
        raise CannotRun(f"Không có thư mục văn bản {space.corpus}. Hãy tạo bằng lệnh: rasoat init --workspace DIR")
    if space.outputs is None:
        raise CannotRun("Lần chạy này cần thư mục kết quả: thêm --outputs DIR hoặc --workspace DIR.")
    try:
        space.outputs.mkdir(parents=True, exist_ok=True)
        with store.open(store_place(space), write=True) as opened:
            sweep_up(space)
            own = space.own_register
            known = register.load(own)
            yield Session(space, opened, dict(opened.files()), KnownFactory(own=own), known)
    except store.StoreError as error:
        raise CannotRun(trouble_of(space, error)) from error
    except OSError as error:
        raise CannotRun(f"Không ghi được vào {space.outputs}: {reason(error)}.") from error


def trouble_of(space: Workspace, error: store.StoreError) -> str:
    """What the officer is told of a store that cannot be used; where it is damaged, with the backup that helps."""
    if not isinstance(error, store.StoreDamaged):
        return str(error)
    from flows.backup import with_advice

    return with_advice(space, error)


def sweep_up(space: Workspace) -> int:
    """Remove what killed processes left half written below the outputs and where documents are put into the corpus."""
    from outputs.packing import sweep

    done = sweep(space.outputs) if space.outputs is not None and space.outputs.is_dir() else 0
    return done + sum(
        sweep(folder, deep=False)
        for folder in (space.corpus / LOCAL, space.corpus / CENTRAL / NEW_CENTRAL, space.corpus / OWN_REGISTER)
        if folder.is_dir()
    )


def reason(error: OSError) -> str:
    """Why the machine refused a file, in Vietnamese, with what to do."""
    known = {
        errno.ENOSPC: "ổ đĩa hết chỗ trống; hãy xóa bớt rồi chạy lại",
        errno.EROFS: "thư mục chỉ cho đọc; hãy chọn thư mục khác",
        errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
        errno.EEXIST: "đã có một tệp mang tên này",
    }
    if error.errno in (errno.EACCES, errno.EPERM):
        return "không có quyền; hãy kiểm tra quyền của thư mục"
    return known.get(error.errno or 0, f"{error.strerror}; hãy kiểm tra quyền và chỗ trống")


def store_place(space: Workspace) -> str | Path:
    """Where the store of a workspace is: the database of the settings, or a file below its outputs."""
    if space.settings.store:
        return space.settings.store
    assert space.outputs is not None
    return space.outputs / "rasoat.db"


# --- reading ---------------------------------------------------------------------------------------


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
    version = _version(open_session)
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
    open_session.store.save_files(touched)
    open_session.files.update({row.path: row for row in touched})
    return to_read


def read(open_session: Session, paths: Sequence[str], progress: Progress) -> int:
    """Read files into the store, some at a time, so that a run that dies loses little. Gives their number."""
    from extractors.sandbox import extract_many

    if not paths:
        return 0
    places = corpus_files(open_session.space.corpus)
    version = _version(open_session)
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
    return FileRow(path, digest, stat.st_size, stat.st_mtime_ns, version, document.outcome, document.message,
                   document_key(document, old))  # fmt: skip


def _shown(document: Document, path: str) -> str | None:
    """The message with the path as the officer knows it."""
    return document.message.replace(document.path, path) if document.message else None


def hash_of(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version(open_session: Session) -> str:
    return version_for(open_session.space, open_session.known)


def version_for(space: Workspace, known: KnownFactory) -> str:
    """Reader version; the register, the user's own rows or their absence shape citations too."""
    return reader_version() + (own_digest(space) if known.register else "-khong")


def own_digest(space: Workspace) -> str:
    """What tells the user's own register rows apart: "-" and eight hex digits, "" where there are none."""
    own = space.own_register
    files = sorted(own.glob("*.csv")) if own else []
    return "-" + hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:8] if files else ""


# --- judging ---------------------------------------------------------------------------------------


def unchanged(open_session: Session, as_of: date) -> Done | None:
    """The last run, where everything that it was judged from is still the same and its folder is whole."""
    last = open_session.store.last_run()
    if last is None or last.fingerprint != _fingerprint(open_session, as_of):
        return None
    assert open_session.space.outputs is not None
    folder = open_session.space.outputs / _folder_name(last.number, last.as_of)
    if not (folder / "findings.jsonl").is_file() or not (folder / "report.html").is_file():
        return None
    run = Run(last.number, last.as_of, last.started, tuple(open_session.store.standing()), (), {},
              _unread(open_session), open_session.space.settings.unit, None)  # fmt: skip
    return Done(run, folder, again=False)


def judge(
    open_session: Session, as_of: date, progress: Progress, only: Collection[str] | None = None
) -> Judged:  # fmt: skip
    """Judge the documents of the corpus and give findings their identities. Writes nothing.

    `only`: paths that are judged; findings of the others stay as they stood. The run after such a one judges all again.
    """
    documents = documents_of(open_session)
    library = CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, open_session.register)
    settings = with_books(rule_settings(open_session.space), open_session.store)
    context = Context(library, as_of, open_session.register.institutions(), settings)
    stored = open_session.store.findings()
    paths = sorted(documents if only is None else documents.keys() & set(only))
    found = [f.finding for f in stored if f.gone_in_run is None and f.finding.path in documents.keys() - set(paths)]
    for path in progress.track(paths, len(paths), "Rà soát"):
        found += judge_document(documents[path], context)
    keys = {path: row.document_key or path for path, row in open_session.files.items()}
    matched = match(
        [item.finding for item in stored if item.gone_in_run is None], found, keys,
        [item.finding for item in stored if item.gone_in_run is not None],
    )  # fmt: skip
    last = open_session.store.last_run()
    run = Run(
        number=last.number + 1 if last else 1, as_of=as_of, started=_now(), findings=matched.findings,
        gone=matched.gone, documents=documents, unread=_unread(open_session),
        unit=open_session.space.settings.unit or usual_issuer(library), newest_central=library.newest_central(),
        unit_guessed=not open_session.space.settings.unit,
        kinds=_kinds(matched.findings, library),
        read_again=open_session.read_again, judged_again=len(paths),
    )  # fmt: skip
    fingerprint = _fingerprint(open_session, as_of)
    handled = closings(open_session.store, open_session.space.settings.office, run, library, keys)
    return Judged(run, keys, fingerprint if only is None else _partly(fingerprint), handled)


def stands(open_session: Session, as_of: date) -> bool:
    """Whether the last run was judged, wholly or in part, from all that there is now."""
    last, now = open_session.store.last_run(), _fingerprint(open_session, as_of)
    return last is not None and last.fingerprint in (now, _partly(now))


def _partly(fingerprint: str) -> str:
    """Fingerprint of a run that judged only a part: never equal to that of a whole one."""
    return hashlib.sha256(f"một phần {fingerprint}".encode()).hexdigest()


def rule_settings(space: Workspace) -> RuleSettings:
    """The settings of the rules, as the rules know them (`flows.ruling`). Raises `CannotRun`."""
    try:
        return ruling.rule_settings(space)
    except SettingsError as error:
        raise CannotRun(str(error)) from error


def _kinds(findings: Sequence[Finding], library: CorpusLibrary) -> dict[str, str]:
    """Kinds of the acts that findings name by a number that does not show it: QH numbers are laws or resolutions."""
    named = {f.target_symbol for f in findings} | {item.symbol for f in findings for item in f.evidence}
    kinds: dict[str, str] = {}
    for symbol in sorted(filter(None, named)):
        rows = {row.kind for row in library.known(symbol)} if symbols.kind_of(symbol) is None else set()
        if len(rows) == 1:
            kinds[symbols.key(symbol)] = rows.pop()
    return kinds


def usual_issuer(library: CorpusLibrary) -> str | None:
    """Issuer of the newest document under review, else the most frequent one: who runs the program, as it seems."""
    heads = [doc.masthead for doc in library.reviewed() if doc.masthead]
    dated = [(h.date, h.issuer) for h in heads if h.date and h.issuer and "nhân dân" in h.issuer]
    if dated:
        return max(dated)[1]
    named = Counter(h.issuer for h in heads if h.issuer)
    return min(named, key=lambda issuer: (-named[issuer], issuer)) if named else None


def documents_of(open_session: Session) -> dict[str, Document]:
    """All readable documents of the corpus by path, as the store has them."""
    readable = [(row.path, row.content_hash) for row in open_session.files.values() if row.outcome == "ok"]
    found = open_session.store.cached_documents(readable, _version(open_session))
    keys = {row.path: row.document_key or row.path for row in open_session.files.values()}
    return mended({path: found[path] for path in sorted(found)}, keys, open_session.store)


def _unread(open_session: Session) -> tuple[UnreadFile, ...]:
    return tuple(
        UnreadFile(row.path, row.outcome, row.message or row.outcome)
        for row in sorted(open_session.files.values(), key=lambda row: row.path)
        if row.outcome != "ok"
    )


def _fingerprint(open_session: Session, as_of: date) -> str:
    total = hashlib.sha256()
    settings = open_session.space.settings
    for part in (as_of.isoformat(), judging_version(), own_digest(open_session.space), settings.unit or "",
                 digest(open_session.store),
                 *map(str, sorted(settings.complete_years)),
                 ruling.digest(open_session.space),
                 *sorted(f"{row.path}={row.content_hash}" for row in open_session.files.values())):  # fmt: skip
        total.update(part.encode() + b"\0")
    return total.hexdigest()


# --- writing ---------------------------------------------------------------------------------------


def write(open_session: Session, judged: Judged) -> Done:
    """Write the run's folder, then keep the run in the store: a run is in the store only if its folder is whole.

    A run for another day than those of the sequence (before the last run, or after today) is a preview: its folder is
    written, the history is not, so that the next night still tells what is new.
    """
    from outputs import write_run

    assert open_session.space.outputs is not None
    run = judged.run
    if not in_sequence(open_session, run.as_of):
        folder = open_session.space.outputs / f"xem-truoc_{run.as_of.isoformat()}"
        write_run(run, folder)
        return Done(run, folder, preview=True)
    folder = open_session.space.outputs / _folder_name(run.number, run.as_of)
    write_run(run, folder)
    counts = {"documents": len(run.documents), "unread": len(run.unread), "read_again": run.read_again}
    with open_session.store.transaction():
        open_session.store.save_run(run, judged.fingerprint, _now(), judged.keys, counts)
        open_session.store.keep(judged.handled)
    return Done(run, folder)


def in_sequence(open_session: Session, as_of: date) -> bool:
    """Whether a run for this day belongs to the history: not before the last run; not after today once there is one."""
    last = open_session.store.last_run()
    return last is None or last.as_of <= as_of <= max(today(), last.as_of)


def _folder_name(number: int, as_of: date) -> str:
    return f"luot-{number:04d}_{as_of.isoformat()}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def by_rule(run: Run) -> list[tuple[str, int]]:
    """Number of findings for each rule, by code."""
    return sorted(Counter(finding.rule for finding in run.findings).items())
