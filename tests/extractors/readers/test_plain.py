"""TXT, Markdown and HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import cleaning, readers


def text_of(path: Path, format: readers.Format) -> list[str]:
    return cleaning.clean(readers.read(path, format).lines).text.split("\n")


def html(tmp_path: Path, body: str, head: str = "<title>Nghị định số 1/2026/NĐ-CP</title>") -> Path:
    path = tmp_path / "a.html"
    path.write_text(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>", "utf-8"
    )
    return path


# --- plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(tmp_path, encoding):
    text = "QUYẾT ĐỊNH\nĐiều 1. Quyết định này có hiệu lực.\n" * 12
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert text_of(tmp_path / "a.txt", "text")[:2] == ["QUYẾT ĐỊNH", "Điều 1. Quyết định này có hiệu lực."]


def test_windows_1258(tmp_path):
    import unicodedata

    # The code page keeps â, ê, ô, ă, ơ, ư and writes the tone as a letter after them.
    kept = {"â", "ê", "ô", "ă", "ơ", "ư", "đ"}
    text = "".join(
        c
        if c.lower() in kept
        else (lambda d: (unicodedata.normalize("NFC", d[:2]) + d[2:]) if len(d) == 3 else d)(
            unicodedata.normalize("NFD", c)
        )
        for c in "Điều 1. Phạm vi điều chỉnh của quyết định này"
    )
    (tmp_path / "a.txt").write_bytes(text.encode("cp1258"))
    assert text_of(tmp_path / "a.txt", "text") == ["Điều 1. Phạm vi điều chỉnh của quyết định này"]


def test_form_feeds_number_the_pages_and_take_page_numbers_away(tmp_path):
    (tmp_path / "a.txt").write_text("Một.\n1\n\f2\nHai.\n", "utf-8")
    lines = [line for line in readers.read(tmp_path / "a.txt", "text").lines if line.text.strip()]
    assert [(line.text, line.page) for line in lines] == [("Một.", 1), ("Hai.", 2)]


def test_two_column_masthead_set_with_spaces(tmp_path):
    (tmp_path / "a.txt").write_text(
        "ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
        "    XÃ MẪU                 Độc lập - Tự do - Hạnh phúc\n\n"
        "Số: 9/KH-UBND              Mẫu, ngày 02 tháng 02 năm 2026\n\nKẾ HOẠCH\n", "utf-8",
    )  # fmt: skip
    assert text_of(tmp_path / "a.txt", "text") == [
        "ỦY BAN NHÂN DÂN", "XÃ MẪU", "Số: 9/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Mẫu, ngày 02 tháng 02 năm 2026", "KẾ HOẠCH",
    ]  # fmt: skip


# --- Markdown


def test_markdown_marks_escapes_and_wrapped_lines(tmp_path):
    (tmp_path / "a.md").write_text(
        "# NGHỊ QUYẾT\n\n**Điều 1. Sắp xếp**\n\n*Căn cứ* *Luật số* *72/2025/QH15;*\n\n1\\. Xã A và\nxã B "
        "thành **xã C**.\n"
        "2\\. Xem [trang](http://x.vn/a) và tên_tệp_1 \\*.\n\n- Mục một\n- Mục hai\n", "utf-8",
    )  # fmt: skip
    lines = readers.read(tmp_path / "a.md", "markdown").lines
    assert text_of(tmp_path / "a.md", "markdown") == [
        "NGHỊ QUYẾT", "Điều 1. Sắp xếp", "Căn cứ Luật số 72/2025/QH15;", "1. Xã A và xã B thành xã C.",
        "2. Xem trang và tên_tệp_1 *.", "- Mục một", "- Mục hai",
    ]  # fmt: skip
    assert lines[1].bold
    assert not lines[3].bold
    assert lines[2].italic


@pytest.mark.parametrize(
    "table",
    [
        "| **QUỐC HỘI**<br>------- | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>Độc lập - Tự do - Hạnh phúc "
        "|\n|---|---|\n"
        "| Luật số: 1/2026/QH16 | *Hà Nội, ngày 01 tháng 02 năm 2026* |\n",
        "+--------------+------------------------------------+\n"
        "| **QUỐC HỘI** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\|\n"
        "|              | Độc lập - Tự do - Hạnh phúc**      |\n"
        "+--------------+------------------------------------+\n"
        "| Luật số: 1/2026/QH16 | *Hà Nội, ngày 01 tháng 02 năm 2026* |\n"
        "+--------------+------------------------------------+\n",
        "  ----------------------- -----------------------------------------------\n"
        "       **QUỐC HỘI\\        **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\\n"
        "       \\-\\-\\-\\-**         Độc lập - Tự do - Hạnh phúc**\n\n"
        "   Luật số: 1/2026/QH16   *Hà Nội, ngày 01 tháng 02 năm 2026*\n"
        "  ----------------------- -----------------------------------------------\n",
    ],
    ids=["pipe", "grid", "simple"],
)
def test_markdown_masthead_tables(tmp_path, table):
    (tmp_path / "a.md").write_text(table + "\n**LUẬT**\n", "utf-8")
    assert [line.strip("|\\ ") for line in text_of(tmp_path / "a.md", "markdown")] == [
        "QUỐC HỘI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Luật số: 1/2026/QH16",
        "Hà Nội, ngày 01 tháng 02 năm 2026", "LUẬT",
    ]  # fmt: skip


# --- HTML


def test_html_blocks_breaks_and_styles(tmp_path):
    path = html(
        tmp_path,
        "<p align='center'><b>Chương I<br>QUY ĐỊNH CHUNG</b></p><p>1. Văn bản <i>này</i> quy định\n về đất "
        "&amp; nhà.</p>"
        "<ul><li>- Ý một</li></ul><script>var x = 'Điều 9';</script><div style='display:none'>ẩn</div><!-- thừa -->",
    )  # fmt: skip
    reading = readers.read(path, "html")
    assert reading.title == "Nghị định số 1/2026/NĐ-CP"
    assert [line.text for line in reading.lines] == [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "1. Văn bản này quy định về đất & nhà.",
        "- Ý một",
    ]
    assert (reading.lines[0].bold, reading.lines[0].centered, reading.lines[2].bold) == (True, True, False)


def test_html_masthead_and_tables(tmp_path):
    path = html(
        tmp_path,
        "<table><tr><td>CHÍNH PHỦ</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh "
        "phúc</td></tr></table>"
        "<p>Thân</p><table><tr><td>1</td><td><p>Tên</p></td></tr></table>",
    )  # fmt: skip
    assert [(line.text, line.region) for line in readers.read(path, "html").lines] == [
        ("CHÍNH PHỦ", "masthead"), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "masthead"),
        ("Độc lập - Tự do - Hạnh phúc", "masthead"), ("Thân", "body"), ("1", "table"), ("Tên", "table"),
    ]  # fmt: skip


def test_html_marks_of_notes_stay_apart_and_units_together(tmp_path):
    path = html(tmp_path, "<p>khoản 2<sup>3</sup> Điều 5, rộng 20 m<sup>2</sup>, V<sub>đ</sub></p>")
    assert text_of(path, "html") == ["khoản 2 [3] Điều 5, rộng 20 m2, Vđ"]


def test_a_whole_saved_page_begins_with_the_act(tmp_path):
    paragraphs = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Điều 1. Phạm vi", "Một.", "Điều 2. Hiệu lực", "Hai.")
    act = "<div>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</div>"
    path = html(
        tmp_path,
        f"<nav><a>Trang chủ</a></nav><div><div>Tìm kiếm nâng cao</div>{act}</div><footer>Bản "
        f"quyền</footer><script>1</script>",
    )
    assert text_of(path, "html") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Điều 1. Phạm vi", "Một.", "Điều 2. Hiệu lực", "Hai.",
    ]  # fmt: skip
