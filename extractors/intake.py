"""What is this file, and is it safe and lawful to open?

`inspect` looks at a file from outside: size, first bytes, the directory of a ZIP. `is_secret` looks
at what was read: a paper stamped with a degree of secrecy (Luật Bảo vệ bí mật nhà nước 29/2018/QH14,
Điều 8, and later law) must leave no trace in the program.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Outcome, Text
from extractors.readers import Format

MAX_BYTES = 64 * 1024 * 1024
MAX_ZIP_ENTRIES = 4000
MAX_INFLATED_BYTES = 512 * 1024 * 1024
MAX_PART_BYTES = 96 * 1024 * 1024  # one XML part: Word's own limit for text is far below
MAX_RATIO = 250  # XML of a real report inflates 10 to 40 times

_BY_SUFFIX: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".docx": "docx", ".docm": "docx", ".pdf": "pdf", ".doc": "doc", ".rtf": "office",
    ".odt": "office", ".mht": "mht", ".mhtml": "mht", ".png": "image", ".jpg": "image", ".jpeg": "image",
    ".tif": "image", ".tiff": "image",
}  # fmt: skip
_NAMES = {".xls": "Excel", ".xlsx": "Excel", ".ppt": "PowerPoint", ".pptx": "PowerPoint", ".zip": "ZIP", ".rar": "RAR",
          ".epub": "EPUB", ".gif": "GIF", ".bmp": "BMP", ".heic": "HEIC", ".webp": "WEBP"}  # fmt: skip
# What a file must be that bears such a name: its content is told by its first bytes.
_KINDS: dict[Format, str] = {"docx": "Word", "doc": "Word", "pdf": "PDF", "office": "RTF hoặc ODT", "image": "ảnh",
                            "mht": "MHT"}  # fmt: skip
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_WORD_TEXT = re.compile(r"word/document\d{0,3}\.xml")  # Word on the web numbers its parts
_CONTROL = bytes(b for b in range(32) if b not in (9, 10, 11, 12, 13, 27)) + b"\x7f"


@dataclass(frozen=True, slots=True)
class Gate:
    """Answer of the gate: the format to read the file with, or the outcome and message of its refusal."""

    format: Format = "unknown"
    outcome: Outcome = "ok"
    message: str | None = None


def inspect(path: Path) -> Gate:
    """Look at a file from outside. Never raises for what is on the disk: a refusal says why and what to do."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return _refused(path, "not_supported", "đây là thư mục, không phải tệp; hãy chỉ tới từng tệp trong đó")
        size = found.st_size
        if size == 0:
            return _refused(path, "damaged", "tệp rỗng (0 byte); hãy chép lại từ bản gốc")
        if size > MAX_BYTES:
            weight, limit = size // (1024 * 1024), MAX_BYTES // (1024 * 1024)
            return _refused(path, "too_large", f"tệp nặng {weight} MB, quá giới hạn {limit} MB; hãy chia nhỏ tệp")
        with path.open("rb") as file:
            head = file.read(8192)
    except FileNotFoundError:
        return _refused(path, "damaged", "không tìm thấy tệp; hãy kiểm tra lại đường dẫn")
    except OSError as error:
        return _refused(path, "damaged", f"không mở được tệp ({error.strerror}); hãy kiểm tra quyền đọc")
    return _by_content(path, head)


def _by_content(path: Path, head: bytes) -> Gate:
    """The first bytes decide; the name only where they say nothing."""
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        return Gate("pdf")
    if head.startswith(b"PK\x03\x04"):
        return _zip(path)
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(b"{\\rtf"):
        return Gate("office")
    if head.startswith(_PICTURES):
        return Gate("image")
    declared = _BY_SUFFIX.get(suffix)
    if _HTML_START.match(head.removeprefix(b"\xef\xbb\xbf")) and (declared is not None or not suffix):
        return Gate("html")
    if declared is None:
        return _unsupported(path, _NAMES.get(suffix, f"“{suffix}”" if suffix else "không rõ"))
    if declared in ("mht", "doc", "html") and _is_mht(head):
        return Gate("mht")
    if declared in _KINDS:
        kind = _KINDS[declared]
        return _refused(path, "damaged", f"nội dung không phải tệp {kind} hợp lệ; hãy mở và lưu lại từ bản gốc")
    if _is_binary(head):
        return _refused(path, "not_supported", "tên là tệp chữ nhưng nội dung không phải chữ; hãy kiểm tra lại tệp gốc")
    return Gate(declared)


