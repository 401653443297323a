"""KH02: numbers of the commune's own documents that nobody can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.model import CompleteYear, Document, Finding
from corpus.office.numbers import DENSE, ENOUGH, Gap, Numbered, gaps, numbered
from rules.asked import asked, made_once
from rules.base import Context, finding, opening, place, rule
from rules.parameters import Parameter

_SHOWN = 12
KNOWN = Parameter("KH02", "da_co", round(100 * DENSE), "%", 50, 100,
                  "phần số đã có của một năm chưa ghi là đủ văn bản, từ đó mới nêu số bị khuyết")  # fmt: skip
FEWEST = Parameter("KH02", "so_van_ban", ENOUGH, "văn bản", 2, 500,
                   "số văn bản ít nhất đã có của năm ấy, từ đó mới nêu số bị khuyết")  # fmt: skip


@rule("KH02", "Số văn bản bị khuyết trong sổ đăng ký", "thong_tin", "–", "xem_xet", parameters=(KNOWN, FEWEST))
def kh02(document: Document, context: Context) -> Iterator[Finding]:
    """Numbers missing just before the document's own in the numbering of its issuer, kind and year.

    Tìm: số văn bản bị khuyết ngay trước số của văn bản này, trong cùng năm, cùng loại, cùng cơ quan ban hành. Chỉ nêu
    khi năm đó đã được ghi là đủ văn bản, hoặc khi kho và sổ văn bản đã có gần đủ các số.
    Căn cứ: không có; để bổ sung kho văn bản trước khi lập danh mục
    Có phát hiện: Kho có 01, 02, 03, 05 và 06/2024/QĐ-UBND, thiếu 04/2024/QĐ-UBND.
    Không phát hiện: Kho chỉ có một văn bản của năm, hoặc năm không có số nào bị khuyết.
    Kiến nghị: tìm văn bản còn thiếu trong sổ văn bản đi; nếu số đó không dùng thì ghi chú lại.
    """
    head = document.masthead
    if head is None or head.level not in ("xa", None) or head.normative is False:
        return
    own = numbered(head.symbol, head.issuer, document.path)
    if own is None:
        return
    for gap in _before(context, document.path):
        yield _finding(document, gap)


def _finding(document: Document, gap: Gap) -> Finding:
    names = gap.symbols
    shown = ", ".join(names[:_SHOWN]) + (f" và {len(names) - _SHOWN} số khác" if len(names) > _SHOWN else "")
    why = (
        f"Năm {gap.year} được ghi là đã đủ văn bản"
        if gap.declared
        else f"Kho và sổ văn bản đã có gần đủ số của năm {gap.year}"
    )
    start, end = (document.masthead.spans.get("symbol") if document.masthead else None) or opening(document)
    return finding(
        ("KH02", "thong_tin", "–"), document, [place(document, start, end)],
        f"Thiếu số {shown} ({gap.issuer}). {why}; cần tìm trong sổ văn bản đi.",
        certainty="can_kiem_tra" if gap.declared else "goi_y", proposal="xem_xet", target=(names[0], None), evidence=[],
    )  # fmt: skip


@asked("gaps")
def _before(context: Context, path: str) -> Sequence[Gap]:
    """Gaps that the document at a path stands behind."""
    return made_once("gaps", context, lambda: _gaps(context)).get(path, ())


def _gaps(context: Context) -> Mapping[str, list[Gap]]:
    """Gaps of the whole library by the path they stand before, asked once (a run judges all documents with one)."""
    known: list[Numbered] = []
    for one in context.library.reviewed():
        head = one.masthead
        if head and head.normative is not False and (row := numbered(head.symbol, head.issuer, one.path)):
            known.append(row)
    years = [CompleteYear(year) for year in sorted(context.settings.complete_years)]
    found: dict[str, list[Gap]] = {}
    values = context.settings.values
    for gap in gaps([*known, *context.settings.numbered], [*years, *context.settings.whole],
                    KNOWN.share(values), FEWEST.chosen(values)):  # fmt: skip
        found.setdefault(gap.before.name, []).append(gap)
    return found
