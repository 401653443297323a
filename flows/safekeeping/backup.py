"""`rasoat backup`: everything that an office cannot make again, as one dated file that is whole or not there.

A backup is a ZIP file: the store (`kho/rasoat.db`: documents as read, findings, decisions, records, audit), the
settings, the office's own rules, register rows and papers; with `whole` also the corpus and all runs, to go on on
another machine. Its `manifest.json` names every file with its size and SHA-256. `restoring` brings it back.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corpus import store
from corpus.store import backup as copies
from flows.commands import note, space_of
from flows.opening import CannotRun, not_lost, reason, store_place, sweep_up
from flows.ruling import OWN_RULES
from flows.settings import OWN_REGISTER, TIME_ZONE, Workspace
from flows.users import FILE, place_of

FOLDER = "sao-luu"
FORMAT = 1
STORE, SETTINGS, USERS, MANIFEST = "kho/rasoat.db", "rasoat.toml", FILE, "manifest.json"
_PAPERS = "giay-to"
_NAME = re.compile(r"rasoat-sao-luu-\d{8}-\d{6}(?:-\d+)?\.zip")
_NOT_KEPT = (FOLDER, "prefect", "nhat-ky")
"""Below the outputs: what belongs to this machine and its runs, not to the office."""
_CHUNK = 1 << 20


class NothingThere(CannotRun):
    """There is no store yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. `removed`: older ones that made room for it; `state`: what the store in it holds;
    `secret`: how many files with a stamp of secrecy were left out."""

    path: Path
    files: int
    state: copies.StoreState
    removed: tuple[Path, ...] = ()
    secret: int = 0


def command(options: Namespace) -> int:
    """`rasoat backup`: prints the path of the file. 2 where it could not be made."""
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    try:
        made = make(space, Path(options.to) if options.to else None, options.keep, options.whole)
    except CannotRun as error:
        note(str(error))
        return 2
    state = made.state
    last = f"; mã cuối nhật ký {state.audit_hash}" if state.audit_hash else ""
    note(f"Đã sao lưu {made.files} tệp: {state.runs} lượt rà soát, {state.decisions} quyết định, {state.records} dòng "
         f"sổ, {state.audit_lines} dòng nhật ký{last}.")  # fmt: skip
    for old in made.removed:
        note(f"Đã xóa bản sao lưu cũ {old.name}.")
    if made.secret:
        note(f"Không sao lưu {made.secret} tệp có dấu mật: tài liệu bí mật nhà nước không được để ở đây.")
    if not options.whole:
        note("Bản này không gồm các tệp văn bản; thêm --whole để sao lưu cả thư mục làm việc.")
    print(made.path)
    return 0


def make(space: Workspace, to: Path | None = None, keep: int | None = None, whole: bool = False) -> Made:
    """Back a workspace up while others read or write it; then older backups beyond `keep` go (0: all stay).

    `to` and `keep` are those of the settings where not given. Raises `CannotRun` (Vietnamese) where the store is not
    there or not whole, or the folder cannot be written.
    """
    folder = to or folder_of(space)
    kept = space.settings.backup_keep if keep is None else keep
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _scratch(folder) as scratch:
            state = _copied(space, scratch / "kho.db")
            path = _free_name(folder)
            secret = copies.restricted(scratch / "kho.db") if whole else frozenset()
            files = _write(space, scratch / "kho.db", state, path, whole, secret)
        return Made(path, files, state, _prune(folder, path, kept), len(secret))
    except store.StoreDamaged as error:
        raise CannotRun(with_advice(space, error)) from error
    except store.StoreError as error:
        raise CannotRun(str(error)) from error
    except OSError as error:
        raise CannotRun(f"Không sao lưu được vào {folder}: {reason(error)}.") from error


def check(space: Workspace) -> tuple[str, ...]:
    """What is wrong with the store of a workspace, in Vietnamese; empty where all is well. Works on a copy."""
    try:
        with tempfile.TemporaryDirectory(prefix="rasoat-") as scratch:
            copy = Path(scratch) / "kho.db"
            _copied(space, copy)
            with store.open(copy, write=True) as opened:
                fault = opened.audit_fault()
    except NothingThere:
        return ()
    except CannotRun as error:
        return (str(error),)
    except store.StoreDamaged as error:
        return (with_advice(space, error),)
    except store.StoreError as error:
        return (str(error),)
    if fault is None:
        return ()
    line = f"dòng số {fault.number} " if fault.number else ""
    return (f"Nhật ký hoặc dữ liệu đã bị thay đổi: {line}{fault.what}.",)


def sweep(space: Workspace) -> int:
    """Remove what killed processes left half written; gives the number of files. Every run does it too."""
    return sweep_up(space)


def folder_of(space: Workspace) -> Path:
    """Where backups of a workspace lie: the folder of the settings, else one below its outputs."""
    if space.settings.backup_folder:
        return Path(space.settings.backup_folder)
    if space.outputs is None:
        raise CannotRun("Cần thư mục kết quả: thêm --outputs DIR hoặc --workspace DIR.")
    return space.outputs / FOLDER


def backups(folder: Path) -> list[Path]:
    """Backup files of a folder, oldest first, by the moment in their names."""
    return sorted((one for one in folder.glob("*.zip") if _NAME.fullmatch(one.name)), key=_order)


def newest(space: Workspace) -> Path | None:
    """The newest backup where the settings put them, None where there is none."""
    found = backups(folder_of(space)) if space.outputs is not None or space.settings.backup_folder else []
    return found[-1] if found else None


def with_advice(space: Workspace, error: store.StoreError) -> str:
    """The message of a damaged store, with the backup that helps."""
    try:
        last = newest(space)
    except (CannotRun, OSError):
        last = None
    if last is None:
        return f"{error} Ở đây chưa có bản sao lưu nào; hãy giữ nguyên tệp, tìm bản sao lưu ở nơi khác."
    return f"{error} Hãy giữ nguyên tệp và phục hồi bản sao lưu gần nhất: rasoat restore {last} --force"


# --- what goes in ----------------------------------------------------------------------------------------


def _copied(space: Workspace, target: Path) -> copies.StoreState:
    not_lost(space)
    try:
        return copies.copy_of(store_place(space), target)
    except FileNotFoundError as error:
        raise NothingThere("Chưa có kho dữ liệu nào để sao lưu; hãy chạy rasoat review trước.") from error


def _chosen(
    space: Workspace, whole: bool, folder: Path, secret: frozenset[str]
) -> Iterator[tuple[str, Path]]:  # fmt: skip
    """Files of a backup beside the store: name in it and place. `folder` is where backups lie: they hold no backups.
    `secret` paths, from the corpus folder's own name on, are left out."""
    settings = space.corpus.parent / SETTINGS
    if settings.is_file():
        yield SETTINGS, settings
    if place_of(space).is_file():
        yield USERS, place_of(space)
    for path in _files(space.corpus.parent / OWN_RULES):
        yield path.relative_to(space.corpus.parent).as_posix(), path
    corpus = space.corpus if whole else space.corpus / OWN_REGISTER
    for path in _files(corpus):
        parts = path.relative_to(space.corpus).parts
        if "/".join((space.corpus.name, *parts)) not in secret:
            yield "/".join(("corpus", *parts)), path
    assert space.outputs is not None
    for path in _files(space.outputs if whole else space.outputs / _PAPERS):
        parts = path.relative_to(space.outputs).parts
        of_store = len(parts) == 1 and parts[0].startswith("rasoat.db")
        if parts[0] not in _NOT_KEPT and not of_store and not path.is_relative_to(folder):
            yield "/".join(("outputs", *parts)), path


