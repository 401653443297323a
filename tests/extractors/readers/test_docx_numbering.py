"""Automatic numbers of Word: each case is a list as Word's XML has it, and what the paper shows."""

from __future__ import annotations

import pytest

from extractors import intake, readers
from extractors.readers.docx.numbering import formatted


def level(at: int, format: str, text: str, more: str = "", start: int = 1) -> str:
    counted = f'<w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{counted}{more}</w:lvl>'


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def pars(*places: tuple[int, int] | str) -> str:
    """One paragraph "x" for each (list, level); a string is the XML inside `w:pPr`."""
    out = ""
    for place in places:
        if isinstance(place, str):
            inside = place
        else:
            inside = f'<w:numPr><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>'
        out += f"<w:p><w:pPr>{inside}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    return out


ONE = [(1, 0)]

CASES = {
    "upper roman": (
        abstract(0, level(0, "upperRoman", "%1.")) + use(1, 0), pars(*ONE * 4), ["I. x", "II. x", "III. x", "IV. x"]),
    "lower roman in brackets": (
        abstract(0, level(0, "lowerRoman", "(%1)")) + use(1, 0), pars(*ONE * 3), ["(i) x", "(ii) x", "(iii) x"]),
    "capital letters": (
        abstract(0, level(0, "upperLetter", "%1.")) + use(1, 0), pars(*ONE * 3), ["A. x", "B. x", "C. x"]),
    "letters: Word has no đ": (
        abstract(0, level(0, "lowerLetter", "%1)")) + use(1, 0), pars(*ONE * 6),
        ["a) x", "b) x", "c) x", "d) x", "e) x", "f) x"]),
    "đ put in by hand between two lists, as typists do": (
        abstract(0, level(0, "lowerLetter", "%1)")) + abstract(1, level(0, "lowerLetter", "%1)", start=5))
        + use(1, 0) + use(2, 1),
        pars((1, 0), (1, 0), (1, 0), (1, 0)) + "<w:p><w:r><w:t>đ) x</w:t></w:r></w:p>" + pars((2, 0), (2, 0)),
        ["a) x", "b) x", "c) x", "d) x", "đ) x", "e) x", "f) x"]),
    "article, its clauses restart": (
        abstract(0, level(0, "decimal", "Điều %1."), level(1, "decimal", "%2.")) + use(1, 0),
        pars((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)), ["Điều 1. x", "1. x", "2. x", "Điều 2. x", "1. x"]),
    "clauses that go on: lvlRestart 0": (
        abstract(0, level(0, "decimal", "Mục %1."), level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'))
        + use(1, 0),
        pars((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)), ["Mục 1. x", "Điều 1. x", "Điều 2. x", "Mục 2. x", "Điều 3. x"]),
    "restart only after the first level": (
        abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."),
                 level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>')) + use(1, 0),
        pars((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)),
        ["I. x", "1. x", "a) x", "2. x", "b) x", "II. x", "a) x"]),
    "several levels in one number": (
        abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3."))
        + use(1, 0),
        pars((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1)),
        ["1. x", "1.1. x", "1.1.1. x", "1.1.2. x", "1.2. x", "2. x", "2.1. x"]),
    "isLgl prints the Roman part in digits": (
        abstract(0, level(0, "upperRoman", "Chương %1"), level(1, "decimal", "%1.%2.", "<w:isLgl/>")) + use(1, 0),
        pars((1, 0), (1, 0), (1, 1)), ["Chương I x", "Chương II x", "2.1. x"]),
    "isLgl switched off": (
        abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", '<w:isLgl w:val="0"/>')) + use(1, 0),
        pars((1, 0), (1, 1)), ["I. x", "I.1. x"]),
    "a second use goes on where the first stopped": (
        abstract(0, level(0, "decimal", "%1.")) + use(1, 0) + use(2, 0), pars((1, 0), (1, 0), (2, 0)),
        ["1. x", "2. x", "3. x"]),
    "a second use that starts anew, once": (
        abstract(0, level(0, "decimal", "%1.")) + use(1, 0)
        + use(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        pars((1, 0), (1, 0), (2, 0), (2, 0)), ["1. x", "2. x", "1. x", "2. x"]),
    "a use with a level of its own": (
        abstract(0, level(0, "decimal", "%1.")) + use(1, 0)
        + use(2, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'),
        pars((1, 0), (2, 0)), ["1. x", "b) x"]),
    "start at five": (abstract(0, level(0, "decimal", "Điều %1.", start=5)) + use(1, 0), pars(*ONE * 2),
                      ["Điều 5. x", "Điều 6. x"]),
    "number 0 takes the number away": (
        abstract(0, level(0, "decimal", "%1.")) + use(1, 0), pars((1, 0), (0, 0), (1, 0)), ["1. x", "x", "2. x"]),
    "a level without a number": (
        abstract(0, level(0, "none", "")) + use(1, 0), pars(*ONE), ["x"]),
    "a list that is not there": (use(1, 7), pars(*ONE, (9, 0)), ["x", "x"]),
    "dashes and signs of picture fonts": (
        abstract(0, level(0, "bullet", "-"),
                 level(1, "bullet", "&#xF0B7;", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'),
                 level(2, "bullet", "§", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')) + use(1, 0),
        pars((1, 0), (1, 1), (1, 2)), ["- x", "• x", "▪ x"]),
    "two digits, as WPS and new Word write them": (
        abstract(0, '<w:lvl w:ilvl="0"><w:start w:val="1"/>'
                    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
                    '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
                    '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
                    '<w:lvlText w:val="%1."/></w:lvl>') + use(1, 0), pars(*ONE * 2), ["001. x", "002. x"]),
    "no space behind the number: one is read all the same": (
        abstract(0, level(0, "decimal", "Điều %1.", '<w:suff w:val="nothing"/>')) + use(1, 0), pars(*ONE),
        ["Điều 1. x"]),
}  # fmt: skip


def shown(path) -> list[str]:
    return [line.text for line in readers.read(path, "docx").lines]


@pytest.mark.parametrize("name", CASES)
def test_numbers_as_the_paper_shows_them(write_docx, name):
    numbering, body, expected = CASES[name]
    assert shown(write_docx(body, numbering=numbering)) == expected


HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="Chuong"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Chuong"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    "</w:numPr></w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Chuong"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="DieuNho"><w:basedOn w:val="Dieu"/></w:style>'
    '<w:style w:type="numbering" w:styleId="DanhSach"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
)
OUTLINE = abstract(
    0, level(0, "upperRoman", "Chương %1"), level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
    level(2, "decimal", "%3.", '<w:pStyle w:val="Khoan"/>'),
) + use(1, 0)  # fmt: skip


def test_numbers_through_styles_with_what_they_inherit(write_docx):
    body = pars(*(f'<w:pStyle w:val="{name}"/>' for name in ("Chuong", "Dieu", "Khoan", "Khoan", "Chuong", "DieuNho")))
    assert shown(write_docx(body, numbering=OUTLINE, styles=HEADINGS)) == [
        "Chương I x", "Điều 1. x", "1. x", "2. x", "Chương II x", "Điều 2. x",
    ]  # fmt: skip


def test_a_paragraph_at_another_level_than_its_style_and_without_number(write_docx):
    body = pars(
        '<w:pStyle w:val="Chuong"/>', '<w:pStyle w:val="Chuong"/><w:numPr><w:ilvl w:val="1"/></w:numPr>',
        '<w:pStyle w:val="Chuong"/><w:numPr><w:numId w:val="0"/></w:numPr>', '<w:pStyle w:val="Chuong"/>',
    )  # fmt: skip
    assert shown(write_docx(body, numbering=OUTLINE, styles=HEADINGS)) == [
        "Chương I x", "Điều 1. x", "x", "Chương II x"]  # fmt: skip


def test_a_list_that_borrows_its_levels_from_a_numbering_style(write_docx):
    numbering = (
        abstract(0, more='<w:numStyleLink w:val="DanhSach"/>')
        + abstract(3, level(0, "decimal", "Bước %1:"), more='<w:styleLink w:val="DanhSach"/>')
        + use(1, 0)
        + use(5, 3)
    )
    path = write_docx(pars((1, 0), (1, 0)), numbering=numbering, styles=HEADINGS)
    assert shown(path) == ["Bước 1: x", "Bước 2: x"]


def test_an_empty_numbered_paragraph_takes_its_number(write_docx):
    empty = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    numbering = abstract(0, level(0, "decimal", "%1.")) + use(1, 0)
    assert shown(write_docx(pars((1, 0)) + empty + pars((1, 0)), numbering=numbering)) == ["1. x", "3. x"]


def test_a_joined_paragraph_is_counted_once(write_docx):
    """The mark of the first was deleted: the two are one, with the number of the second."""
    first = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:r><w:t>Một </w:t></w:r></w:p>"
    )
    numbering = abstract(0, level(0, "decimal", "%1.")) + use(1, 0)
    assert shown(write_docx(first + pars((1, 0), (1, 0)), numbering=numbering)) == ["1. Một x", "2. x"]


def test_parts_with_other_names_as_word_on_the_web_has_them(write_docx):
    body = pars('<w:pStyle w:val="Chuong"/>', '<w:pStyle w:val="Dieu"/>')
    path = write_docx(body, mark="2", numbering=OUTLINE, styles=HEADINGS)
    assert intake.inspect(path).format == "docx"
    assert shown(path) == ["Chương I x", "Điều 1. x"]


def test_roman_numbers_and_letters_all_along():
    roman = [formatted(n, "upperRoman") for n in range(1, 4000)]
    assert len(set(roman)) == 3999
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    for number, signs in enumerate(roman, 1):
        values = [worth[sign] for sign in signs]
        counted = sum(-v if v < max(values[i:], default=0) else v for i, v in enumerate(values))
        assert counted == number
    letters = [formatted(n, "lowerLetter") for n in range(1, 79)]
    assert letters[25:29] == ["z", "aa", "bb", "cc"]
    assert letters[77] == "zzz"
    assert [formatted(0, "upperRoman"), formatted(0, "lowerLetter")] == ["0", "0"]
