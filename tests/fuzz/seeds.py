"""Good files of every format that is read: the samples of the project, and small ones made here."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.bombs import package, web

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "corpus"
TEXT = (
    "ỦY BAN NHÂN DÂN\nXÃ MẪU SƠN\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/2024/QĐ-UBND\nMẫu Sơn, ngày 14 tháng 5 năm 2024\nQUYẾT ĐỊNH\nVề việc ban hành quy chế quản lý chợ\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;\n"
    "Điều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định việc quản lý chợ theo điểm b khoản 2 Điều 5 Nghị định này.\n"
    "2. Bãi bỏ Quyết định số 07/2019/QĐ-UBND ngày 02 tháng 3 năm 2019.\na) Hộ kinh doanh;\nb) Tổ quản lý chợ.\n"
    "Điều 2. Hiệu lực\nQuyết định này có hiệu lực từ ngày 24 tháng 5 năm 2024.\n"
    "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n"
)
TCVN3 = "ñy ban nh©n d©n x· MÉu S¬n\nQuyÕt ®Þnh vÒ viÖc ban hµnh quy ­íc cña x·\n§iÒu 1. Ph¹m vi ®iÒu chØnh\n" * 4


def seeds(programs: bool = True) -> dict[str, list[bytes]]:
    """Files by their suffix. DOC, RTF, ODT where LibreOffice is there to make them, pictures where Pillow is;
    none of these without `programs`.
    """
    found: dict[str, list[bytes]] = {
        ".txt": [TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("utf-16-le"), TEXT.encode("cp1258", "ignore"),
                 TCVN3.encode("latin-1"), b"\xef\xbb\xbf" + TEXT.encode()],
        ".md": [TEXT.replace("Điều", "## Điều").replace("QUYẾT", "**QUYẾT**").encode(),
                ("| UBND XÃ | CỘNG HÒA XÃ HỘI |\n|---|---|\n| Số: 1 | Độc lập |\n\n" + TEXT).encode()],
        ".html": [_page().encode(), web.page(_page()), _page().encode("cp1258", "xmlcharrefreplace")],
        ".mht": [web.mht(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + _page().encode(),
                         b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA")],
        ".docx": [*_samples("docx"), _word()],
        ".pdf": [*_samples("pdf")],
    }  # fmt: skip
    for suffix, data in (*_converted(), *_pictures()) if programs else ():
        found.setdefault(suffix, []).append(data)
    return found


def _samples(suffix: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(SAMPLES.rglob(f"*.{suffix}"))]


def _page() -> str:
    lines = "".join(f"<p style='text-align:center'><b>{line}</b></p>\n" for line in TEXT.splitlines())
    head = "<title>Quyết định 12/2024/QĐ-UBND</title>"
    return f"<html><head>{head}</head><body>{lines}<table><tr><td>1<td>2</table></body></html>"


def _word() -> bytes:
    """A Word file with what the samples have not: fields, notes, text boxes, tracked changes, lists, styles."""
    w = package.paragraph
    body = (
        "".join(map(w, TEXT.splitlines()))
        + f"<w:p>{package.field('begin')}<w:r><w:instrText>REF a</w:instrText></w:r>{package.field('separate')}"
        + f"{package.run('Điều 3')}{package.field('end')}<w:ins>{package.run(' mới')}</w:ins>"
        + "<w:del><w:r><w:delText>cũ</w:delText>"
        + '</w:r></w:del><w:r><w:footnoteReference w:id="1"/><w:tab/><w:br/>'
        + '<w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
        + f"<w:p><w:r><w:pict><w:txbxContent>{w('Trong khung')}</w:txbxContent></w:pict></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{w('1')}</w:tc><w:tc>{w('2')}</w:tc></w:tr></w:tbl>"
        + w("Việc", '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 3
    )
    numbering = (
        f'<w:numbering {package.W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    notes = f'<w:footnotes {package.W}><w:footnote w:id="1">{w("Ghi chú")}</w:footnote></w:footnotes>'
    style = '<w:style w:type="paragraph" w:styleId="a"><w:rPr><w:b/></w:rPr></w:style>'
    styles = f"<w:styles {package.W}>{style}</w:styles>"
    return package.docx(body, numbering=numbering, footnotes=notes, styles=styles)


def _converted() -> Iterator[tuple[str, bytes]]:
    program = shutil.which("soffice")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        source.write_bytes(_samples("docx")[-1])  # a whole package: LibreOffice opens no other
        for suffix in ("doc", "rtf", "odt"):
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", folder, str(source)]
            subprocess.run(command, capture_output=True, timeout=120, check=False)
            made = source.with_suffix(f".{suffix}")
            if made.is_file():
                yield f".{suffix}", made.read_bytes()


def _pictures() -> Iterator[tuple[str, bytes]]:
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        return
    page = Image.new("L", (620, 300), 255)
    font = ImageFont.load_default(20)
    for at, line in enumerate(("QUYET DINH", "Dieu 1. Pham vi dieu chinh", "1. Quy che quan ly cho.")):
        ImageDraw.Draw(page).text((20, 20 + 50 * at), line, font=font, fill=0)
    for suffix, kind, more in ((".png", "PNG", {}), (".jpg", "JPEG", {"progressive": True}),
                               (".tif", "TIFF", {"compression": "tiff_deflate"})):  # fmt: skip
        out = io.BytesIO()
        page.save(out, kind, **more)
        yield suffix, out.getvalue()
