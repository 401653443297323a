"""The report: what is shown, what is folded, and that nothing from a document is ever more than text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from types import ModuleType

import pytest

from corpus.model import Document, Evidence, Finding, Masthead, Place, Run, UnreadFile
from outputs.report import render
from outputs.report_view import FIRST_LINES, context, view

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\'{{ 7*7 }}&amp;</title></style>'


class Page(HTMLParser):
    """Tags with their attributes, open ones, ids and links."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "link", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text.append(data)

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]

    def said(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def page(run: Run) -> Page:
    return Page(render(run))


def test_well_formed_with_unique_ids_and_links_that_lead_somewhere(page: Page) -> None:
    assert page.unbalanced == []
    assert page.open == []
    ids = page.ids()
    assert len(ids) == len(set(ids))
    links = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a"]
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    names = ("aria-labelledby", "aria-describedby")
    described = [attrs[name] or "" for _, attrs in page.tags for name in names if name in attrs]
    assert described
    assert all(name in ids for name in described)


def test_a_run_has_one_page(run: Run) -> None:
    assert render(run) == render(run)


def test_the_order_of_findings_does_not_matter(run: Run) -> None:
    assert render(replace(run, findings=tuple(reversed(run.findings)))) == render(run)


def test_what_the_officer_reads(page: Page) -> None:
    said = page.said()
    for words in (
        "Ủy ban nhân dân xã Đồng Lúa", "ngày 24 tháng 11 năm 2026", "Lượt rà soát số 4",
        "Văn bản trung ương mới nhất : ngày 20 tháng 5 năm 2026", "Có căn cứ rõ", "Cần xác minh", "Gợi ý",
        "Đưa vào danh mục công bố hằng năm", "Căn cứ pháp lý", "khoản 3 Điều 39 Nghị định số 79/2025/NĐ-CP",
        "Văn bản của đơn vị hành chính trước sắp xếp (1)", "Điểm 2.1 khoản 2 Mục II", "Khoản 1 Điều 2 , trang 3",
        "Khoản 2 Điều 24 Nghị định số 60/2024/NĐ-CP : thay thế , từ ngày 01/8/2024", "Còn 1 chỗ khác cùng nguyên nhân",
        "corpus/dia-phuong/scan-2009.pdf", "3 mới", "1 có thay đổi", "1 phát sinh lại", "1 không còn",
    ):  # fmt: skip
        assert words.replace(" :", ":").replace(" ,", ",") in said.replace(" :", ":").replace(" ,", ","), words
    assert "trái pháp luật" not in said


def test_quiet_by_default(run: Run) -> None:
    shown = view(run)
    assert len(shown.first) <= FIRST_LINES
    weights = [["cao", "trung_binh", "thap"].index(f.severity) for f in shown.first]
    assert weights == sorted(weights)
    # HL05 is a worklist, VD05 a count, what is folded or mere information no alarm.
    assert shown.alarms == 16
    assert shown.unknowns == 3
    assert len(shown.worklist) == 1
    listed = [f for document in shown.documents for f in document.alarms]
    assert len(listed) == shown.alarms
    assert not {"HL05", "VD05", "HL08"} & {f.rule for f in listed}
    assert sum(chart.total for chart in shown.charts[0].rows) == shown.alarms


def test_one_bad_document_does_not_fill_the_first_lines(run: Run, demo: ModuleType) -> None:
    many = tuple(replace(run.findings[0], id=f"x{n}") for n in range(30))
    first = view(replace(run, findings=many + run.findings)).first
    assert sum(1 for f in first if "03/2023/QĐ-UBND" in f.document) < len(first) == FIRST_LINES


def test_a_first_run_lists_nothing_as_news(run: Run) -> None:
    first = replace(run, gone=(), findings=tuple(replace(f, state="new") for f in run.findings))
    said = Page(render(first)).said()
    assert "lượt đầu tiên" in said
    assert "Phát sinh lại (" not in said


def test_what_went_with_its_file_says_so(run: Run) -> None:
    away = replace(run.gone[0], path="corpus/dia-phuong/da-xoa.docx")
    unread = replace(run.gone[0], path=run.unread[0].path)
    said = Page(render(replace(run, gone=(away, unread)))).said()
    assert "Không còn (2)" in said
    assert said.count("(Tệp không còn trong kho.)") == said.count("(Tệp lần này không đọc được.)") == 1


def test_a_finished_plan_is_one_line_with_the_rest_below(run: Run) -> None:
    (plan,) = (d for d in view(run).documents if d.over)
    assert [f.rule for f in plan.over] == ["HL01"]
    assert plan.alarms == ()
    assert sorted(f.rule for f in plan.quiet) == ["TN01", "VD04", "VD05"]
    alone = replace(run, findings=tuple(f for f in run.findings if f.path == plan.path))
    assert [f.rule for f in view(alone).first] == ["HL01"]
    assert "Gộp dưới dòng này: 2 phát hiện" in view(alone).first[0].brief


@pytest.mark.parametrize("nothing", [{}, {"newest_central": None, "unit": None}])
def test_an_empty_run_still_is_a_report(run: Run, nothing: dict[str, None]) -> None:
    empty = replace(run, findings=(), gone=(), documents={}, unread=(), **nothing)  # type: ignore[arg-type]
    page = Page(render(empty))
    assert page.unbalanced == []
    assert "Không có phát hiện nào" in page.said()


def hostile_run() -> Run:
    head = Masthead(symbol=HOSTILE, kind="quyet_dinh", issuer=HOSTILE, title=HOSTILE, level="xa", date=date(2020, 1, 2))
    text = f"{HOSTILE}\nĐiều 1. {HOSTILE}\x00\u202e\ud800"
    document = Document(f"corpus/dia-phuong/{HOSTILE}.txt", "ok", masthead=head, text=text)
    place = Place(HOSTILE, 0, len(HOSTILE), 1, HOSTILE)
    item = Evidence(HOSTILE, HOSTILE, HOSTILE, "repeal", date(2021, 1, 1), HOSTILE)
    finding = Finding("VD01", "cao", document.path, (place, place), HOSTILE, HOSTILE, HOSTILE, "chac_chan", HOSTILE,
                      HOSTILE, (item,), id=HOSTILE)  # fmt: skip
    unread = UnreadFile(HOSTILE, "damaged", HOSTILE)
    return Run(1, date(2026, 11, 24), HOSTILE, (finding, replace(finding, rule="HL05")), (finding,),
               {document.path: document}, (unread,), HOSTILE, None)  # fmt: skip


def test_strings_of_documents_are_only_text() -> None:
    html = render(hostile_run())
    page = Page(html)
    tags = {tag for tag, _ in page.tags}
    assert "img" not in tags
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]
    assert page.unbalanced == []
    assert "<script>alert" in page.said()
    assert "{{ 7*7 }}" in page.said()
    assert not re.search("[\x00\u202e\ud800]", html)
    html.encode("utf-8")


