"""A random outline, printed as TXT, DOCX, HTML and PDF and read back: the same units, numbers and words.

What the paper shows is the same in all of them; only the file differs. So one list of paragraphs is made, with the
units that a lawyer would see in it, and each format must give back just these.
"""

from __future__ import annotations

import html
import textwrap
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from corpus.model import Document
from corpus.register import NothingKnown
from extractors import extract

LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Par:
    """One paragraph: its number as printed ("" for none), the words, whether it is a line of capitals in the middle.

    `list_level` is the level of Word's automatic list that would print the number, None where none does.
    """

    label: str
    words: str
    centered: bool = False
    list_level: str | None = None

    @property
    def printed(self) -> str:
        return f"{self.label} {self.words}".strip()


@dataclass(repr=False)
class Paper:
    """A document in the making: paragraphs in order, and the units expected: (id, number, first words)."""

    pars: list[Par] = field(default_factory=list)
    units: list[tuple[str, str | None, str]] = field(default_factory=list)

    def __repr__(self) -> str:
        return "\n".join(par.printed for par in self.pars)

    def line(self, words: str, centered: bool = False) -> None:
        self.pars.append(Par("", words, centered))

    def unit(self, id: str, num: str | None, label: str, words: str, list_level: str | None = None) -> None:
        self.pars.append(Par(label, words, list_level=list_level))
        self.units.append((id, num, f"{label} {words}".strip()))


# --- what is written -----------------------------------------------------------------------------------

SENTENCE = st.sampled_from([
    "Ủy ban nhân dân xã chịu trách nhiệm thi hành Quyết định này.",
    "Hộ nghèo được hỗ trợ 1.500.000 đồng mỗi năm theo khoản 2 Điều 3 Nghị định số 20/2021/NĐ-CP.",
    "Thời hạn giải quyết là 15 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ; trường hợp phức tạp thì kéo dài thêm "
    "không quá 10 ngày làm việc và phải thông báo bằng văn bản cho người nộp hồ sơ biết rõ lý do.",
    "Trưởng thôn mở cửa nhà văn hóa vào các ngày thứ Bảy và Chủ nhật hằng tuần.",
    "Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên hằng năm của ngân sách cấp xã, nguồn xã hội hóa và "
    "các nguồn kinh phí hợp pháp khác theo quy định của pháp luật về ngân sách nhà nước.",
    "Công chức Văn hóa - Xã hội phối hợp với các đoàn thể tổ chức tuyên truyền đến từng hộ dân.",
    "Việc quản lý, sử dụng đất công ích thực hiện theo quy định tại Điều 126 của Luật Đất đai ngày 29 tháng 11 năm "
    "2013 và điểm a khoản 1 Điều 4 Quyết định số 05/2018/QĐ-UBND ngày 02 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh.",
])  # fmt: skip
TITLE = st.sampled_from(["Phạm vi điều chỉnh", "Đối tượng áp dụng", "Trách nhiệm của Trưởng thôn", "Mức hỗ trợ"])
GROUP = st.sampled_from(["QUY ĐỊNH CHUNG", "TỔ CHỨC THỰC HIỆN", "QUYỀN VÀ NGHĨA VỤ CỦA CÁC BÊN THAM GIA"])
HEAD = ("ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/2024/QĐ-UBND", "Mẫu Sơn, ngày 14 tháng 5 năm 2024")  # fmt: skip
TAIL = ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Mẫu")


def head(paper: Paper, kind: str, title: str) -> None:
    for line in HEAD:
        paper.line(line, centered=True)
    paper.line(kind, centered=True)
    paper.line(title, centered=True)


