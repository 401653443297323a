"""A file → a Document: text, provisions, citations, effects.

`extract` is the journey of one file. Each step is a pure function of what the steps before it gave.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model import Document, Effect, Known, Masthead
from extractors.readers import Reading

if TYPE_CHECKING:
    from extractors.intake import Gate


def extract(path: str | Path, known: Known, seconds: float | None = None, gate: Gate | None = None) -> Document:
    """Read one file. Never raises for what is in the file: `outcome` and `message` say what was wrong.

    `seconds`: when to stop reading (main thread only); what was read by then is kept, marked `timeout`.
    `gate`: what `intake.inspect` said of the file, where it was asked before.

    `known` answers questions about the world (the register, or `NothingKnown`). Runs in the calling
    process; `extractors.sandbox` is the way to read files that nobody vouches for.
    """
    from extractors import intake, readers

    gate = gate or intake.inspect(Path(path))
    if gate.outcome != "ok":
        return Document(str(path), gate.outcome, gate.message)
    reading = readers.read(Path(path), gate.format, seconds)
    if reading.outcome == "ok":
        return understand(str(path), reading, known)
    unread = Document(str(path), reading.outcome, reading.message)
    return _in_part(unread, understand(str(path), reading, known)) if reading.lines else unread


def _in_part(unread: Document, read: Document) -> Document:
    """What was read of a file that was not read to its end: marked by its outcome; a secret paper keeps nothing."""
    if read.outcome == "restricted":
        return read
    return replace(read, outcome=unread.outcome, message=unread.message) if read.readable else unread


def understand(path: str, reading: Reading, known: Known) -> Document:
    """From the lines of a reader to a Document. Secret papers keep nothing; an empty text is damage."""
    # The grammars take a third of a second to compile: a process that only hands files to a worker needs none.
    from extractors import cleaning, effects, intake, masthead, outline, scanned
    from extractors.citations import cite

    text = cleaning.clean(reading.lines)
    if not text.text.strip():
        return Document(path, "damaged", f"{path}: tệp không có chữ nào; hãy kiểm tra lại tệp gốc.")
    if intake.is_secret(text):
        return Document(path, "restricted", f"{path}: văn bản đóng dấu mật; rasoat không đọc và không lưu nội dung.")
    head = scanned.headed(text, masthead.read(text, reading.title))
    tree = outline.outline(text, head)
    citations = scanned.keyed(scanned.told(text, cite(text, head, tree, known)), known)
    found = effects.find(text, head, tree, citations)
    return Document(
        path=path, outcome="ok", masthead=_with_validity(head, found), text=text.text, lines=text.lines,
        provisions=tree.provisions, quotes=tree.quotes, citations=citations, effects=found, unsure=text.unsure,
        warnings=reading.warnings,
    )  # fmt: skip


def load(known: Known | None = None) -> None:
    """Import every stage, and let each compile what it compiles when first used, ahead of a fork.

    Patterns that only a document asks for cost each child 40 ms, as much as reading a short PDF; a register that is
    asked for the first time (`known`) 8 ms.
    """
    from corpus.model import Line
    from corpus.nothing import NothingKnown

    lines = [Line(line, starts_paragraph=True) for line in _SAMPLE.split("\n")]
    understand("", Reading(tuple(lines)), known or NothingKnown())


_SAMPLE = """ỦY BAN NHÂN DÂN
XÃ MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 01/2024/QĐ-UBND
Mẫu, ngày 05 tháng 01 năm 2024
QUYẾT ĐỊNH
Về việc ban hành quy chế
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ quy định chi tiết;
QUYẾT ĐỊNH:
Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 02/2020/QĐ-UBND ngày 06 tháng 3 năm 2020 như sau:
1. Sửa đổi khoản 2 Điều 5 như sau: “2. Hộ gia đình theo điểm a, b và c khoản 1 Điều này.”
2. Thay thế cụm từ “Ủy ban nhân dân huyện” bằng cụm từ “Ủy ban nhân dân xã” tại các Điều 3, 4 và 7.
a) Bãi bỏ khoản 3 Điều 6 và Phụ lục II;
Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 03/2019/QĐ-UBND.
Nơi nhận:
- Như Điều 2;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
PHỤ LỤC I
I. MỤC TIÊU
1.1. Nội dung [1]"""


def _with_validity(head: Masthead, found: tuple[Effect, ...]) -> Masthead:
    """The first day in force and the first day no longer in force, where the document's own clauses say so."""
    own = [effect for effect in found if effect.target.self_ and effect.target.provision is None and effect.from_]
    commence = next((effect.from_ for effect in own if effect.type == "commence"), None)
    expire = next((effect.from_ for effect in own if effect.type == "expire"), None)
    return replace(head, effective=commence or head.effective, expires=expire or head.expires)