def _is_mht(head: bytes) -> bool:
    """Whether the file is a page saved with its parts in one (RFC 2557), whatever its name says."""
    return head[:13].lower() == b"mime-version:" or b"multipart/related" in head[:2000].lower()


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text in any encoding that `readers.text` knows."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = head.count(0)
    if zeros:
        # UTF-16 without a mark: Vietnamese text has a zero in most of its even or odd bytes.
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return not (max(even, odd) * 10 > len(head) * 2 and min(even, odd) * 50 < len(head))
    strange = len(head) - len(head.translate(None, _CONTROL))
    return strange * 50 > len(head)


def _zip(path: Path) -> Gate:
    """An Office file is a ZIP: its directory is checked before anything is inflated."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            open_document = "content.xml" in names and "mimetype" in names
            if not open_document and not any(_WORD_TEXT.fullmatch(name) for name in names):
                return _other_zip(path, names)
            if any(entry.flag_bits & 1 for entry in entries):
                return _encrypted(path)
            bomb = (
                len(entries) > MAX_ZIP_ENTRIES
                or sum(entry.file_size for entry in entries) > MAX_INFLATED_BYTES
                or any(_is_bomb(entry) for entry in entries)
            )
            if bomb:
                return _refused(path, "too_large", "tệp nén lớn bất thường nên không mở; hãy lấy lại bản gốc")
            if len(names) != len(entries) or any(map(_is_odd, names)):
                return _refused(path, "damaged", "tên các phần trong tệp bất thường nên không mở; hãy lấy lại bản gốc")
            if any(_is_macro(name) for name in names):
                return _refused(path, "not_supported", "tệp có macro nên không mở; hãy lưu thành DOCX không có macro")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        # UTF-16 writes a zero beside each letter.
                        if b"<!DOCTYPE" in part.read(4096).replace(b"\x00", b"").upper():
                            reason = "tệp chứa khai báo không an toàn (DOCTYPE) nên không mở; hãy lấy lại bản gốc"
                            return _refused(path, "damaged", reason)
            if open_document:
                return _open_document(path, archive)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error):
        return _refused(path, "damaged", "tệp Word bị hỏng (không giải nén được); hãy mở và lưu lại từ bản gốc")
    return Gate("docx")


def _open_document(path: Path, archive: zipfile.ZipFile) -> Gate:
    """ODF: a text may be opened, unless its manifest says that its parts are encrypted (ODF 1.2 part 3, 4.8)."""
    kind = archive.read("mimetype")[:80]
    if not kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return _unsupported(path, "ODF (không phải văn bản)")
    names = archive.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        return _encrypted(path)
    return Gate("office")


def _is_odd(name: str) -> bool:
    """A name that points outside the package."""
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\x00" in name or ":" in name[:3]


def _is_macro(name: str) -> bool:
    """A part that holds a program: VBA in OOXML, Basic and scripts in ODF."""
    low = name.lower()
    return low.endswith(("vbaproject.bin", "vbadata.xml")) or low.startswith(("basic/", "scripts/"))


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether one part is larger than any real one, or inflates more than any real one."""
    too_dense = entry.file_size > 4 * 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    return too_dense or (entry.filename.endswith(".xml") and entry.file_size > MAX_PART_BYTES)