@st.composite
def acts(draw: st.DrawFn) -> Paper:
    """A decision with articles, and sometimes a rule issued with it that has chapters."""
    paper = Paper()
    head(paper, "QUYẾT ĐỊNH", "Ban hành Quy chế quản lý nhà văn hóa trên địa bàn xã Mẫu Sơn")
    paper.line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
    paper.line("Theo đề nghị của công chức Văn hóa - Xã hội xã.")
    paper.line("QUYẾT ĐỊNH:", centered=True)
    articles(draw, paper, "", draw(st.integers(1, 3)), grouped=False)
    for line in TAIL:
        paper.line(line)
    if draw(st.booleans()):
        paper.units.append(("att_1", None, "QUY CHẾ"))
        paper.line("QUY CHẾ", centered=True)
        paper.line("Quản lý nhà văn hóa trên địa bàn xã Mẫu Sơn", centered=True)
        paper.line(
            "(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 5 năm 2024 của UBND xã Mẫu Sơn)", True
        )
        articles(draw, paper, "att_1__", draw(st.integers(1, 5)), grouped=draw(st.booleans()))
    return paper


def articles(draw: st.DrawFn, paper: Paper, prefix: str, count: int, grouped: bool) -> None:
    """Articles with clauses and points, some inserted ("5a", "2a", "g1"), in chapters where asked for."""
    chapter = 0
    for i in range(count):
        if grouped and (i == 0 or draw(st.booleans())):
            chapter += 1
            title = draw(GROUP)
            paper.units.append(
                (f"{prefix}chp_{ROMAN[chapter - 1]}", ROMAN[chapter - 1], f"Chương {ROMAN[chapter - 1]}")
            )
            paper.line(f"Chương {ROMAN[chapter - 1]}", centered=True)
            paper.line(title, centered=True)
        inserted = ("", "a", "b")[: draw(st.sampled_from([1, 1, 1, 2, 3]))]
        for mark in inserted:
            number = f"{i + 1}{mark}"
            id = f"{prefix}art_{number}"
            paper.unit(id, number, f"Điều {number}.", draw(TITLE), None if mark else "art")
            if draw(st.booleans()):
                paper.line(draw(SENTENCE))
            clauses(draw, paper, id, automatic=not mark)


def clauses(draw: st.DrawFn, paper: Paper, above: str, automatic: bool) -> None:
    for j in range(draw(st.sampled_from([0, 0, 2, 3, 11]))):
        for mark in ("", "a")[: draw(st.sampled_from([1, 1, 1, 2]))]:
            id = f"{above}__cl_{j + 1}{mark}"
            paper.unit(
                id, f"{j + 1}{mark}", f"{j + 1}{mark}.", draw(SENTENCE), "cl" if automatic and not mark else None
            )
            for letter in LETTERS[: draw(st.sampled_from([0, 0, 0, 2, 3, 7, 23]))]:
                paper.unit(f"{id}__pt_{letter}", letter, f"{letter})", draw(SENTENCE))
                if letter == "g" and draw(st.booleans()):
                    paper.unit(f"{id}__pt_g1", "g1", "g1)", draw(SENTENCE))


@st.composite
def plans(draw: st.DrawFn) -> Paper:
    """A plan: I. / 1. / 1.1. / a) / -."""
    paper = Paper()
    head(paper, "KẾ HOẠCH", "Thực hiện công tác cải cách hành chính năm 2024")
    for i in range(draw(st.integers(1, 4))):
        top = f"out_{ROMAN[i]}"
        paper.unit(top, ROMAN[i], f"{ROMAN[i]}.", draw(GROUP), "I")
        for j in range(draw(st.integers(0, 3))):
            number = f"{top}__{j + 1}"
            paper.unit(number, str(j + 1), f"{j + 1}.", draw(st.one_of(TITLE, SENTENCE)), "1")
            shape = draw(st.sampled_from(["", "dec", "letter", "dash"]))
            for k in range(draw(st.integers(1, 3)) if shape else 0):
                if shape == "dec":
                    own = f"{j + 1}.{k + 1}"
                    paper.unit(f"{number}__{own}", own, f"{own}.", draw(SENTENCE), "1.1")
                    below(draw, paper, f"{number}__{own}")
                elif shape == "letter":
                    paper.unit(f"{number}__pt_{LETTERS[k]}", LETTERS[k], f"{LETTERS[k]})", draw(SENTENCE))
                    below(draw, paper, f"{number}__pt_{LETTERS[k]}")
                else:
                    paper.unit(f"{number}__-{k + 1}", None, "-", draw(SENTENCE))
    for line in TAIL:
        paper.line(line)
    return paper


