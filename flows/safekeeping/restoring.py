"""`rasoat restore FILE`: a backup is looked at as a whole, then put in place; nothing is ever overwritten unasked.

First everything is unpacked beside its place and compared with the manifest, the store is brought up to this version's
schema, and its audit is counted through. Only then do files move, the store last and in one step. What had to give way
(`--force`) is kept in a folder of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import struct
import zlib
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from corpus import store
from corpus.store import backup as copies
from corpus.store.lock import FileLock
from flows.commands import note
from flows.office.deciding import who
from flows.office.door import now
from flows.opening import CannotRun, reason, store_place
from flows.ruling import OWN_RULES
from flows.safekeeping.backup import FORMAT, MANIFEST, SETTINGS, STORE, USERS
from flows.settings import TEMPLATE, TIME_ZONE, SettingsError, Workspace, load, workspace

WAIT_S = 20.0
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 256 << 20
_BROKEN = (BadZipFile, EOFError, KeyError, TypeError, ValueError, AttributeError, NotImplementedError, RuntimeError,
           OverflowError, zlib.error, struct.error)  # fmt: skip
"""What a ZIP file or a manifest that is not whole raises."""
_BESIDE = SETTINGS + ".ban-sao-luu"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. `kept`: folder with what gave way, None where nothing did; `settings_beside`: the backup's
    settings, where others were there already and stay."""

    files: int
    state: copies.StoreState
    manifest: Mapping[str, Any]
    kept: Path | None = None
    settings_beside: Path | None = None


def command(options: Namespace) -> int:
    """`rasoat restore`: 1 where the backup is not whole, 2 where it may not or cannot be put in place."""
    file = Path(options.file)
    try:
        space = workspace(options.workspace, options.corpus, options.outputs)
        if options.check:
            done = look(file)
        else:
            done = restore(file, space, force=options.force, by=who(options))
    except NotWhole as error:
        note(str(error))
        return 1
    except (CannotRun, SettingsError) as error:
        note(str(error))
        return 2
    except OSError as error:
        note(f"Không mở được bản sao lưu: {reason(error)}.")
        return 2
    state = done.state
    note(f"Bản sao lưu lúc {done.manifest['made']} nguyên vẹn: {done.files} tệp, {state.runs} lượt rà soát, "
         f"{state.decisions} quyết định, {state.records} dòng sổ; nhật ký {state.audit_lines} dòng, mã cuối "
         f"{done.manifest['store']['audit_hash'] or 'chưa có'}.")  # fmt: skip
    if options.check:
        return 0
    if done.kept is not None:
        note(f"Dữ liệu cũ được giữ trong {done.kept}.")
    if done.settings_beside is not None:
        note(f"Cấu hình đang có được giữ nguyên; cấu hình trong bản sao lưu ghi cạnh đó: {done.settings_beside}.")
    if not done.manifest["whole"]:
        note("Bản sao lưu này không gồm các tệp văn bản: hãy chép chúng vào lại thư mục văn bản nếu chưa có.")
    print(space.outputs)
    return 0


class NotWhole(Exception):
    """The file is no backup, or not a whole one; the message (Vietnamese) says what is wrong."""