def _other_zip(path: Path, names: set[str]) -> Gate:
    if "[Content_Types].xml" in names and path.suffix.lower() in (".docx", ".docm"):
        return _refused(path, "damaged", "tệp Word thiếu phần nội dung; hãy mở và lưu lại từ bản gốc")
    for folder, kind in (("xl/", "Excel"), ("ppt/", "PowerPoint")):
        if any(name.startswith(folder) for name in names):
            return _unsupported(path, kind)
    return _unsupported(path, "ZIP")


def _ole(path: Path) -> Gate:
    """Compound files: old Word, encrypted new Word, or something else of Office."""
    raw = path.read_bytes()
    if _utf16("EncryptedPackage") in raw:
        return _encrypted(path)
    if _utf16("WordDocument") not in raw:
        streams = (("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint"))
        return _unsupported(path, next((kind for stream, kind in streams if _utf16(stream) in raw), "Office cũ"))
    # [MS-DOC] FibBase: wIdent 0xA5EC begins the WordDocument stream, on a sector; bit 8 of the flags at 10: encrypted.
    for at in range(512, min(len(raw), 1 << 20), 512):
        if raw[at : at + 2] == b"\xec\xa5" and raw[at + 3] in (0, 1):
            return _encrypted(path) if raw[at + 11] & 1 else Gate("doc")
    return Gate("doc")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refused(path: Path, outcome: Outcome, reason: str) -> Gate:
    return Gate(outcome=outcome, message=f"{path}: {reason}.")


def _encrypted(path: Path) -> Gate:
    return _refused(path, "encrypted", "tệp có mật khẩu; hãy lưu một bản không đặt mật khẩu rồi chạy lại")


def _unsupported(path: Path, kind: str) -> Gate:
    advice = "hãy lưu thành DOCX hoặc PDF có chữ rồi chạy lại"
    return _refused(path, "not_supported", f"chưa đọc được định dạng {kind}; {advice}")


# --- secrecy ---------------------------------------------------------------------------------------

_STAMP = re.compile(r"[\W_]*(?:(?:TUYỆT|TỐI)\s+)?MẬT[\W_]*")
# On a scan the marks of the letter are often lost; no other word stands alone so at a head.
_STAMP_AS_READ = re.compile(r"[\W_]*(?:(?:TUY[EÊỆẸẾỀ]T|T[OÔÓỐỒỘỌ][Iİ1l])\s*)?M[AÀÁẢÃẠÂẦẤẨẪẬ]T[\W_]*")
_LABELLED = re.compile(r"(?i)\b(?:độ|mức\s+độ|dấu)\s+mật\s*[:：]\s*[\[(“\"]?\s*(?:tuyệt\s+|tối\s+)?mật\b")
_BODY_BEGINS = re.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG)\s+[\dIVX]|[IVX]{1,4}[.)]\s|1[.)]\s|(?:Căn\s+cứ|CĂN\s+CỨ)\b")
_TOP_LINES = 48


def is_secret(text: Text) -> bool:
    """Whether the paper bears the stamp MẬT, TỐI MẬT or TUYỆT MẬT at its head.

    A stamp stands on a line of its own, in capitals, before the body begins; or behind "Độ mật:".
    The words "bí mật" in a sentence, and model stamps in an appendix, are none.

    >>> from corpus.model import TextLine
    >>> is_secret(Text("TỐI MẬT\\nSố: 1/BC-UBND", (TextLine(0, 7), TextLine(8, 22))))
    True
    """
    for line in text.lines[:_TOP_LINES]:
        words = text.text[line.start : line.end]
        stamp = _STAMP if line.confidence is None else _STAMP_AS_READ
        if len(words) <= 30 and stamp.fullmatch(_unspaced(words)):
            return True
        if _LABELLED.search(words[:200]):
            return True
        if _BODY_BEGINS.match(words):
            return False
    return False


def _unspaced(words: str) -> str:
    """Letter-spaced capitals as one word: `M Ậ T` → `MẬT`."""
    parts = words.split()
    return "".join(parts) if len(parts) > 2 and all(len(part) == 1 for part in parts) else words
