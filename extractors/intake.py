"""What is this file, and is it safe and lawful to open?

`inspect` looks at a file from outside: size, first bytes, the directory of a ZIP. `is_secret` looks
at what was read: a paper stamped with a degree of secrecy (Luật Bảo vệ bí mật nhà nước 29/2018/QH14,
Điều 8, and later law) must leave no trace in the program.
"""

from __future__ import annotations

import mmap
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Outcome, Text
from extractors.readers import Format, package
from extractors.readers.limits import Excess

MAX_BYTES = 64 * 1024 * 1024
MAX_TEXT_BYTES = 24 * 1024 * 1024  # text alone: the longest code has 1 MB, a saved page with its scripts 1.2

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
_REPEATED = re.compile(rb"(?:number-(?:columns|rows)-repeated|text:c)\s*=\s*[\"'](\d{1,12})")
_MAX_REPEATED, _MAX_ODF_TAGS, _MAX_MANIFEST = 100_000, 400_000, 4 * 1024 * 1024
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
        return _of_text(path, "office")
    if head.startswith(_PICTURES):
        return Gate("image")
    declared = _BY_SUFFIX.get(suffix)
    if _HTML_START.match(head.removeprefix(b"\xef\xbb\xbf")) and (declared is not None or not suffix):
        return _of_text(path, "html")
    if declared is None:
        return _unsupported(path, _NAMES.get(suffix, f"“{suffix}”" if suffix else "không rõ"))
    if declared in ("mht", "doc", "html") and _is_mht(head):
        return Gate("mht")
    if declared in _KINDS:
        kind = _KINDS[declared]
        return _refused(path, "damaged", f"nội dung không phải tệp {kind} hợp lệ; hãy mở và lưu lại từ bản gốc")
    if _is_binary(head):
        return _refused(path, "not_supported", "tên là tệp chữ nhưng nội dung không phải chữ; hãy kiểm tra lại tệp gốc")
    return _of_text(path, declared)