@st.composite
def amendments(draw: st.DrawFn) -> Paper:
    """A decision that changes another one: what it quotes is none of its own units; sometimes with appendices."""
    paper = Paper()
    head(paper, "QUYẾT ĐỊNH", "Sửa đổi, bổ sung một số điều của Quyết định số 05/2018/QĐ-UBND")
    paper.line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
    paper.line("QUYẾT ĐỊNH:", centered=True)
    act = "Quyết định số 05/2018/QĐ-UBND ngày 02 tháng 3 năm 2018 của Ủy ban nhân dân xã Mẫu Sơn"
    paper.unit("art_1", "1", "Điều 1.", f"Sửa đổi, bổ sung một số điều của {act}")
    for i in range(1, draw(st.integers(2, 5))):
        at = f"art_1__cl_{i}"
        shape = draw(st.sampled_from(["clause", "article", "points", "repeal"]))
        if shape == "clause":
            paper.unit(at, str(i), f"{i}.", f"Sửa đổi khoản {i} Điều 3 như sau:")
            paper.line(f"“{i}. {draw(SENTENCE)}”.")
        elif shape == "article":
            paper.unit(at, str(i), f"{i}.", f"Bổ sung Điều {i + 4}a vào sau Điều {i + 4} như sau:")
            paper.line(f"“Điều {i + 4}a. {draw(TITLE)}")
            for j in range(1, draw(st.integers(2, 4))):
                paper.line(f"{j}. {draw(SENTENCE)}")
            paper.line(f"4. {draw(SENTENCE)}”.")
        elif shape == "points":
            paper.unit(at, str(i), f"{i}.", f"Sửa đổi, bổ sung một số điểm của khoản {i} Điều 7 như sau:")
            for letter, theirs in zip("abcd", draw(st.sampled_from(["ađ", "be", "acđ"])), strict=False):
                paper.unit(f"{at}__pt_{letter}", letter, f"{letter})", f"Sửa đổi điểm {theirs} như sau:")
                paper.line(f"“{theirs}) {draw(SENTENCE)}”;")
        else:
            paper.unit(at, str(i), f"{i}.", f"Bãi bỏ khoản {i} Điều 9.")
    paper.unit("art_2", "2", "Điều 2.", "Hiệu lực thi hành")
    paper.line("Quyết định này có hiệu lực kể từ ngày 01 tháng 6 năm 2024.")
    for line in TAIL:
        paper.line(line)
    for number in ROMAN[: draw(st.integers(0, 2))]:
        paper.units.append((f"app_{number}", number, f"PHỤ LỤC {number}"))
        paper.line(f"PHỤ LỤC {number}", centered=True)
        paper.line("Danh mục nhà văn hóa trên địa bàn xã Mẫu Sơn", centered=True)
        paper.line(
            "(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 5 năm 2024 của UBND xã Mẫu Sơn)", True
        )
        paper.line(draw(SENTENCE))
    return paper


def below(draw: st.DrawFn, paper: Paper, above: str) -> None:
    for k in range(draw(st.sampled_from([0, 0, 2]))):
        paper.unit(f"{above}__-{k + 1}", None, "-", draw(SENTENCE))


# --- how it is printed ---------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def as_txt(paper: Paper, path: Path) -> Path:
    path.write_text("\n".join(par.printed for par in paper.pars), "utf-8")
    return path


WIDTH = 78


