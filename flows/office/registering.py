"""`rasoat ledger`, `record`, `clocks`: the register of documents, what the office notes down, what is due."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

from corpus.model import (
    Assignment,
    CompleteYear,
    Conclusion,
    Desk,
    Handling,
    LedgerEntry,
    LedgerSource,
    Opinion,
    ReviewRequest,
    SelfCheck,
)
from corpus.office.corrections import FIELDS, WrongCorrection
from corpus.office.imports import SOURCES, Book, Imported, read_book
from corpus.office.numbers import gaps, of_ledger
from corpus.office.records import record as row_of
from corpus.store import Store
from corpus.words import date_short
from flows.commands import note, space_of
from flows.office import door
from flows.office.deciding import key_of, who
from flows.office.sheets import BadSheet, sheets
from flows.opening import CannotRun
from flows.settings import today

STATES: dict[str, str] = {
    "chua_hieu_luc": "Chưa có hiệu lực", "con_hieu_luc": "Còn hiệu lực", "tam_ngung": "Tạm ngưng hiệu lực",
    "het_hieu_luc_mot_phan": "Hết hiệu lực một phần", "het_hieu_luc_toan_bo": "Hết hiệu lực toàn bộ",
    "khong_ro": "Chưa xác minh hiệu lực",
}  # fmt: skip
_SOURCES: dict[str, LedgerSource] = {
    "so-van-ban": "so_van_ban", "danh-muc": "danh_muc", "con-hieu-luc": "con_hieu_luc",
}  # fmt: skip


def ledger(options: Namespace) -> int:
    """The register of documents, or what is to be done with it."""
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    write = options.action in ("correct", "complete", "published") or (
        options.action == "import" and not options.preview
    )
    try:
        with door.opened(space, write=write) as store:
            if options.action == "import":
                return _import(store, options)
            if options.action == "complete":
                return _complete(store, options)
            desk = door.desk(space, store, options.as_of)
            if options.action == "correct":
                return _correct(store, desk, options)
            if options.action == "published":
                return _published(store, desk, options)
    except (CannotRun, WrongCorrection) as error:
        note(str(error))
        return 2
    for entry in desk.ledger:
        print(json.dumps(_plain(entry), ensure_ascii=False) if options.json else "\t".join(_told(entry)))
    unsure = sum(not entry.certain for entry in desk.ledger)
    without = sum(entry.path is None for entry in desk.ledger)
    note(
        f"{len(desk.ledger)} văn bản trong sổ; {without} văn bản chưa có tệp trong kho; {unsure} văn bản chưa xác minh "
        "chắc chắn tình trạng hiệu lực."
    )
    for gap in gaps(of_ledger(desk.ledger), desk.complete):
        note(f"Thiếu số {gap.symbols[0]}{f' đến {gap.symbols[-1]}' if len(gap.symbols) > 1 else ''} ({gap.issuer}).")
    return 0


def _told(entry: LedgerEntry) -> list[str]:
    listed = "; ".join(f"đã công bố tại {one.symbol or 'danh mục'}, năm {one.year}" for one in entry.published)
    state = STATES.get(entry.state, entry.state)
    return [
        entry.symbol or "", date_short(entry.date) if entry.date else "", entry.issuer or "", entry.title or "",
        state + ("" if entry.certain else " (cần xác minh)"), entry.field or "", entry.unit or "",
        "đơn vị trước sắp xếp" if entry.predecessor else "", listed, entry.path or f"({entry.source_name})",
    ]  # fmt: skip


def _import(store: Store, options: Namespace) -> int:
    """Take in books and lists; every row that was not taken is told. 1 where there is one."""
    kept = faults = 0
    for file in options.files:
        for result in _read(Path(file), options):
            for fault in result.faults:
                note(str(fault))
            if options.preview:
                for entry in result.entries:
                    print("\t".join(_told(entry)))
            else:
                by, at = who(options), door.now()
                store.keep([row_of(entry, by, at) for entry in result.entries], action="nhap_so")
            kept, faults = kept + len(result.entries), faults + len(result.faults)
    what = SOURCES[_SOURCES[options.source]]
    note(f"{'Sẽ nhập' if options.preview else 'Đã nhập'} {kept} văn bản ({what}); {faults} dòng cần xem lại.")
    return 1 if faults else 0


def _read(file: Path, options: Namespace) -> list[Imported]:
    book = Book(
        file.name, _SOURCES[options.source], today(), "", options.issuer, options.year, options.decision,
        options.predecessor,
    )  # fmt: skip
    if book.source == "danh_muc" and book.year is None:
        raise CannotRun("Nhập danh mục đã công bố thì cần --year, năm của danh mục.")
    try:
        found = [read_book(rows, book.of_sheet(name)) for name, rows in sheets(file)]
    except BadSheet as error:
        raise CannotRun(str(error)) from error
    with_headings = [one for one in found if one.columns]
    for one in found if with_headings else ():
        if not one.columns:
            note(f"{file.name}, trang tính “{one.faults[0].sheet}”: không có bảng văn bản, bỏ qua.")
    return with_headings or found


def _complete(store: Store, options: Namespace) -> int:
    year = CompleteYear(options.year, options.issuer, options.kind)
    (door.withdraw if options.withdraw else door.keep)(store, [year], who(options))
    note(f"{'Đã rút lại việc ghi' if options.withdraw else 'Đã ghi'} đủ văn bản năm {options.year}.")
    return 0


def _correct(store: Store, desk: Desk, options: Namespace) -> int:
    key = key_of(desk, options.document)
    if key is None:
        note(_unknown(options.document))
        return 1
    given: dict[str, str | bool | None] = {}
    for value in options.values:
        name, sign, text = value.partition("=")
        if not sign:
            raise WrongCorrection(f"“{value}” chưa đúng dạng MỤC=GIÁ TRỊ; các mục: {', '.join(FIELDS)}.")
        given[name] = text or None
    made = door.correct(store, key, given, who(options))
    told = "; ".join(f"{FIELDS[name]}: {'(xóa)' if value is None else value}" for name, value in made.fields.items())
    note(f"Đã đính chính {options.document}: {told}. Lượt rà soát sau sẽ dùng thông tin này.")
    return 0


def _published(store: Store, desk: Desk, options: Namespace) -> int:
    keys = [key_of(desk, name) for name in options.documents]
    if None in keys:
        note(_unknown(options.documents[keys.index(None)]))
        return 1
    entries = [entry for entry in desk.ledger if entry.key in keys]
    count = door.publish(store, entries, options.decision, options.year, who(options))
    note(f"Đã ghi {count} văn bản được công bố tại {options.decision}, năm {options.year}.")
    return 0


def record(options: Namespace) -> int:
    """Note down what happened: handled, an opinion, a conclusion, a self-check, a request, an assignment."""
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    try:
        with door.opened(space, write=True) as store:
            desk = door.desk(space, store)
            value = _value(options, desk, who(options))
            if value is None:
                return 1
            (door.withdraw if options.withdraw else door.keep)(store, [value], who(options))
    except CannotRun as error:
        note(str(error))
        return 2
    note("Đã rút lại." if options.withdraw else "Đã ghi.")
    return 0


def _value(options: Namespace, desk: Desk, by: str) -> door.Kept | None:
    """What the options say; None, after a message, where the document is not known."""
    if options.action == "request":
        key = key_of(desk, options.document) if options.document else None
        if options.document and key is None:
            note(_unknown(options.document))
            return None
        return ReviewRequest(options.number, options.sender, options.received or today(), key, options.about,
                             options.answered, options.passed_to)  # fmt: skip
    subject = key_of(desk, options.subject)
    if subject is None and options.action in ("handled", "assign"):
        subject = next((one.id for one in desk.findings if one.id == options.subject), None)
    if subject is None:
        note(_unknown(options.subject))
        return None
    if options.action == "handled":
        return Handling(subject, options.symbol, options.date, by, door.now())
    if options.action == "opinion":
        if options.stance == "khong_dong_y" and not (options.text or "").strip():
            raise CannotRun("Không đồng ý thì phải nêu lý do: thêm --text.")  # NĐ 79/2025 Art. 42
        answered = options.answered or (today() if options.stance else None)
        asked = options.asked or _asked(desk, subject, options.unit) or today()
        due = options.due or asked + timedelta(days=desk.settings.opinion_days)
        return Opinion(subject, options.unit, asked, due, answered, options.stance, options.text)
    if options.action == "conclusion":
        names = {one.name for one in fields(Conclusion)} - {"document"}
        return Conclusion(document=subject, **{name: getattr(options, name) for name in names})
    if options.action == "self-check":
        names = {one.name for one in fields(SelfCheck)} - {"document"}
        return SelfCheck(document=subject, **{name: getattr(options, name) for name in names})
    return Assignment(subject, options.field, options.unit, options.due)


def _asked(desk: Desk, document: str, unit: str) -> date | None:
    """When that unit was asked before: an answer belongs to its question."""
    return next((one.asked for one in desk.opinions if one.document == document and one.unit == unit), None)


def clocks(options: Namespace) -> int:
    """What is due, soonest first."""
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    try:
        with door.opened(space) as store:
            desk = door.desk(space, store, options.as_of)
    except CannotRun as error:
        note(str(error))
        return 2
    for one in desk.clocks:
        if options.json:
            print(json.dumps(_plain(one), ensure_ascii=False))
            continue
        left = f"còn {one.days_left} ngày" if one.days_left >= 0 else f"quá hạn {-one.days_left} ngày"
        print("\t".join((date_short(one.due), left, one.what, one.name or "", one.ground)))
    if not desk.settings.nd187_compared:
        note("Thời hạn theo Nghị định số 79/2025/NĐ-CP; chưa đối chiếu Nghị định số 187/2025/NĐ-CP.")
    return 0


def _plain(value: object) -> Mapping[str, object]:
    """A value object as JSON: days ISO, objects inside it as objects."""
    def one(item: object) -> object:
        if isinstance(item, date):
            return item.isoformat()
        if isinstance(item, tuple):
            return [one(part) for part in item]
        return _plain(item) if hasattr(item, "__dataclass_fields__") else item

    return {field.name: one(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]


def _unknown(name: str) -> str:
    return f"Không tìm thấy {name} trong sổ văn bản (hoặc nhiều văn bản trùng số); hãy dùng khóa hoặc đường dẫn."