def _of_text(path: Path, format: Format) -> Gate:
    """A file that is all text: there is a size that no text has."""
    size, limit = path.stat().st_size, MAX_TEXT_BYTES // (1024 * 1024)
    if size > MAX_TEXT_BYTES:
        reason = f"tệp chữ nặng {size // (1024 * 1024)} MB, quá giới hạn {limit} MB; hãy chia nhỏ tệp"
        return _refused(path, "too_large", reason)
    return Gate(format)


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
        if package.entries(path) > package.MAX_ENTRIES:
            return _bomb(path)
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            open_document = "content.xml" in names and "mimetype" in names
            if not open_document and not any(_WORD_TEXT.fullmatch(name) for name in names):
                return _other_zip(path, names)
            if any(entry.flag_bits & 1 for entry in entries):
                return _encrypted(path)
            if sum(entry.file_size for entry in entries) > package.MAX_INFLATED_BYTES or any(
                map(package.is_bomb, entries)
            ):
                return _bomb(path)
            if len(names) != len(entries) or any(map(_is_odd, entries)):
                return _refused(path, "damaged", "tên các phần trong tệp bất thường nên không mở; hãy lấy lại bản gốc")
            if any(_is_macro(name) for name in names):
                return _macro(path)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    head = package.beginning(archive, entry.filename)
                    if package.is_unsafe(head):
                        reason = "tệp chứa khai báo không an toàn (DOCTYPE) nên không mở; hãy lấy lại bản gốc"
                        return _refused(path, "damaged", reason)
                    if entry.filename == "[Content_Types].xml" and b"macroEnabled" in head:
                        return _macro(path)
            if open_document:
                return _open_document(path, archive)
    except Excess:
        return _bomb(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        told = type(error).__name__
        reason = f"tệp Word bị hỏng (không giải nén được: {told}); hãy mở và lưu lại từ bản gốc"
        return _refused(path, "damaged", reason)
    return Gate("docx")


def _open_document(path: Path, archive: zipfile.ZipFile) -> Gate:
    """ODF: a text may be opened, unless its manifest says that its parts are encrypted (ODF 1.2 part 3, 4.8)."""
    kind = package.beginning(archive, "mimetype", 80)
    if not kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return _unsupported(path, "ODF (không phải văn bản)")
    names = archive.namelist()
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in package.part(archive, manifest, _MAX_MANIFEST):
        return _encrypted(path)
    content = package.part(archive, "content.xml")
    if package.is_unsafe(content):
        return _refused(path, "damaged", "tệp chứa khai báo không an toàn (DOCTYPE) nên không mở; hãy lấy lại bản gốc")
    # What LibreOffice would write out: a row a million times, two billion blanks (ODF 1.2 part 1, 19.675 to 19.764).
    repeated = (int(found[1]) for found in _REPEATED.finditer(content))
    if content.count(b"<") > _MAX_ODF_TAGS or sum(number for number in repeated if number > 1) > _MAX_REPEATED:
        return _bomb(path)
    return Gate("office")


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A name that points outside the package or is none, or a part packed as no Office program does it."""
    name = entry.filename
    outside = name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:3]
    strange = len(name) > 400 or not name.isprintable() or package.is_packed_strangely(entry)
    return outside or strange or entry.orig_filename != name


def _is_macro(name: str) -> bool:
    """A part that holds a program: VBA in OOXML, Basic and scripts in ODF."""
    low = name.lower()
    return low.endswith(("vbaproject.bin", "vbadata.xml")) or low.startswith(("basic/", "scripts/"))


def _other_zip(path: Path, names: set[str]) -> Gate:
    if "[Content_Types].xml" in names and path.suffix.lower() in (".docx", ".docm"):
        return _refused(path, "damaged", "tệp Word thiếu phần nội dung; hãy mở và lưu lại từ bản gốc")
    for folder, kind in (("xl/", "Excel"), ("ppt/", "PowerPoint")):
        if any(name.startswith(folder) for name in names):
            return _unsupported(path, kind)
    return _unsupported(path, "ZIP")


def _ole(path: Path) -> Gate:
    """Compound files: old Word, encrypted new Word, or something else of Office."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        if raw.find(_utf16("EncryptedPackage")) >= 0:
            return _encrypted(path)
        if raw.find(_utf16("WordDocument")) < 0:
            streams = (("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint"))
            return _unsupported(path, next((kind for stream, kind in streams if raw.find(_utf16(stream)) >= 0),
                                           "Office cũ"))  # fmt: skip
        # [MS-OVBA] 2.2.1: the storage of a project holds a stream of this name.
        if raw.find(_utf16("_VBA_PROJECT")) >= 0:
            return _macro(path)
        # [MS-DOC] FibBase: wIdent 0xA5EC begins the WordDocument stream, on a sector; bit 8 of the flags: encrypted.
        for at in range(512, min(len(raw), 1 << 20), 512):
            if raw[at : at + 2] == b"\xec\xa5" and raw[at + 3 : at + 4] in (b"\0", b"\1"):
                return _encrypted(path) if raw[at + 11 : at + 12] and raw[at + 11] & 1 else Gate("doc")
    return Gate("doc")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refused(path: Path, outcome: Outcome, reason: str) -> Gate:
    return Gate(outcome=outcome, message=f"{path}: {reason}.")


def _encrypted(path: Path) -> Gate:
    return _refused(path, "encrypted", "tệp có mật khẩu; hãy lưu một bản không đặt mật khẩu rồi chạy lại")


def _bomb(path: Path) -> Gate:
    return _refused(path, "too_large", "tệp nén lớn bất thường nên không mở; hãy lấy lại bản gốc")


def _macro(path: Path) -> Gate:
    return _refused(path, "not_supported", "tệp có macro nên không mở; hãy lưu thành DOCX không có macro")


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
