"""Is everything well? One list of checks for `rasoat health`, the page's `/health` and the first screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from corpus import store
from corpus.library import CorpusLibrary, side_of
from corpus.register import NothingKnown
from corpus.words import date_short
from flows.office import door
from flows.opening import CannotRun, store_place
from flows.settings import Workspace, today
from flows.unattended.diary import Diary, shown
from flows.unattended.notices import Notices
from outputs.words import CENTRAL_STALE_DAYS
from outputs.workbench.door import Check, Level

LEVELS: dict[Level, str] = {"tot": "Tốt", "chu_y": "Cần chú ý", "hong": "HỎNG"}
_NIGHT_LATE, _NIGHT_LOST = timedelta(hours=26), timedelta(hours=74)
_BACKUP_LATE = timedelta(days=3)
_ROOM_SMALL, _ROOM_GONE = 2 * 1024**3, 300 * 1024**2
NEWEST = "van-ban-moi-nhat.json"


def look(space: Workspace, deep: bool = False, newest: date | None = None) -> tuple[Check, ...]:
    """All checks. `deep`: also the whole store and its audit (seconds to minutes). `newest`: day of the newest central
    document, where the caller knows it."""
    assert space.outputs is not None
    diary = Diary(space.outputs)
    return tuple(_checks(space, space.outputs, diary, deep, newest))


def worst(checks: tuple[Check, ...]) -> Level:
    """The worst of them."""
    levels = {check.level for check in checks}
    return "hong" if "hong" in levels else "chu_y" if "chu_y" in levels else "tot"


def record(checks: tuple[Check, ...]) -> dict[str, Any]:
    """The checks as a JSON object."""
    told = [{"code": one.code, "level": one.level, "text": one.text, "value": one.value} for one in checks]
    return {"schema": 1, "level": worst(checks), "checks": told}


def central(newest: date | None, day: date) -> Check:
    """How old the newest central document is."""
    if newest is None:
        return Check("van_ban_trung_uong", "chu_y", "văn bản trung ương mới nhất: kho chưa có văn bản nào có ngày")
    age = (day - newest).days
    text = f"văn bản trung ương mới nhất: ngày {date_short(newest)}"
    if age > CENTRAL_STALE_DAYS:
        return Check(
            "van_ban_trung_uong", "chu_y", f"{text}, đã {age} ngày; cần bổ sung văn bản mới", newest.isoformat()
        )
    return Check("van_ban_trung_uong", "tot", text, newest.isoformat())


def _checks(space: Workspace, outputs: Path, diary: Diary, deep: bool, newest: date | None) -> Iterator[Check]:
    yield _night(diary)
    yield from _last_try(diary)
    whole, number = _store(space, diary, deep)
    yield whole
    if whole.level != "hong":
        yield central(newest or _newest(space, diary, number), today())
        yield from _unread(space)
    yield _room(outputs)
    yield _backup(space)
    yield from _told(space, diary)
    yield _served(diary)
    yield from _settings(space, diary)


def _night(diary: Diary) -> Check:
    good = diary.last("nightly", "xong")
    if good is None or good.ended is None:
        return Check("luot_dem", "chu_y", "chưa có lượt đêm nào chạy xong")
    age = datetime.now(UTC) - datetime.fromisoformat(good.ended)
    text = f"lượt đêm gần nhất xong lúc {shown(good.ended)}"
    hours = round(age.total_seconds() / 3600, 1)
    if age < timedelta(minutes=-5):
        return Check("luot_dem", "chu_y", f"{text}: ngày giờ của máy đã bị lùi lại", hours)
    if age > _NIGHT_LATE:
        level: Level = "hong" if age > _NIGHT_LOST else "chu_y"
        return Check(
            "luot_dem", level, f"{text}, đã {hours:.0f} giờ; máy tắt ban đêm hoặc rasoat serve không chạy?", hours
        )
    return Check("luot_dem", "tot", text, hours)


def _last_try(diary: Diary) -> Iterator[Check]:
    for kind, name in (("nightly", "lượt đêm"), ("maintenance", "bảo trì"), ("decree", "văn bản mới")):
        last = diary.last(kind)
        if last is not None and last.outcome in ("hong", "dut", "ban"):
            yield Check(
                f"lan_cuoi_{kind}", "chu_y", f"{name} lúc {shown(last.started)} không xong: {last.message or ''}"
            )
        elif last is not None and last.outcome == "dang_chay":
            yield Check(f"lan_cuoi_{kind}", "tot", f"{name} đang chạy từ {shown(last.started)}")


def _store(space: Workspace, diary: Diary, deep: bool) -> tuple[Check, int | None]:
    try:
        with store.open(store_place(space)) as opened:
            last = opened.last_run()
    except store.StoreError as error:
        return Check("kho", "hong", f"không đọc được kho dữ liệu: {error}"), None
    except Exception as error:  # noqa: BLE001 - whatever a damaged file makes the database say, health must answer
        return Check(
            "kho", "hong", f"không đọc được kho dữ liệu ({type(error).__name__}); hãy phục hồi bản sao lưu"
        ), None
    number = last.number if last else None
    if deep:
        from flows.safekeeping import backup

        faults: tuple[str, ...] = backup.check(space)
        when = "vừa kiểm tra"
    else:
        kept = diary.kept("kiem-tra.json")
        faults, when = (
            tuple(kept.get("faults", ())),
            f"kiểm tra ngày {date_short(date.fromisoformat(kept['at']))}" if kept.get("at") else "chưa kiểm tra",
        )
    if faults:
        return Check("kho", "hong", f"kho dữ liệu có lỗi ({when}): {faults[0]}"), number
    return Check(
        "kho", "tot", f"kho dữ liệu mở được ({when}); lượt rà soát gần nhất: {number or 'chưa có'}", number
    ), number


def _newest(space: Workspace, diary: Diary, number: int | None) -> date | None:
    """Day of the newest central document, kept until the next run: finding it opens every document."""
    kept = diary.kept(NEWEST)
    if kept.get("run") == number and "newest" in kept:
        return date.fromisoformat(kept["newest"]) if kept["newest"] else None
    with door.opened(space) as opened:
        _, documents = door.read_documents(opened)
    library = CorpusLibrary({path: (side_of(path), one) for path, one in documents.items()}, NothingKnown())
    newest = library.newest_central()
    diary.keep(NEWEST, {"run": number, "newest": newest.isoformat() if newest else None})
    return newest


def _unread(space: Workspace) -> Iterator[Check]:
    try:
        with door.opened(space) as opened:
            count = len(opened.unread())
    except CannotRun:
        return
    if count:
        yield Check("chua_doc_duoc", "chu_y", f"{count} tệp trong kho chưa đọc được: xem màn hình đầu", count)


def _room(outputs: Path) -> Check:
    free = shutil.disk_usage(outputs).free
    text = f"chỗ trống trên ổ đĩa: {free / 1024**3:.1f} GB"
    level: Level = "hong" if free < _ROOM_GONE else "chu_y" if free < _ROOM_SMALL else "tot"
    return Check("o_dia", level, text if level == "tot" else f"{text}, sắp hết: cần dọn bớt", free)


def _backup(space: Workspace) -> Check:
    from flows.safekeeping import backup

    newest = backup.newest(space)
    if newest is None:
        return Check(
            "sao_luu", "chu_y", "chưa có bản sao lưu nào: chạy rasoat backup, hoặc để rasoat serve làm mỗi ngày"
        )
    made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    late = datetime.now(UTC) - made > _BACKUP_LATE
    text = f"bản sao lưu gần nhất: {shown(made.isoformat())}"
    return Check("sao_luu", "chu_y" if late else "tot", f"{text}, đã cũ" if late else text, made.isoformat())


def _told(space: Workspace, diary: Diary) -> Iterator[Check]:
    notices = Notices(space, diary)
    if notices.configured and notices.trouble:
        yield Check("thong_bao", "chu_y", f"thông báo chưa gửi được: {notices.trouble}")
    for trouble in diary.kept("nguon-tinh-hinh.json").get("trouble", ()):
        yield Check("nguon", "chu_y", f"nguồn văn bản không dùng được: {trouble}")


def _served(diary: Diary) -> Check:
    from flows.unattended.serving import running

    found = running(diary)
    if found is None:
        return Check("phuc_vu", "chu_y", "rasoat serve không chạy: không có lịch đêm (trừ khi dùng hẹn giờ của máy)")
    return Check("phuc_vu", "tot", f"rasoat serve đang chạy từ {shown(found['since'])}; trang rà soát {found['page']}")


def _settings(space: Workspace, diary: Diary) -> Iterator[Check]:
    """Each run reads the settings anew; the page, the schedule and the notices of `serve` keep those of its start."""
    from flows.unattended.serving import running

    found, place = running(diary), space.corpus.parent / "rasoat.toml"
    if found is None or not place.is_file():
        return
    if datetime.fromtimestamp(place.stat().st_mtime, UTC) > datetime.fromisoformat(found["since"]):
        yield Check(
            "thiet_lap", "chu_y", "rasoat.toml đã đổi sau khi rasoat serve khởi động: lượt chạy sau dùng thiết lập "
            "mới; hãy khởi động lại rasoat serve để trang rà soát, giờ chạy đêm và thông báo cũng dùng",
        )  # fmt: skip