def look(file: Path) -> Restored:
    """Unpack a backup into a temporary folder, check everything, and leave nothing behind. Raises `NotWhole`."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="rasoat-") as scratch:
        return _unpacked(file, Path(scratch))


def restore(file: Path, space: Workspace, force: bool = False, by: str = "rasoat") -> Restored:
    """Put a backup in place. Raises `NotWhole`, or `CannotRun` where other data are there already or a run writes.

    `force`: what is there gives way and is kept in `OUTPUTS/truoc-phuc-hoi-…`. Settings that are there always stay.
    Killed at any moment, the place has the old store or the new one, and the same command does the rest.
    """
    if space.outputs is None:
        raise CannotRun("Cần nơi phục hồi: thêm --workspace DIR, hoặc --corpus DIR và --outputs DIR.")
    try:
        space.outputs.mkdir(parents=True, exist_ok=True)
        with _scratch(space.outputs) as scratch:
            found = _unpacked(file, scratch)
            return _placed(file, space, scratch, found, force, by)
    except store.StoreError as error:
        raise CannotRun(str(error)) from error
    except OSError as error:
        raise CannotRun(f"Không phục hồi được vào {space.outputs}: {reason(error)}.") from error


# --- looking -----------------------------------------------------------------------------------------------


def _unpacked(file: Path, folder: Path) -> Restored:
    """Unpack into a folder and compare everything with the manifest; the store there is of the newest schema then."""
    try:
        with ZipFile(file) as source:
            manifest = _manifest(file, source)
            entries: list[Mapping[str, Any]] = manifest["files"]
            free = shutil.disk_usage(folder).free
            needed = sum(int(entry["size"]) for entry in entries)
            if needed > free:
                raise CannotRun(f"Cần {needed >> 20} MB để mở bản sao lưu, ổ đĩa chỉ còn {free >> 20} MB; hãy xóa bớt.")
            for entry in entries:
                _unpack(file, source, entry, folder)
    except FileNotFoundError as error:
        raise NotWhole(f"{file}: không có tệp này.") from error
    except _BROKEN as error:
        raise NotWhole(f"{file}: không phải bản sao lưu của rasoat, hoặc tệp bị hỏng ({error}).") from error
    place = folder / STORE
    fault = copies.integrity_fault(place)
    if fault is not None:
        raise NotWhole(f"{file}: kho dữ liệu trong bản sao lưu bị hỏng ({fault}).")
    if copies.state_of(place).audit_hash != manifest["store"]["audit_hash"]:
        raise NotWhole(f"{file}: nhật ký trong bản sao lưu không khớp mã đã ghi khi sao lưu.")
    with store.open(place, write=True) as opened:
        wrong = opened.audit_fault()
    if wrong is not None:
        line = f"dòng số {wrong.number} " if wrong.number else ""
        raise NotWhole(f"{file}: nhật ký trong bản sao lưu đã bị thay đổi: {line}{wrong.what}.")
    copies.settle(place)
    return Restored(len(entries), copies.state_of(place), manifest)


def _manifest(file: Path, source: ZipFile) -> dict[str, Any]:
    if source.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise ValueError(MANIFEST)
    manifest = json.loads(source.read(MANIFEST))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ValueError(MANIFEST)
    if manifest["format"] > FORMAT:
        raise NotWhole(f"{file}: bản sao lưu do phiên bản mới hơn của rasoat tạo; hãy cập nhật rasoat.")
    names = [str(entry["name"]) for entry in manifest["files"]]
    if STORE not in names or len(names) != len(set(names)) or "audit_hash" not in manifest["store"]:
        raise ValueError(MANIFEST)
    if not isinstance(manifest["made"], str) or not isinstance(manifest["whole"], bool):
        raise ValueError(MANIFEST)
    return manifest


def _unpack(file: Path, source: ZipFile, entry: Mapping[str, Any], folder: Path) -> None:
    """One file, no larger than the manifest says, to a place below the folder."""
    name, size = str(entry["name"]), int(entry["size"])
    place = folder.joinpath(*_safe(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o600 if name in (STORE, USERS) else 0o644
    total, got = hashlib.sha256(), 0
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as out, source.open(name) as packed:
        while piece := packed.read(_CHUNK):
            got += len(piece)
            if got > size:
                break
            total.update(piece)
            out.write(piece)
    if got != size or total.hexdigest() != entry["sha256"]:
        raise NotWhole(f"{file}: {name} không khớp mã đã ghi khi sao lưu; tệp sao lưu bị hỏng.")
    os.utime(place, ns=(int(entry["mtime_ns"]), int(entry["mtime_ns"])))


def _safe(name: str) -> tuple[str, ...]:
    """Parts of a name that stays where it is put. Raises `ValueError` for any other."""
    path = PurePosixPath(name)
    below = len(path.parts) > 1 and path.parts[0] in ("corpus", "outputs", OWN_RULES)
    good = below or name in (STORE, SETTINGS, USERS)
    if not good or "\\" in name or "\0" in name or any(part in ("..", ".", "") for part in path.parts):
        raise ValueError(name)
    if path.parts[0] == "outputs" and path.parts[1].startswith("rasoat.db"):  # a log that the new store would play back
        raise ValueError(name)
    return path.parts


# --- putting in place --------------------------------------------------------------------------------------


def _placed(file: Path, space: Workspace, scratch: Path, found: Restored, force: bool, by: str) -> Restored:
    own, theirs = space.corpus.parent / SETTINGS, scratch / SETTINGS
    taken = theirs.is_file() and (not own.exists() or own.read_text("utf-8", "replace") in ("", TEMPLATE))
    # Settings that come with the backup say where the store is, as the office's own would.
    settings = load(theirs) if taken else space.settings
    space = Workspace(space.corpus, _outputs(space), settings)
    moves = list(_moves(space, scratch))
    place = store_place(space)
    there = isinstance(place, Path) and place.exists()
    differ = [target for source, target in moves if target.exists() and not _same(source, target)]
    if (there or differ) and not force:
        named = [str(place)] if there else [str(target) for target in differ[:3]]
        raise CannotRun(f"Ở đây đã có dữ liệu ({', '.join(named)}). Hãy phục hồi vào nơi khác (--workspace DIR), hoặc "
                        "thêm --force: dữ liệu đang có được giữ lại bên cạnh.")  # fmt: skip
    beside = None
    if theirs.is_file() and not _same(theirs, own):
        beside = None if taken else own.with_name(_BESIDE)
        _move(theirs, beside or own)
    kept = _outputs(space) / f"truoc-phuc-hoi-{datetime.now(TIME_ZONE):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    with _locked(place):
        for source, target in moves:
            if target in differ:
                _link(target, kept / target.relative_to(_base(space, target)))
            _move(source, target)
        if isinstance(place, Path):
            if there:
                _keep_store(place, kept)
            _move(scratch / STORE, place)
        else:
            copies.fill(place, scratch / STORE)
    made = Restored(found.files, found.state, found.manifest, kept if kept.is_dir() else None, beside)
    with store.open(place, write=True, wait=WAIT_S) as opened:
        told = {"made": str(found.manifest["made"]), "audit_hash": found.manifest["store"]["audit_hash"]}
        opened.append_audit(by, "phuc_hoi", file.name, told, now())
    return made


def _moves(space: Workspace, scratch: Path) -> Iterator[tuple[Path, Path]]:
    places = {OWN_RULES: space.corpus.parent / OWN_RULES, "corpus": space.corpus, "outputs": _outputs(space)}
    for name, base in places.items():
        for source in sorted(path for path in (scratch / name).rglob("*") if path.is_file()):
            yield source, base / source.relative_to(scratch / name)
    if (scratch / USERS).is_file():
        yield scratch / USERS, space.corpus.parent / USERS


def _base(space: Workspace, target: Path) -> Path:
    parent = space.corpus.parent
    return parent if target.is_relative_to(parent) else _outputs(space).parent


def _outputs(space: Workspace) -> Path:
    assert space.outputs is not None
    return space.outputs


@contextmanager
def _locked(place: str | Path) -> Iterator[None]:
    """The store's lock, so that no run writes meanwhile; a server has its own (`fill`)."""
    if isinstance(place, str):
        yield
        return
    with FileLock(place.with_name(place.name + ".lock"), str(place), WAIT_S):
        yield


