"""A finding keeps its identity over runs: one test for each step of the matching."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Document, Evidence, Finding, Masthead, Place
from rules.identity import document_key, match

PATH = "corpus/dia-phuong/quyet-dinh.docx"
KEYS = {PATH: "ubnd xa an hoa|7/2022/QD-UBND|2022-03-15"}
QUOTE = "Hằng tháng gửi báo cáo về Phòng Tư pháp huyện để tổng hợp"


def finding(quote: str = QUOTE, provision: str = "art_3__cl_1", **changes: object) -> Finding:
    place = Place(provision, 100, 100 + len(quote), 1, quote)
    made = Finding("TN01", "cao", PATH, (place,), "Thông báo.", "Điều 39", "xem_xet", "chac_chan", "150/2025/NĐ-CP")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_new_findings_get_stable_ids() -> None:
    once, again = match([], [finding()], KEYS), match([], [finding()], KEYS)
    assert once.findings[0].state == "new"
    assert once.findings[0].id == again.findings[0].id != ""


def test_two_alike_findings_get_two_ids() -> None:
    found = match([], [finding(), finding(provision="art_4")], KEYS).findings
    assert len({one.id for one in found}) == 2


def test_same_path_and_quotation_is_unchanged() -> None:
    old = match([], [finding()], KEYS).findings
    now = match(old, [finding()], KEYS)
    assert (now.findings[0].id, now.findings[0].state, now.gone) == (old[0].id, "unchanged", ())


def test_offsets_and_words_of_the_message_change_nothing() -> None:
    old = match([], [finding()], KEYS).findings
    moved = finding(places=(Place("art_3__cl_1", 900, 900 + len(QUOTE), 2, QUOTE),), message="Lời khác.")
    assert match(old, [moved], KEYS).findings[0].state == "unchanged"


def test_same_place_with_other_evidence_is_updated() -> None:
    old = match([], [finding()], KEYS).findings
    now = match(old, [finding(evidence=(Evidence("72/2025/QH15"),))], KEYS).findings[0]
    assert (now.id, now.state) == (old[0].id, "updated")


def test_same_quotation_elsewhere_is_updated() -> None:
    old = match([], [finding()], KEYS).findings
    now = match(old, [finding(provision="art_5")], KEYS).findings[0]
    assert (now.id, now.state) == (old[0].id, "updated")


def test_same_path_with_other_words_is_updated() -> None:
    old = match([], [finding()], KEYS).findings
    now = match(old, [finding("Phòng Tư pháp thẩm định hồ sơ")], KEYS).findings[0]
    assert (now.id, now.state) == (old[0].id, "updated")


def test_quotation_nine_tenths_alike_elsewhere_is_updated() -> None:
    old = match([], [finding(), finding("Chuyển hồ sơ cho Phòng Nội vụ", "art_9")], KEYS).findings
    changed = finding(QUOTE.replace("tổng hợp", "tổng kết"), "art_5")
    current = [changed, finding("Chuyển hồ sơ cho Phòng Nội vụ", "art_9")]
    now = match(old, current, KEYS).findings
    assert (now[0].id, now[0].state) == (old[0].id, "updated")
    assert now[1].state == "unchanged"


def test_quotation_less_alike_elsewhere_is_new_and_the_old_one_gone() -> None:
    old = match([], [finding()], KEYS).findings
    now = match(old, [finding("Xin ý kiến Phòng Tư pháp trước khi ký", "art_8")], KEYS)
    assert now.findings[0].state == "new"
    assert now.findings[0].id != old[0].id
    assert [one.id for one in now.gone] == [old[0].id]


def test_ambiguous_pairs_are_left_to_a_later_step() -> None:
    """Two old findings with one quotation: the quotation alone cannot say which one moved; the path can."""
    old = match([], [finding(provision="art_3"), finding(provision="art_4")], KEYS).findings
    now = match(old, [finding(provision="art_4")], KEYS)
    assert now.findings[0].id == old[1].id
    assert [one.id for one in now.gone] == [old[0].id]


def test_a_finding_that_comes_back_is_reopened_under_its_old_id() -> None:
    first = match([], [finding()], KEYS).findings
    second = match(first, [], KEYS)
    assert second.gone == first
    third = match([], [finding()], KEYS, resting=second.gone).findings[0]
    assert (third.id, third.state) == (first[0].id, "reopened")


def test_a_new_finding_never_takes_the_id_of_one_that_rests() -> None:
    first = match([], [finding()], KEYS).findings
    other = match([], [finding("Xin ý kiến Phòng Tư pháp trước khi ký", "art_8")], KEYS, resting=first).findings[0]
    assert other.id != first[0].id


def test_another_rule_document_or_target_is_another_finding() -> None:
    old = match([], [finding()], KEYS).findings
    for change in ({"rule": "TN02"}, {"target_symbol": "72/2025/QH15"}, {"path": "corpus/dia-phuong/khac.docx"}):
        assert match(old, [finding(**change)], KEYS).findings[0].state == "new"


def test_a_renamed_file_keeps_its_findings_by_the_documents_key() -> None:
    old = match([], [finding()], KEYS).findings
    moved = "corpus/dia-phuong/2022/quyet-dinh.docx"
    now = match(old, [finding(path=moved)], {**KEYS, moved: KEYS[PATH]}).findings[0]
    assert (now.id, now.state) == (old[0].id, "updated")


def test_key_of_a_document_needs_issuer_symbol_and_date() -> None:
    from datetime import date

    head = Masthead(symbol="07/2022/QĐ-UBND", issuer="Ủy ban nhân dân xã An Hoà", date=date(2022, 3, 15))
    whole = Document(PATH, "ok", masthead=head)
    assert document_key(whole, "chain") == document_key(
        replace(whole, masthead=replace(head, issuer="Uỷ ban nhân dân xã An Hòa", symbol="7/2022/QĐ-UBND")), "chain"
    )  # fmt: skip
    assert document_key(replace(whole, masthead=replace(head, date=None)), "chain") == "chain"