def _files(folder: Path) -> list[Path]:
    """Plain files below a folder; links lead out of the workspace and are left out, as are half written files."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.suffix != ".tmp"
    )


def _write(
    space: Workspace, copy: Path, state: copies.StoreState, path: Path, whole: bool, secret: frozenset[str]
) -> int:  # fmt: skip
    """Write the file; gives the number of files in it."""
    from outputs.packing import whole as whole_file

    entries: list[dict[str, Any]] = []
    with whole_file(path, 0o600) as out, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for name, place in ((STORE, copy), *_chosen(space, whole, path.parent, secret)):
            entries += _add(made, name, place)
        manifest = {
            "format": FORMAT, "program": version("rasoat"), "whole": whole, "corpus": space.corpus.name,
            "made": datetime.now(TIME_ZONE).isoformat(timespec="seconds"), "store": asdict(state), "files": entries,
        }  # fmt: skip
        made.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return len(entries)


def _add(made: ZipFile, name: str, place: Path) -> list[dict[str, Any]]:
    """Put one file in; gives its line of the manifest, of the bytes as they went in; nothing for one that is gone."""
    total, size = hashlib.sha256(), 0
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    try:
        source = place.open("rb")
    except FileNotFoundError:
        return []
    with source, made.open(info, "w", force_zip64=True) as target:
        moment = os.fstat(source.fileno()).st_mtime_ns
        while piece := source.read(_CHUNK):
            total.update(piece)
            size += len(piece)
            target.write(piece)
    return [{"name": name, "size": size, "mtime_ns": moment, "sha256": total.hexdigest()}]


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder of one's own beside the backups; what a killed backup left there is removed first."""
    from outputs.packing import sweep as half_written

    half_written(folder, deep=False)
    for left in folder.glob(".dang-lam-*"):
        if not _alive(left):
            shutil.rmtree(left, ignore_errors=True)
    place = folder / f".dang-lam-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _alive(left: Path) -> bool:
    """Whether the process that a scratch folder is named after still runs."""
    try:
        os.kill(int(left.name.rpartition("-")[2]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _free_name(folder: Path) -> Path:
    moment = datetime.now(TIME_ZONE).strftime("%Y%m%d-%H%M%S")
    path, number = folder / f"rasoat-sao-luu-{moment}.zip", 2
    while path.exists():
        path, number = folder / f"rasoat-sao-luu-{moment}-{number}.zip", number + 1
    return path


def _prune(folder: Path, made: Path, keep: int) -> tuple[Path, ...]:
    """Remove the oldest backups beyond `keep`, never the one just made (the clock may have been set back)."""
    others = [one for one in backups(folder) if one != made]
    old = others[: max(0, len(others) - (keep - 1))] if keep > 0 else []
    for one in old:
        one.unlink(missing_ok=True)
    return tuple(old)


def _order(path: Path) -> tuple[str, int]:
    parts = path.stem.removeprefix("rasoat-sao-luu-").split("-")
    return "-".join(parts[:2]), int(parts[2]) if len(parts) > 2 else 1
