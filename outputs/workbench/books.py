"""The register of documents (sổ văn bản), one document with its provisions and findings, corrections, the worklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus.model import Correction, Document, LedgerEntry, Opinion, Record, SelfCheck
from corpus.office import records
from corpus.office.corrections import DAYS, FIELDS, checked
from outputs import words
from outputs.report_view import WORKLIST
from outputs.workbench.decide import field_of, moment
from outputs.workbench.index import Filters, plain
from outputs.workbench.keeping import STANCES
from outputs.workbench.queue import lines_of
from outputs.workbench.site import Site, link

SIZE = 50
STATE_WORDS: Mapping[str, str] = {
    "chua_hieu_luc": "Chưa có hiệu lực", "con_hieu_luc": "Còn hiệu lực",
    "het_hieu_luc_mot_phan": "Hết hiệu lực một phần", "het_hieu_luc_toan_bo": "Hết hiệu lực toàn bộ",
    "tam_ngung": "Tạm ngưng hiệu lực", "khong_ro": "Chưa xác minh",
}  # fmt: skip
LEVELS = {"xa": "xã", "huyen": "huyện", "tinh": "tỉnh", "trung_uong": "trung ương"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register of documents with the number of findings still open."""

    entry: LedgerEntry
    name: str
    state: str
    open: int
    href: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision of a document as it is read: level of indent, text of its own, findings that stand on it."""

    id: str
    words: str
    depth: int
    text: str
    marks: int


def documents(site: Site, request: Request) -> Response:
    """The register of documents, searched and paged."""
    given = {name: request.query_params.get(name, "") for name in ("tim", "hieu_luc", "loai", "linh_vuc", "trang")}
    wanted = plain(given["tim"][:200])
    entries = [
        one for one in site.door.ledger()
        if (not wanted or wanted in _searched(one))
        and (not given["hieu_luc"] or one.state == given["hieu_luc"])
        and (not given["loai"] or given["loai"] == ("qppl" if one.normative else "hanh_chinh"))
        and (not given["linh_vuc"] or one.field == given["linh_vuc"])
    ]  # fmt: skip
    pages = max((len(entries) + SIZE - 1) // SIZE, 1)
    page = min(max(int(given["trang"]) if given["trang"].isdigit() else 1, 1), pages)
    with site.door.reading() as store:
        open_ones = site.index(store).counted(Filters({"loai": "can_xu_ly", "xu_ly": "mo"}), ("van_ban",))["van_ban"]
    whole = site.door.ledger()
    return site.page(
        "documents.html.j2", rows=[_row(one, open_ones) for one in entries[(page - 1) * SIZE : page * SIZE]],
        total=len(entries), whole=len(whole), given=given, page_number=page, pages=pages, here="van-ban",
        states={code: name for code, name in STATE_WORDS.items() if any(one.state == code for one in whole)},
        fields=sorted({one.field for one in whole if one.field}),
    )  # fmt: skip


def one_document(site: Site, request: Request) -> Response:
    """One document: masthead, provisions, findings, the form that mends the masthead."""
    path = request.query_params.get("tep", "")
    document = site.door.document(path)
    with site.door.reading() as store:
        row = store.file_of(path)
        if row is None:
            return site.page("sorry.html.j2", 404, title="Không có văn bản này", here="van-ban",
                             said="Tệp không có trong kho ở lượt rà soát gần nhất.")  # fmt: skip
        index = site.index(store)
        given = {"van_ban": path, "loai": "tat_ca", "xu_ly": "tat_ca"}
        mask = index.matching(Filters({"van_ban": path}))
        ids = index.page(mask, 0, 300)
        lines = lines_of(store, index, ids, given)
        found = store.findings_of(ids)
        history = store.kept_history(records.kind_of(Correction), row.document_key or path)
        opinions = records.values(Opinion, store.kept(records.kind_of(Opinion)))
        kept = store.kept_history(records.kind_of(SelfCheck), row.document_key or path)[-1:]
    marks: dict[str, int] = {}
    for stored in found.values():
        for place in stored.finding.places:
            if place.provision:
                marks[place.provision] = marks.get(place.provision, 0) + 1
    return site.page(
        "document.html.j2", path=path, document=document, row=row, entry=site.entry(row.document_key),
        head=document.masthead if document else None, name=words.document_name(document, path), lines=lines,
        given=given, units=_units(document, marks), history=history, fields=FIELDS, days=DAYS, kinds=words.KIND_NAMES,
        levels=LEVELS, states=STATE_WORDS, here="van-ban", done=request.query_params.get("bao", ""),
        opinions=[one for one in opinions if one.document == (row.document_key or path)], stances=STANCES,
        check=next(iter(records.values(SelfCheck, kept)), None), units_in_charge=site.door.settings.units,
        outcomes=words.OUTCOMES, pdf=path.lower().endswith(".pdf"), corrected=_mended(history),
        shown=lambda one, name: shown(getattr(one, name, None)),
    )  # fmt: skip


def correct(site: Site, request: Request, form: FormData) -> Response:
    """Keep the fields of a masthead that the officer changed; the next run judges with them."""
    path = field_of(form, "tep")
    document = site.door.document(path)
    head = document.masthead if document else None
    if document is None:
        raise ValueError("Văn bản này chưa đọc được nên chưa đính chính được.")
    changed: dict[str, str | bool | None] = {}
    for name in FIELDS:
        if f"m_{name}" in form:
            value = field_of(form, f"m_{name}")
            if value != shown(getattr(head, name) if head else None):
                changed[name] = value or None
    if not changed:
        raise ValueError("Chưa có mục nào được sửa.")
    with site.door.writing() as store:
        row = store.file_of(path)
        key = (row.document_key if row else None) or path
        kept = store.kept(records.kind_of(Correction)).get(key)
        before = records.values(Correction, [kept])[0].fields if kept and kept.value else {}
        at = moment()
        made = Correction(key, {**before, **checked(changed)}, site.officer, at)
        store.keep([records.record(made, site.officer, at)])
    return RedirectResponse(link("/van-ban/mot", tep=path, bao="dinh_chinh"), 303)


def worklist(site: Site, request: Request) -> Response:
    """Documents of the units before the reorganisation."""
    page = request.query_params.get("trang", "")
    number = int(page) if page.isdigit() and len(page) < 7 else 1
    with site.door.reading() as store:
        index = site.index(store)
        filters = Filters({"quy_tac": WORKLIST})
        mask = index.matching(filters)
        total = int(mask.sum())
        pages = max((total + SIZE - 1) // SIZE, 1)
        number = min(max(number, 1), pages)
        given = {"loai": "truoc_sap_xep", "xu_ly": "tat_ca"}
        lines = lines_of(store, index, index.page(mask, (number - 1) * SIZE, SIZE), given)
        counts = index.counted(filters, ("xu_ly",))["xu_ly"]
        found = store.findings_of([line.id for line in lines])
    return site.page(
        "worklist.html.j2", lines=lines, total=total, counts=counts, page_number=number, pages=pages, given=given,
        here="truoc-sap-xep", findings={key: one.finding for key, one in found.items()},
        entries={one.path: one for one in site.door.ledger() if one.path}, states=STATE_WORDS,
    )  # fmt: skip


def original(site: Site, request: Request) -> Response:
    """The file itself, to be saved, never to be shown by the browser."""
    path = request.query_params.get("tep", "")
    return download(site.door.original(path), path.rsplit("/", 1)[-1], site)


def picture(site: Site, request: Request) -> Response:
    """A page of a PDF as PNG."""
    page = request.query_params.get("trang", "1")
    data = site.door.page_image(request.query_params.get("tep", ""), int(page) if page.isdigit() else 1)
    if data is None:
        return Response("Không có ảnh của trang này.", 404, media_type="text/plain; charset=utf-8")
    return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


def download(data: bytes | None, name: str, site: Site) -> Response:
    """Bytes as a download under this name; 404 for none."""
    if data is None:
        return site.page("sorry.html.j2", 404, title="Không có tệp này", here="", said="Tệp không còn trong thư mục.")
    said = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    headers = {"Content-Disposition": f"attachment; filename=\"{said}\"; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


SCREENS = {
    "/van-ban": documents, "/van-ban/mot": one_document, "/truoc-sap-xep": worklist, "/tep": original, "/anh": picture,
}  # fmt: skip
ACTIONS = {"/dinh-chinh": correct}


def shown(value: object) -> str:
    """A field of a masthead as a form shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _mended(history: object) -> frozenset[str]:
    rows = list(history) if isinstance(history, (list, tuple)) else []
    last = rows[-1] if rows else None
    value = last.value.get("fields") if isinstance(last, Record) else None
    return frozenset(value) if isinstance(value, dict) else frozenset()


