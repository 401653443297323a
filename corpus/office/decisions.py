"""Decisions: what makes one whole, many at once, taking back, and how far the work is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from corpus.model import Decision, Finding, Handling, Progress, Verdict

VERDICTS: Mapping[Verdict, str] = {
    "dong_y": "Đồng ý", "khong_dong_y": "Không đồng ý", "sua": "Đồng ý, sửa kiến nghị", "hoan": "Hoãn",
    "chua_xac_dinh": "Chưa xác định", "rut_lai": "Rút lại quyết định trước",
}  # fmt: skip
"""Verdicts as the officer reads them."""

ACCEPTED: tuple[Verdict, ...] = ("dong_y", "sua")
PROPOSALS = frozenset((
    "bai_bo_toan_bo", "bai_bo_mot_phan", "thay_the", "sua_doi_bo_sung", "ban_hanh_moi", "ban_hanh_moi_va_bai_bo",
    "tam_ngung", "cong_bo_het_hieu_luc", "cong_bo_tiep_tuc", "dua_vao_danh_muc", "dinh_chinh", "tu_kiem_tra",
    "kien_nghi_kiem_tra", "giu_nguyen", "xem_xet", "chua_xac_dinh",
))  # fmt: skip
"""Codes of the closed list of proposals (docs/contract.md)."""


class WrongDecision(ValueError):
    """A decision that lacks something; the message (Vietnamese) says what to add."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for not following a finding. `needs_note`: it says too little without one."""

    code: str
    name: str
    needs_note: bool


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, Reason]:
    """The closed list of reasons (`ly-do.toml`), by code, in its order."""
    with (Path(__file__).parent / "ly-do.toml").open("rb") as source:
        table = tomllib.load(source)
    return {code: Reason(code, row["ten"], bool(row["yeu_cau_ghi_chu"])) for code, row in table.items()}


def checked(decision: Decision) -> Decision:
    """The decision, where it is whole; raises `WrongDecision` else.

    A disagreement has a reason of the closed list (and a note, where the reason asks for one); an edit has a proposal
    or a text; one postponed has a day after the decision's own.
    """
    if decision.verdict not in VERDICTS:
        raise WrongDecision(f"Không có quyết định “{decision.verdict}”; chọn một trong: {', '.join(VERDICTS)}.")
    if decision.proposal is not None and decision.proposal not in PROPOSALS:
        known = ", ".join(sorted(PROPOSALS))
        raise WrongDecision(f"Không có kiến nghị “{decision.proposal}”; chọn một trong: {known}.")
    if decision.verdict == "khong_dong_y":
        reason = reasons().get(decision.reason or "")
        if reason is None:
            raise WrongDecision(f"Không đồng ý thì phải nêu lý do, chọn một trong: {', '.join(reasons())}.")
        if reason.needs_note and not (decision.note or "").strip():
            raise WrongDecision(f"Lý do “{reason.name}” cần ghi chú kèm theo.")
    elif decision.reason is not None:
        raise WrongDecision("Lý do chỉ dùng khi không đồng ý; muốn viết thêm thì dùng ghi chú.")
    if decision.verdict == "sua" and not (decision.proposal or (decision.text or "").strip()):
        raise WrongDecision("Sửa kiến nghị thì phải nêu kiến nghị mới hoặc nội dung mới.")
    if decision.verdict == "hoan" and (decision.until is None or decision.until.isoformat() <= decision.at[:10]):
        raise WrongDecision("Hoãn thì phải nêu ngày xem lại, sau ngày quyết định.")
    return decision


def for_all(
    findings: Sequence[Finding], like: Decision, hashes: Mapping[str, str], batch: str | None
) -> tuple[Decision, ...]:
    """One decision for each finding, in the way of `like`: what a bulk decision will keep, and its preview.

    `hashes`: what each finding rests on now, by id (`rules.identity.evidence_hash`). Raises `WrongDecision`.
    """
    checked(like)
    return tuple(replace(like, finding=one.id, evidence_hash=hashes.get(one.id), batch=batch) for one in findings)


def taking_back(taken: Iterable[Decision], by: str, at: str, batch: str | None = None) -> tuple[Decision, ...]:
    """What takes decisions back (`Store.last_batch`): one `rut_lai` each, joined by `batch`."""
    return tuple(
        Decision(one.finding, "rut_lai", None, None, None, by, at, batch=batch, evidence_hash=one.evidence_hash)
        for one in taken
    )


def asked_again(
    findings: Iterable[Finding], decisions: Mapping[str, Decision], hashes: Mapping[str, str], today: date
) -> frozenset[str]:
    """Ids of findings that changed since they were decided, and of those postponed until a day that has come."""
    again = set()
    for finding in findings:
        decision = decisions.get(finding.id)
        if decision is None:
            continue
        changed = decision.evidence_hash is not None and decision.evidence_hash != hashes.get(finding.id)
        if changed or (decision.until is not None and decision.until <= today):
            again.add(finding.id)
    return frozenset(again)


def needs_handling(finding: Finding, decision: Decision | None) -> bool:
    """Whether a finding counts in the work: no mere notice, not folded below another, no hint that nobody took up."""
    if decision is not None and decision.verdict in ACCEPTED:
        return True
    return not finding.folded and finding.severity != "thong_tin" and finding.certainty != "goi_y"


def progress(
    findings: Iterable[Finding], decisions: Mapping[str, Decision], again: frozenset[str],
    handled: Mapping[str, Handling],
) -> Progress:  # fmt: skip
    """How far the work on findings is; each is counted once. Findings that are gone count where they were handled."""
    counts = {"handled": 0, "proposed": 0, "rejected": 0, "postponed": 0, "open": 0}
    for finding in findings:
        decision = decisions.get(finding.id)
        if finding.id in handled:
            counts["handled"] += 1
        elif needs_handling(finding, decision):
            counts[_place_of(decision, finding.id in again)] += 1
    return Progress(**counts)


def _place_of(decision: Decision | None, again: bool) -> str:
    if decision is None or again:
        return "open"
    if decision.verdict in ACCEPTED:
        return "proposed"
    return {"khong_dong_y": "rejected", "hoan": "postponed"}.get(decision.verdict, "open")