def test_no_address_outside(run: Run) -> None:
    html = render(run)
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<link|<iframe|<object", html)
    assert not re.search(r"fetch\(|XMLHttp|WebSocket|sendBeacon|import\(", html)
    policy = next(a["content"] or "" for t, a in Page(html).tags if t == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_the_policy_names_the_very_script_and_style() -> None:
    import base64
    import hashlib

    html = render(hostile_run())
    for tag in ("script", "style"):
        own = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert own
        assert base64.b64encode(hashlib.sha256(own[1].encode()).digest()).decode() in html


def test_context_is_cut_at_words_and_keeps_the_quotation(demo: ModuleType) -> None:
    words = " ".join(f"từ{n}" for n in range(300))
    document = Document("a", "ok", text=words)
    start = words.index("từ150")
    before, quote, after = context(document, Place(None, start, start + 5, 1, "từ150"))
    assert quote == "từ150"
    assert before.startswith("…từ")
    assert after.endswith("…")
    assert len(before) <= 201
    assert before[1:].split()[0] in words.split()
    assert after[:-1].split()[-1] in words.split()
    # A quotation that is not where it is said to be gets no context at all.
    assert context(document, Place(None, 0, 5, 1, "khác")) == ("", "khác", "")


def test_controls_have_labels_and_tables_headers(run: Run) -> None:
    html = render(run)
    form = html[html.index("<form") : html.index("</form>")]
    assert len(re.findall(r"<label>[^<]+<(?:input|select) ", form)) == len(re.findall(r"<(?:input|select) ", form)) == 6
    assert " hidden " in form[:80], "filters do nothing without script, so they are not shown without it"
    assert len(re.findall("<table", html)) == len(re.findall("<thead>", html))
    assert not re.search(r"<th>", html)
    assert '<html lang="vi">' in html
    assert "<main>" in html
    assert "<nav " in html