def _row(entry: LedgerEntry, open_ones: Mapping[str, int]) -> Row:
    kind = words.KIND_NAMES.get(entry.kind or "", "Văn bản")
    name = f"{kind} số {entry.symbol}" if entry.symbol else f"{kind} (chưa rõ số)"
    state = STATE_WORDS.get(entry.state, entry.state)
    return Row(entry, name, state, open_ones.get(entry.path or "", 0),
               link("/van-ban/mot", tep=entry.path) if entry.path else "")  # fmt: skip


def _searched(entry: LedgerEntry) -> bytes:
    return plain(" ".join(filter(None, (entry.symbol, entry.title, entry.issuer, entry.path, entry.field))))


def _units(document: Document | None, marks: Mapping[str, int]) -> list[Unit]:
    """The provisions in reading order, each with the text before its first sub-unit."""
    if document is None:
        return []
    units = []
    for i, one in enumerate(document.provisions):
        following = document.provisions[i + 1] if i + 1 < len(document.provisions) else None
        end = following.start if following and following.start < one.end else one.end
        text = document.text[one.start : end].strip()
        if text:
            said = words.provision_words(one.id)
            units.append(Unit(one.id, said[:1].upper() + said[1:], one.id.count("__"), text, marks.get(one.id, 0)))
    return units
