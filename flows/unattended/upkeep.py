"""Maintenance: is everything that was decided still whole, a backup, what can be thrown away."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from flows.opening import CannotRun
from flows.settings import Workspace, today
from flows.unattended.diary import FOLDER, Diary
from flows.unattended.notices import Notices
from flows.unattended.work import Note

CHECKED = "kiem-tra.json"
_RUN = re.compile(r"luot-(\d{4,6})_(\d{4}-\d{2}-\d{2})")
_PREVIEW = re.compile(r"xem-truoc_\d{4}-\d{2}-\d{2}")
_PREVIEW_DAYS, _LOG_BYTES = 30, 5_000_000


def maintain(space: Workspace, note: Note) -> Path:
    """Check the store and its audit, back it up, clean up; gives the backup's path.

    Nothing is backed up or removed where the check finds a fault: the last good backups must stay. Raises `CannotRun`.
    """
    from flows.safekeeping import backup

    assert space.outputs is not None
    notices = Notices(space, note.diary)
    faults = backup.check(space)
    note.diary.keep(CHECKED, {"at": today().isoformat(), "faults": list(faults)})
    if faults:
        for fault in faults:
            note.say(f"Kiểm tra kho: {fault}")
        notices.add("Kiểm tra kho dữ liệu: CÓ LỖI. Không sao lưu, không dọn; hãy xem nhật ký.")
        raise CannotRun("kiểm tra kho dữ liệu thấy lỗi; hãy phục hồi từ bản sao lưu gần nhất (rasoat restore).")
    try:
        made = backup.make(space)
    except CannotRun:
        notices.add("Sao lưu không làm được; hãy xem nhật ký.")
        raise
    removed = clean(space.outputs, space.settings.unattended.keep_days, today()) + backup.sweep(space)
    note.counts |= {"removed": removed}
    note.folder = made.path.parent
    note.message = f"kho toàn vẹn; đã sao lưu {made.path.name}; dọn {removed} mục cũ"
    return made.path


def clean(outputs: Path, keep_days: int, day: date) -> int:
    """Remove folders of old runs and previews, and shorten logs; gives how many things went.

    The last run, the last one of each month, and all of the last `keep_days` stay: the store has the findings of all.
    """
    runs: list[tuple[int, date, Path]] = []
    old: list[Path] = []
    for folder in outputs.iterdir():
        if not folder.is_dir() or folder.is_symlink():
            continue
        if found := _RUN.fullmatch(folder.name):
            runs.append((int(found[1]), date.fromisoformat(found[2]), folder))
        elif _PREVIEW.fullmatch(folder.name) and _age(folder, day) > _PREVIEW_DAYS:
            old.append(folder)
    runs.sort()
    last_of = {(when.year, when.month): number for number, when, _ in runs}
    for number, when, folder in runs[:-1]:
        if day - when > timedelta(days=keep_days) and last_of[when.year, when.month] != number:
            old.append(folder)
    for folder in old:
        going = folder.with_name(f".xoa-{folder.name}")
        folder.rename(going)  # whole or not there: a folder half removed is never seen under its name
        shutil.rmtree(going, ignore_errors=True)
    for left in outputs.glob(".xoa-*"):
        shutil.rmtree(left, ignore_errors=True)
    return len(old) + shorten_logs(outputs)


def shorten_logs(outputs: Path) -> int:
    """Keep the newest half of logs that programs write to themselves (they append, so they go on at the new end)."""
    count = 0
    for log in [*(outputs / FOLDER).glob("*.log"), *(outputs / "prefect").glob("*.log")]:
        if log != Diary(outputs).log and log.stat().st_size > _LOG_BYTES:
            with log.open("r+b") as file:
                file.seek(-_LOG_BYTES // 2, 2)
                kept = file.read()
                file.seek(0)
                file.truncate()
                file.write(kept[kept.find(b"\n") + 1 :])
            count += 1
    return count


def _age(folder: Path, day: date) -> int:
    return (day - date.fromtimestamp(folder.stat().st_mtime)).days