def _keep_store(place: Path, kept: Path) -> None:
    """Keep the old store with its log beside it, and leave at its place a file without a log.

    The log must be gone before another file takes the place: SQLite would play it into that one.
    """
    copies.settle(place)
    names: Sequence[str] = (place.name, place.name + "-wal", place.name + "-shm")
    for name in names:
        one = place.with_name(name)
        if one.exists():
            _link(one, kept / name)
    for name in names[1:]:
        place.with_name(name).unlink(missing_ok=True)


def _link(place: Path, kept: Path) -> None:
    """Keep a file's content under another name, whatever later takes its own."""
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.link(place, kept)
    except OSError:  # another file system, or one without links
        shutil.copy2(place, kept)


def _move(source: Path, target: Path) -> None:
    """Put a file in its place in one step; a copy first where that lies on another disk."""
    from outputs.packing import whole

    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        source.replace(target)
        return
    stat = source.stat()
    with whole(target, 0o600 if target.suffix == ".db" else 0o644) as out, source.open("rb") as read:
        shutil.copyfileobj(read, out)
    os.utime(target, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    source.unlink()


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return hashlib.file_digest(first, "sha256").digest() == hashlib.file_digest(second, "sha256").digest()


@contextmanager
def _scratch(outputs: Path) -> Iterator[Path]:
    """A folder beside the place; what a killed restore left is removed first (the lock tells whether it lives)."""
    for left in outputs.glob(".phuc-hoi-*"):
        with suppress(store.StoreBusy), FileLock(left / "lock", str(left), 0.0):
            shutil.rmtree(left, ignore_errors=True)
    place = outputs / f".phuc-hoi-{secrets.token_hex(4)}"
    place.mkdir(mode=0o700)
    try:
        with FileLock(place / "lock", str(place), 0.0):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
