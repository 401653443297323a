"""Decisions from forms: one, many after a preview, and taking back. Each is kept with who, when, on what evidence."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import cast

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus.model import Decision, Finding, Verdict
from corpus.office import decisions
from corpus.office.decisions import WrongDecision
from corpus.store import Store
from outputs import words
from outputs.workbench.asked import Asked, asked_in
from outputs.workbench.index import Index
from outputs.workbench.queue import lines_of, open_only
from outputs.workbench.signin import current
from outputs.workbench.site import Site, follow, link
from rules.identity import evidence_hash

MOST_AT_ONCE = 5000
LONGEST_TEXT = 4000
PREVIEWED = 100


def decide_one(site: Site, request: Request, form: FormData) -> Response:
    """Keep one decision and move on to the next finding of the view. Raises `WrongDecision`, `StoreBusy`."""
    view = asked_in(field_of(form, "ve"))
    identity = field_of(form, "phat_hien")
    with site.door.writing() as store:
        index = site.index(store)
        finding = _finding(store, identity)
        mask = index.matching(view.filters)
        place, _, before, following = index.around(mask, identity)
        kept = _like(site, form)
        _keep(site, store, index, [finding], kept)
        if place and not open_only(view.filters):
            following = following or identity
    next_one = following or before
    if field_of(form, "tu") == "danh_sach":
        page = view.given.get("trang", "")
        return _to(link("/phat-hien", view.given, bao=f"{kept.verdict}:{identity}", chon=next_one or "", trang=page))
    where = f"/phat-hien/{next_one}" if next_one else "/phat-hien"
    return _to(link(where, view.given, bao=f"{kept.verdict}:{identity}"))


def preview(site: Site, request: Request, form: FormData) -> Response:
    """What a bulk decision would do, to be looked at before it is kept."""
    view = asked_in(field_of(form, "ve"))
    with site.door.reading() as store:
        index = site.index(store)
        ids = _chosen(index, view, form)
        lines = lines_of(store, index, ids[:PREVIEWED], view.given)
        decided = sum(1 for one in ids if _standing(index, one) not in ("chua", "hoi_lai"))
    return site.page(
        "bulk.html.j2", view=view, ids=ids, lines=lines, decided=decided, here="phat-hien",
        everything=bool(form.get("tat_ca")), reasons=tuple(decisions.reasons().values()),
        verdict=field_of(form, "quyet_dinh"), until=later(site.door.today()), wrong="",
    )  # fmt: skip


def decide_many(site: Site, request: Request, form: FormData) -> Response:
    """Keep a bulk decision: all of it or nothing."""
    view = asked_in(field_of(form, "ve"))
    with site.door.writing() as store:
        index = site.index(store)
        ids = _chosen(index, view, form)
        expected = field_of(form, "so_luong")
        if expected != str(len(ids)):
            raise WrongDecision("Danh sách đã thay đổi từ lúc xem trước; hãy xem trước lại.")
        stored = store.findings_of(ids)
        kept = _like(site, form)
        _keep(site, store, index, [stored[one].finding for one in ids], kept)
    return _to(link("/phat-hien", view.given, bao=f"{kept.verdict}:{len(ids)}", trang=""))


def take_back(site: Site, request: Request, form: FormData) -> Response:
    """Take back what this officer decided last, one or many."""
    view = asked_in(field_of(form, "ve"))
    with site.door.writing() as store:
        index = site.index(store)
        ids = site.undo.pop() if site.undo else tuple(d.finding for d in store.last_batch(site.officer))
        standing = [decision for one in ids if (decision := store.decision_of(one)) is not None]
        # What a colleague has decided since stays: it is not this officer's to take back.
        taken = [decision for decision in standing if current() is None or decision.by == site.officer]
        if taken:
            store.save_decisions(decisions.taking_back(taken, site.officer, moment(), secrets.token_hex(8)))
            follow(index, store, set(ids))
    said = f"hoan_tac:{len(taken)}"
    if field_of(form, "tu") == "danh_sach" or len(ids) != 1:
        return _to(link("/phat-hien", view.given, bao=said, chon=ids[0] if ids else ""))
    return _to(link(f"/phat-hien/{ids[0]}", view.given, bao=said))


def _keep(site: Site, store: Store, index: Index, found: Sequence[Finding], like: Decision) -> None:
    hashes = {one.id: evidence_hash(one) for one in found}
    made = decisions.for_all(found, like, hashes, secrets.token_hex(8))
    store.save_decisions(made)
    site.undo.append(tuple(one.finding for one in made))
    del site.undo[:-200]
    follow(index, store, set(hashes))


def _like(site: Site, form: FormData) -> Decision:
    """The decision of a form, for no finding yet. Raises `WrongDecision`."""
    verdict = cast(Verdict, field_of(form, "quyet_dinh"))
    made = Decision(
        "", verdict, field_of(form, "kien_nghi") or None if verdict == "sua" else None,
        field_of(form, "ly_do") or None if verdict == "khong_dong_y" else None, field_of(form, "ghi_chu") or None,
        site.officer, moment(), field_of(form, "noi_dung") or None if verdict == "sua" else None,
        field_of(form, "linh_vuc") or None, field_of(form, "don_vi") or None, _day(form, "han"),
        _day(form, "den_ngay") if verdict == "hoan" else None,
    )  # fmt: skip
    if made.verdict == "rut_lai":
        raise WrongDecision("Muốn rút lại quyết định thì dùng nút Hoàn tác.")
    decisions.checked(made)
    return made


def _chosen(index: Index, view: Asked, form: FormData) -> list[str]:
    """The findings of a bulk form: those that are ticked, or all of the view."""
    if form.get("tat_ca"):
        mask = index.matching(view.filters)
        ids = index.page(mask, 0, MOST_AT_ONCE + 1)
    else:
        ids = [str(one) for one in form.getlist("phat_hien") if index.position(str(one)) is not None]
    if not ids:
        raise WrongDecision("Chưa chọn phát hiện nào.")
    if len(ids) > MOST_AT_ONCE:
        raise WrongDecision(f"Mỗi lần quyết định hàng loạt tối đa {MOST_AT_ONCE} phát hiện; hãy lọc hẹp hơn.")
    return ids


def _finding(store: Store, identity: str) -> Finding:
    stored = store.findings_of([identity]).get(identity)
    if stored is None:
        raise WrongDecision("Không còn phát hiện này trong kho.")
    return stored.finding


def _standing(index: Index, identity: str) -> str:
    i = index.position(identity)
    return index.value("xu_ly", i) if i is not None else "chua"


def field_of(form: FormData, name: str) -> str:
    """The text of a field: printable, cut at `LONGEST_TEXT` signs; "" where it is missing or a file."""
    value = form.get(name)
    return words.printable(value.replace("\r\n", "\n")).strip()[:LONGEST_TEXT] if isinstance(value, str) else ""


def _day(form: FormData, name: str) -> date | None:
    text = field_of(form, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongDecision(f"“{text}” không phải ngày dạng 2026-01-31.") from None


def later(today: date) -> date:
    """Three months on: what a postponement proposes."""
    month = today.month + 3
    year, month = today.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(today.day, 28))


def _to(where: str) -> RedirectResponse:
    return RedirectResponse(where, 303)


def moment() -> str:
    """Now, as rows keep it (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="seconds")
