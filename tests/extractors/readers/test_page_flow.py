"""From pages to one flow: what stands at the edges of pages and what only looks like it."""

from __future__ import annotations

from corpus.model import Line
from extractors.readers import page_flow

BODY = "Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên"


def line(text: str, page: int, top: float, size: float = 14.0) -> Line:
    return Line(text, page, (85.0, top, 85.0 + len(text) * size * 0.45, top + size), "Times", size)


def page(number: int, *foot: Line) -> list[Line]:
    words = [f"{BODY} {chr(96 + number) * 3} {chr(96 + row) * 3}" for row in range(1, 5)]
    return [line(text, number, 60.0 + 20 * row) for row, text in enumerate(words)] + list(foot)


def test_a_note_goes_on_at_the_foot_of_the_next_page():
    flow = page_flow.with_notes_last([
        *page(1, line("3 Điều này được sửa đổi theo quy định tại Nghị định ngày 03 tháng 01", 1, 760, 10)),
        *page(2, line("năm 2020 của Chính phủ.", 2, 745, 10), line("4 Khoản này bị bãi bỏ.", 2, 757, 10)),
    ])  # fmt: skip
    assert [(one.text, one.starts_paragraph) for one in flow if one.region == "footnote"] == [
        ("[3] Điều này được sửa đổi theo quy định tại Nghị định ngày 03 tháng 01", True),
        ("năm 2020 của Chính phủ.", False),
        ("[4] Khoản này bị bãi bỏ.", True),
    ]


def test_small_lines_above_the_first_note_of_a_text_stay():
    flow = page_flow.with_notes_last([
        *page(1, line("Nguồn: báo cáo của xã.", 1, 745, 10), line("1 Chú thích.", 1, 757, 10)), *page(2),
    ])  # fmt: skip
    assert [one.text for one in flow if one.region == "footnote"] == ["[1] Chú thích."]
    assert [one.text for one in flow][4] == "Nguồn: báo cáo của xã."


def test_a_year_that_ends_the_sentence_of_each_page_is_no_running_head():
    pages = [page(number, line("2020.", number, 760)) for number in (1, 2, 3, 4)]
    assert not [one for one in page_flow.without_running_heads(pages) if one.region == "header"]


def test_running_heads_and_page_numbers_are():
    pages = [[line("CÔNG BÁO/Số 12", n, 20), *page(n), line(str(n), n, 800)] for n in (1, 2, 3, 4)]
    heads = [one.text for one in page_flow.without_running_heads(pages) if one.region == "header"]
    assert heads == [word for n in (1, 2, 3, 4) for word in ("CÔNG BÁO/Số 12", str(n))]