def as_wrapped_txt(paper: Paper, path: Path) -> Path:
    """Lines broken at 78 letters, as text copied from a page has them."""
    lines = [line for par in paper.pars for line in textwrap.wrap(par.printed, WIDTH, break_on_hyphens=False)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def as_html(paper: Paper, path: Path) -> Path:
    body = "".join(f"<p{' align=center' if par.centered else ''}>{html.escape(par.printed)}</p>" for par in paper.pars)
    path.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", "utf-8")
    return path


def as_docx(paper: Paper, path: Path) -> Path:
    return _docx("".join(_paragraph(par.printed, par.centered) for par in paper.pars), "", path)


LEVELS = {
    "art": (0, "decimal", "Điều %1."), "cl": (1, "decimal", "%2."),
    "I": (0, "upperRoman", "%1."), "1": (1, "decimal", "%2."), "1.1": (2, "decimal", "%2.%3."),
}  # fmt: skip


def as_numbered_docx(paper: Paper, path: Path) -> Path:
    """Word's automatic lists print the numbers of articles and clauses, of the I., 1. and 1.1. of plans.

    Word has no list with đ, so that points are numbered by hand; so are inserted units. A number written by hand
    between two automatic ones does not count, and an attached text starts a list of its own.
    """
    parts, use = [], 1
    for par in paper.pars:
        if par.words == "QUY CHẾ":
            use = 2
        if par.list_level is None:
            parts.append(_paragraph(par.printed, par.centered))
        else:
            parts.append(_paragraph(par.words, par.centered, use, LEVELS[par.list_level][0]))
    plan = any(par.list_level == "I" for par in paper.pars)
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for name, (at, kind, text) in LEVELS.items() if (name in ("I", "1", "1.1")) == plan
    )  # fmt: skip
    lists = "".join(f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>' for n in (1, 2))
    uses = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return _docx("".join(parts), lists + uses, path)


def _paragraph(words: str, centered: bool, num: int | None = None, level: int = 0) -> str:
    properties = '<w:jc w:val="center"/>' if centered else ""
    if num is not None:
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' + properties
    half = len(words) // 2  # Word cuts sentences into runs anywhere
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (words[:half], words[half:])
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _docx(body: str, numbering: str, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
    return path


# --- PDF by hand: one font, whose letters are all half an em wide and stand for themselves

CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""
SIZE, LEFT, INDENT, RIGHT, TOP, BOTTOM, LEADING = 12.0, 85.0, 113.0, 540.0, 780.0, 70.0, 20.0


def as_pdf(paper: Paper, path: Path) -> Path:
    """Pages as an office prints them: first lines indented, lines filled, a number at the head of each page but one."""
    pages: list[list[tuple[float, float, str]]] = [[]]
    y = TOP
    for par in paper.pars:
        for n, line in enumerate(_broken(par)):
            if y < BOTTOM:
                pages.append([(300.0, 810.0, str(len(pages) + 1))])
                y = TOP
            width = len(line) * SIZE / 2
            x = (LEFT + RIGHT - width) / 2 if par.centered else INDENT if n == 0 else LEFT
            pages[-1].append((x, y, line))
            y -= LEADING
    # The same sentence at the edge of three pages is what a running head looks like.
    edges = Counter(line for page in pages for _, _, line in (*page[:3], *page[-2:]) if not line[0].islower())
    assume(max(edges.values()) < 3)
    path.write_bytes(_pdf(pages))
    return path


def _broken(par: Par) -> list[str]:
    letters = int((RIGHT - LEFT) / (SIZE / 2))
    indent = "" if par.centered else " " * int((INDENT - LEFT) / (SIZE / 2))
    lines = textwrap.wrap(par.printed, letters, initial_indent=indent, break_on_hyphens=False)
    return [line.strip() for line in lines]


def _pdf(pages: list[list[tuple[float, float, str]]]) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /DW 500 /FontDescriptor 6 0 R /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CMAP), CMAP),
        b"<< /Type /FontDescriptor /FontName /Times /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 "
        b"/StemV 80 /FontBBox [0 -200 1000 800] >>",
    ]  # fmt: skip
    kids = []
    for page in pages:
        drawn = b"".join(
            b"BT /F1 %g Tf %g %g Td <%s> Tj ET\n" % (SIZE, x, y, line.encode("utf-16-be").hex().encode())
            for x, y, line in page
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out
        + head
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )


