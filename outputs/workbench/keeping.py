"""What the officer keeps beside decisions: by which document something was handled, who is in charge of a document."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus import symbols
from corpus.model import Assignment, Handling, Opinion, SelfCheck
from corpus.model.office import Stance
from corpus.office import records
from outputs.workbench.asked import asked_in
from outputs.workbench.decide import field_of, moment
from outputs.workbench.site import Site, link


def handled(site: Site, request: Request, form: FormData) -> Response:
    """Keep "đã xử lý bằng văn bản số … ngày …" for a finding; an empty number takes it back."""
    view, identity, number = asked_in(field_of(form, "ve")), field_of(form, "phat_hien"), field_of(form, "so")
    if number and symbols.parse(number) is None:
        raise ValueError(f"“{number}” không có dạng số, ký hiệu, ví dụ 12/2026/QĐ-UBND.")
    issued = _day(field_of(form, "ngay_vb"))
    at, by = moment(), site.officer
    with site.door.writing() as store:
        if identity not in store.findings_of([identity]):
            raise ValueError("Không còn phát hiện này trong kho.")
        made = Handling(identity, symbols.normalise(number) if number else "", issued, by, at)
        store.keep([records.record(made, by, at) if number else records.withdrawn(made, by, at)])
    said = f"xu_ly:{made.symbol}" if number else "xu_ly:"
    return RedirectResponse(link(f"/phat-hien/{identity}", view.given, bao=said), 303)


def assigned(site: Site, request: Request, form: FormData) -> Response:
    """Keep field and unit of a document."""
    path = field_of(form, "tep")
    at, by = moment(), site.officer
    with site.door.writing() as store:
        row = store.file_of(path)
        if row is None:
            raise ValueError("Văn bản này không còn trong kho.")
        field, unit = field_of(form, "linh_vuc") or None, field_of(form, "don_vi") or None
        made = Assignment(row.document_key or path, field, unit)
        store.keep([records.record(made, by, at)])
    return RedirectResponse(link("/van-ban/mot", tep=path, bao="phan_cong"), 303)


def self_checked(site: Site, request: Request, form: FormData) -> Response:
    """Keep the self-check of a document (NĐ 79/2025 Art. 12); without a day it is still to be done."""
    path = field_of(form, "tep")
    at, by = moment(), site.officer
    done = _day(field_of(form, "xong"))
    unlawful = {"phu_hop": False, "co_dau_hieu": True}.get(field_of(form, "ket_qua"))
    if done is not None and unlawful is None:
        raise ValueError("Hãy chọn kết quả tự kiểm tra.")
    with site.door.writing() as store:
        row = store.file_of(path)
        if row is None:
            raise ValueError("Văn bản này không còn trong kho.")
        handled_on = _day(field_of(form, "xu_ly_xong"))
        made = SelfCheck(row.document_key or path, bool(form.get("rut_gon")), done, unlawful if done else None,
                         done, handled_on if unlawful else None)  # fmt: skip
        store.keep([records.record(made, by, at)])
    return RedirectResponse(link("/van-ban/mot", tep=path, bao="tu_kiem_tra"), 303)


STANCES = {"dong_y": "đồng ý", "khong_dong_y": "không đồng ý, nêu lý do", "khac": "ý kiến khác"}


def opinion(site: Site, request: Request, form: FormData) -> Response:
    """Keep that a unit was asked about a document, and what it answered (NĐ 79/2025 Art. 42)."""
    path, unit = field_of(form, "tep"), field_of(form, "don_vi")
    if not unit:
        raise ValueError("Hãy ghi tên đơn vị được hỏi ý kiến.")
    stance, text = field_of(form, "y_kien"), field_of(form, "noi_dung")
    if stance and stance not in STANCES:
        raise ValueError("Hãy chọn ý kiến trong danh sách.")
    if stance == "khong_dong_y" and not text:
        raise ValueError("Không đồng ý thì ghi lý do của đơn vị vào ô Nội dung.")
    at, by = moment(), site.officer
    asked = _day(field_of(form, "hoi_ngay")) or site.door.today()
    due = _day(field_of(form, "han_y_kien")) or asked + timedelta(days=site.door.settings.opinion_days)
    answered = (_day(field_of(form, "tra_loi_ngay")) or site.door.today()) if stance else None
    with site.door.writing() as store:
        row = store.file_of(path)
        if row is None:
            raise ValueError("Văn bản này không còn trong kho.")
        made = Opinion(row.document_key or path, unit, asked, due, answered, cast(Stance, stance) if stance else None,
                       text or None)  # fmt: skip
        store.keep([records.record(made, by, at)])
    return RedirectResponse(link("/van-ban/mot", tep=path, bao="y_kien"), 303)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” không phải ngày dạng 2026-01-31.") from None


ACTIONS = {"/da-xu-ly": handled, "/phan-cong": assigned, "/tu-kiem-tra": self_checked, "/y-kien": opinion}
