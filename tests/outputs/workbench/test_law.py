"""The law's side of a finding: which act is shown, on which day, with which words marked."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus.model import Consolidation, Document, Evidence, Finding, Masthead, Place, State
from outputs.workbench.door import LawText
from outputs.workbench.law import Act, acts_of, law_side

OLD, NEW = "Thời hạn giải quyết là 15 ngày.", "Thời hạn giải quyết là 10 ngày làm việc."
ACT = Act("0", "khoản 1 Điều 5 Nghị định số 1/2020/NĐ-CP", "1/2020/NĐ-CP", "art_5__cl_1", True, "")
OURS = Document("corpus/dia-phuong/a.txt", "ok", masthead=Masthead(date=date(2021, 3, 1)), text="x")


class Law:
    """A law that changed on 1 January 2025."""

    def __init__(self, old: str | None = OLD, new: str | None = NEW, issued: date = date(2020, 1, 1)) -> None:
        self.old, self.new, self.issued = old, new, issued

    def law(self, symbol: str, provision: str | None, on: date) -> LawText:
        text = self.new if on >= date(2025, 1, 1) else self.old
        made = Consolidation(symbol, provision, on, text, ()) if text else None
        name = "da_sua_doi" if text == self.new else "con_hieu_luc"
        return LawText(made, State(symbol, provision, on, name, issued=self.issued))  # type: ignore[arg-type]


def finding(rule: str = "VD02", quote: str = "x", evidence: tuple[Evidence, ...] = ()) -> Finding:
    return Finding(rule, "cao", OURS.path, (Place(None, 0, 1, 1, quote),), "…", "–", "xem_xet", "chac_chan",
                   target_symbol="1/2020/NĐ-CP", target_provision="art_5__cl_1", evidence=evidence)  # fmt: skip


def marks(law: Law, found: Finding, on: date) -> tuple[str, str, Any]:
    side = law_side(law, ACT, found, OURS, on)  # type: ignore[arg-type]
    gone = "|".join(change.old for change in side.changes if change.type != "equal")
    come = "|".join(change.new for change in side.changes if change.type != "equal")
    return gone.strip(), come.strip(), side


def test_what_changed_since_our_document_is_marked() -> None:
    gone, come, side = marks(Law(), finding(), date(2026, 1, 1))
    assert "15" in gone
    assert "10" in come
    assert "làm việc" in come
    assert "Thời hạn" not in gone + come
    assert "01/3/2021" in side.against
    assert side.state == "đã được sửa đổi, bổ sung"


def test_a_text_that_did_not_change_says_so() -> None:
    gone, come, side = marks(Law(new=OLD), finding(), date(2026, 1, 1))
    assert (gone, come) == ("", "")
    assert side.against.startswith("Không khác")


def test_on_the_day_of_our_document_nothing_is_compared() -> None:
    _, _, side = marks(Law(), finding(), date(2021, 3, 1))
    assert "".join(change.new for change in side.changes) == OLD
    assert side.against == ""


def test_an_act_younger_than_our_document_is_not_compared_with_itself() -> None:
    _, _, side = marks(Law(issued=date(2024, 6, 1)), finding(), date(2026, 1, 1))
    assert side.against == ""
    _, _, early = marks(Law(issued=date(2024, 6, 1)), finding(), date(2022, 1, 1))
    assert early.changes == ()
    assert "chưa ban hành" in early.missing


def test_a_contradiction_is_set_against_our_own_clause() -> None:
    gone, come, _ = marks(Law(), finding("MT01", "Thời hạn giải quyết là 20 ngày làm việc."), date(2026, 1, 1))
    assert (gone, come) == ("20", "10")


def test_without_a_text_the_quotation_of_the_evidence_is_shown() -> None:
    told = Evidence("1/2020/NĐ-CP", "art_5__cl_1", "Bãi bỏ khoản 1 Điều 5.")
    _, _, side = marks(Law(None, None), finding(evidence=(told,)), date(2026, 1, 1))
    assert side.changes[0].new == "Bãi bỏ khoản 1 Điều 5."
    assert side.missing
    _, _, empty = marks(Law(None, None), finding(), date(2026, 1, 1))
    assert empty.changes == ()
    assert empty.missing


def test_where_a_point_is_gone_its_clause_is_shown_and_told() -> None:
    class Above(Law):
        def law(self, symbol: str, provision: str | None, on: date) -> LawText:
            return super().law(symbol, "art_5", on)

    _, _, side = marks(Above(new=OLD), finding(), date(2026, 1, 1))
    assert side.missing == "Ngày này văn bản không có khoản 1 Điều 5; dưới đây là Điều 5."


def test_the_first_act_with_a_text_is_shown_unless_the_address_says_otherwise() -> None:
    found = finding(evidence=(Evidence("2/2025/NĐ-CP", "art_9"), Evidence("2/2025/NĐ-CP", "art_9")))
    acts = acts_of(found, {}, "f", lambda symbol, _: symbol.startswith("2/"))
    assert [(act.symbol, act.chosen) for act in acts] == [("1/2020/NĐ-CP", False), ("2/2025/NĐ-CP", True)]
    acts = acts_of(found, {"vb": "0", "muc_do": "cao"}, "f", lambda *_: True)
    assert acts[0].chosen
    assert acts[1].href == "/phat-hien/f?muc_do=cao&vb=1"
    assert acts_of(found, {"vb": "77"}, "f", lambda *_: False)[0].chosen