# --- the same again --------------------------------------------------------------------------------------

FORMATS: dict[str, tuple[Callable[[Paper, Path], Path], str, int]] = {
    "txt": (as_txt, "txt", 60), "wrapped": (as_wrapped_txt, "txt", 60), "html": (as_html, "html", 50),
    "docx": (as_docx, "docx", 40), "numbered": (as_numbered_docx, "docx", 40), "pdf": (as_pdf, "pdf", 12),
}  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("documents", [acts(), plans(), amendments()], ids=["act", "plan", "amendment"])
def test_printed_and_read_back(format: str, documents: st.SearchStrategy[Paper], tmp_path: Path) -> None:
    write, suffix, examples = FORMATS[format]

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
    )
    @given(paper=documents)
    def check(paper: Paper) -> None:
        read = extract(write(paper, tmp_path / f"van-ban.{suffix}"), NothingKnown())
        assert read.outcome == "ok", read.message
        same_units(paper, read)
        same_words(paper, read, whole=format != "wrapped" or len(paper.pars) > 60)
        exact(read)

    check()


SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples" / "corpus").glob("*-*/*.*"))
SAMPLES = [path for path in SAMPLES if path.suffix != ".csv"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_the_same_in_other_formats(path: Path, tmp_path: Path) -> None:
    """What is read of a sample, written again as text, web page and Word file."""
    first = extract(path, NothingKnown())
    assert first.outcome == "ok"
    paper = Paper([Par("", words) for words in first.text.split("\n")])
    for write, suffix in ((as_txt, "txt"), (as_html, "html"), (as_docx, "docx")):
        again = extract(write(paper, tmp_path / f"lai.{suffix}"), NothingKnown())
        assert again.text == first.text
        assert (again.masthead, again.effects) == (first.masthead, first.effects), suffix
        # The page is the print's: a text file has one, and Word's is not kept.
        assert [replace(item, page=1) for item in again.citations] == [
            replace(item, page=1) for item in first.citations]  # fmt: skip
        assert [(unit.id, unit.start, unit.end) for unit in again.provisions] == [
            (unit.id, unit.start, unit.end) for unit in first.provisions]  # fmt: skip


def same_units(paper: Paper, read: Document) -> None:
    """The ids in order, each with its number, and its text beginning with the words printed."""
    assert [unit.id for unit in read.provisions] == [id for id, _, _ in paper.units]
    for unit, (id, num, words) in zip(read.provisions, paper.units, strict=True):
        text = " ".join(read.text[unit.start : unit.end].split())
        assert text.startswith(words), (id, words, text[: len(words) + 20])
        assert num is None or unit.num == num, (id, unit.num)


def same_words(paper: Paper, read: Document, whole: bool) -> None:
    """No word is lost and none is added; every paragraph is one line of the text.

    `whole` False: a text too short to show its width may keep the break after a line that ends in ";" or ".".
    """
    assert " ".join(read.text.split()) == " ".join(" ".join(par.printed for par in paper.pars).split())
    lines = read.text.split("\n")
    firm = [par.printed for par in paper.pars if not par.centered and (whole or not _may_end_early(par))]
    missing = [words for words in firm if words not in lines]
    assert not missing, missing


def _may_end_early(par: Par) -> bool:
    return any(line[-1] in ".;:" for line in textwrap.wrap(par.printed, WIDTH, break_on_hyphens=False)[:-1])


def exact(read: Document) -> None:
    """Ranges slice back to the text and lie inside what holds them; every unit and citation knows its page."""
    last = read.lines[-1].page
    for unit in read.provisions:
        assert 0 <= unit.start < unit.end <= len(read.text)
        assert unit.page == read.page_at(unit.start) <= last
    for citation in read.citations:
        assert read.text[citation.start : citation.end] == citation.text
        assert citation.page == read.page_at(citation.start)
        holder = read.provision_at(citation.start)
        assert citation.in_ == (holder.id if holder else None)
