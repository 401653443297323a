"""Drafts of the acts that handle documents: which instrument, whose, and its articles, from what the officer accepted.

A normative document is amended and replaced only by a normative one of its own issuer, and repealed by one of its
issuer (Luật 64/2025 Art. 8). An administrative act may repeal one only where reorganisation touched it, where nobody is
left to whom it applies (NĐ 79/2025 Art. 37.1.b), or where a former unit issued it (Luật 64/2025 Art. 54.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import Decision, Finding, LedgerEntry
from corpus.words import provision_words
from outputs.forms import phrases
from outputs.forms.cells import BLANK, Cell, Placed
from outputs.forms.listing import document_words, ledger_source
from outputs.forms.material import Material, is_council
from outputs.forms.paper import Block, Paper, Para, article
from outputs.forms.texts import fill, value, wordings
from outputs.forms.to_handle import proposal, sources_of, to_handle

Ground = Literal["sap_xep", "khong_con_doi_tuong", "dieu_54_2"]
GROUND_WORDS: dict[Ground, str] = {
    "sap_xep": "văn bản chịu sự tác động của việc sắp xếp, tổ chức bộ máy (điểm b khoản 1 Điều 37 Nghị định số "
    "79/2025/NĐ-CP)",
    "khong_con_doi_tuong": "văn bản không còn đối tượng áp dụng (điểm b khoản 1 Điều 37 Nghị định số 79/2025/NĐ-CP)",
    "dieu_54_2": "văn bản của đơn vị hành chính trước sắp xếp (khoản 2 Điều 54 Luật số 64/2025/QH15)",
}
_REPEALS = frozenset({"bai_bo_toan_bo", "bai_bo_mot_phan"})


@dataclass(frozen=True, slots=True)
class Task:
    """One document to handle: what was accepted on it, and the ground of an administrative act (None: normative)."""

    entry: LedgerEntry
    pairs: tuple[tuple[Finding, Decision | None], ...]
    ground: Ground | None

    @property
    def proposals(self) -> frozenset[str]:
        return frozenset(proposal(*pair) for pair in self.pairs)


def drafts(
    material: Material, chosen: Sequence[LedgerEntry] | None = None, grounds: Mapping[str, Ground] | None = None
) -> tuple[Paper, ...]:
    """Drafts for the documents chosen (all with accepted findings where None): one for each body and instrument that
    repeals or amends, one for each document to be replaced or newly made. `grounds` by key of the register: what the
    officer says an administrative act may rest on; a former unit's document has its own ground."""
    tasks = []
    for entry in chosen if chosen is not None else material.listed():
        pairs = tuple(pair for pair in to_handle(material, entry) if pair[1] is not None)
        if pairs:
            tasks.append(Task(entry, pairs, instrument(entry, pairs, (grounds or {}).get(entry.key))))
    papers: list[Paper] = []
    for council in (True, False):
        own = [task for task in tasks if is_council(task.entry) is council]
        for normative in (True, False):
            same = [task for task in own if (task.ground is None) is normative and _changes(task)]
            if same:
                papers.append(_changing(material, same, council, normative))
        papers += [_new(material, task, council) for task in own if _makes_new(task)]
    return tuple(papers)


def instrument(
    entry: LedgerEntry, pairs: Sequence[tuple[Finding, Decision | None]], ground: Ground | None = None
) -> Ground | None:
    """The ground on which an administrative act may handle a document; None where only a normative one may.

    Whoever amends, replaces or makes anew writes norms; only a repeal can be administrative.
    """
    if any(proposal(*pair) not in _REPEALS for pair in pairs):
        return None
    return ground or ("dieu_54_2" if entry.predecessor else None)


def _changes(task: Task) -> bool:
    return bool(task.proposals & (_REPEALS | {"sua_doi_bo_sung", "tam_ngung"}))


def _makes_new(task: Task) -> bool:
    return bool(task.proposals & {"thay_the", "ban_hanh_moi", "ban_hanh_moi_va_bai_bo"})


def _changing(material: Material, tasks: Sequence[Task], council: bool, normative: bool) -> Paper:
    """One draft for all documents of one body: whole repeals first, then repeals in part, suspensions, amendments."""
    articles, placed = _articles(material, tasks, council, normative)
    kind = "Nghị quyết" if council else "Quyết định"
    title = _title(tasks)
    return _paper(material, "bai-bo-qppl" if normative else "bai-bo-hanh-chinh", kind, title, articles, placed, council,
                  normative, tasks)  # fmt: skip


def _title(tasks: Sequence[Task]) -> str:
    does = []
    if any(task.proposals & {"sua_doi_bo_sung"} for task in tasks):
        does.append("sửa đổi, bổ sung một số điều")
    for code, said in (("bai_bo_toan_bo", "bãi bỏ toàn bộ"), ("bai_bo_mot_phan", "bãi bỏ một phần"),
                       ("tam_ngung", "tạm ngưng hiệu lực")):  # fmt: skip
        if any(code in task.proposals for task in tasks):
            does.append(said)
    what = document_words(tasks[0].entry) if len(tasks) == 1 else "một số văn bản quy phạm pháp luật"
    said = ", ".join(does)
    joined = f"{said} của {what}" if said.endswith("một số điều") else f"{said} {what}"
    if len(tasks) == 1 and tasks[0].entry.issuer:
        joined += f" của {tasks[0].entry.issuer}"
    return joined[:1].upper() + joined[1:]


def _articles(
    material: Material, tasks: Sequence[Task], council: bool, normative: bool
) -> tuple[tuple[Block, ...], list[Placed]]:
    blocks: list[Block] = []
    placed: list[Placed] = []
    number = 0

    def put(label: str, text: str | None, task: Task) -> str:
        sources = tuple(source for pair in task.pairs for source in sources_of(material, *pair))
        cell = Cell(text or "", (*sources, ledger_source(task.entry)), "filled" if text else "missing")
        placed.append(Placed(label, cell))
        return cell.shown

    whole = [task for task in tasks if "bai_bo_toan_bo" in task.proposals]
    if whole:
        number += 1
        label = "Văn bản bị bãi bỏ toàn bộ"
        named = [put(f"{label}, {n}", phrases.spoken(one.entry), one) for n, one in enumerate(whole, 1)]
        if len(named) == 1:
            blocks.append(article(number, f"Bãi bỏ toàn bộ {named[0]}."))
        else:
            blocks.append(article(number, "Bãi bỏ toàn bộ các văn bản quy phạm pháp luật sau đây:"))
            blocks += [Para(f"{n}. {one}{'.' if n == len(named) else ';'}") for n, one in enumerate(named, 1)]
    for code, does in (("bai_bo_mot_phan", "Bãi bỏ"), ("tam_ngung", "Tạm ngưng hiệu lực"), ("sua_doi_bo_sung", "")):
        for task in tasks:
            own = [pair for pair in task.pairs if proposal(*pair) == code]
            if not own:
                continue
            number += 1
            name = put("Văn bản", phrases.spoken(task.entry), task)
            if does:
                what = put("Điều, khoản, điểm", _units(own), task)
                blocks.append(article(number, f"{does} {what} {name}."))
                continue
            blocks.append(article(number, f"Sửa đổi, bổ sung một số điều của {name}"))
            for n, pair in enumerate(own, 1):
                text = (pair[1].text if pair[1] else None) or ""
                unit = put("Điều, khoản, điểm", _units([pair]), task)
                new = put("Nội dung sửa đổi, bổ sung", text.strip() or None, task)
                blocks.append(Para(f"{n}. Sửa đổi, bổ sung {unit} như sau:"))
                blocks.append(Para(f"“{new}”", "quote"))
    blocks += _closing(number, "Nghị quyết" if council else "Quyết định", council, normative, material)
    return tuple(blocks), placed


def _closing(number: int, kind: str, council: bool, normative: bool, material: Material) -> list[Block]:
    names = material.names
    day = "ngày      tháng      năm        "
    effect = f"{kind} này có hiệu lực {'thi hành từ ' + day if normative else 'kể từ ngày ký'}."
    if council:
        effect = f"{kind} này có hiệu lực {'từ ' + day if normative else 'kể từ ngày được thông qua'}."
        who = f"{names.committee} tổ chức thực hiện {kind} này."
        passed = f"{kind} này đã được {names.council} khóa …, kỳ họp thứ … thông qua {day}./."
        return [article(number + 1, effect), article(number + 2, who), Para(passed, "base")]
    everyone = f"{phrases.justice(material)}, các cơ quan, đơn vị và cá nhân có liên quan"
    who = f"{everyone} chịu trách nhiệm thi hành {kind} này./."
    return [article(number + 1, effect), article(number + 2, who)]


def _new(material: Material, task: Task, council: bool) -> Paper:
    """A draft that replaces a document, or makes a new one (and repeals the old): its norms are for the drafter."""
    kind = "Nghị quyết" if council else "Quyết định"
    placed: list[Placed] = []
    sources = tuple(source for pair in task.pairs for source in sources_of(material, *pair))

    def gap(label: str) -> str:
        cell = Cell("", sources, "missing")
        placed.append(Placed(label, cell))
        return cell.shown

    old = Cell(phrases.spoken(task.entry), (ledger_source(task.entry),))
    placed.append(Placed("Văn bản được thay thế", old))
    texts = [one.text.strip() for _, one in task.pairs if one and one.text]
    body: list[Block] = [
        article(1, f"Phạm vi điều chỉnh, đối tượng áp dụng: {gap('Phạm vi điều chỉnh, đối tượng áp dụng')}"),
        article(2, f"Nội dung: {'; '.join(texts) or gap('Nội dung quy định')}"),
    ]
    replaces = "thay_the" in task.proposals
    if replaces or "ban_hanh_moi_va_bai_bo" in task.proposals:
        end = "thay thế" if replaces else "bãi bỏ"
        body.append(article(3, f"{kind} này {end} {old.shown}."))
        title = f"{gap('Tên gọi của văn bản mới')} ({end} {document_words(task.entry)})"
    else:
        title = gap("Tên gọi của văn bản mới")
    body += _closing(len(body), kind, council, True, material)
    return _paper(material, "bai-bo-qppl", kind, title, tuple(body), placed, council, True, [task])


def _paper(
    material: Material, code: str, kind: str, title: str, articles: tuple[Block, ...], placed: list[Placed],
    council: bool, normative: bool, tasks: Sequence[Task],
) -> Paper:  # fmt: skip
    wording = wordings()[code]
    grounds = "; ".join(dict.fromkeys(GROUND_WORDS[task.ground] for task in tasks if task.ground))
    plain = {"loai_hoa": kind.upper(), "tieu_de": title, "tieu_de_thuong": title[:1].lower() + title[1:],
             "truong_hop": grounds or BLANK,
             "noi_ban_hanh": "Đại biểu Hội đồng nhân dân" if council else "Các cơ quan, đơn vị thi hành"}  # fmt: skip
    filled = fill(wording, {**phrases.common(material), **{k: value(k, v) for k, v in plain.items()}},
                  {"hdnd"} if council else (), {"dieu": articles})  # fmt: skip
    symbol = f"{material.year}/" if normative else ""
    number = f"{symbol}{'NQ-HĐND' if council else 'QĐ-UBND'}"
    wording = replace(wording, kind=kind.upper())
    paper = phrases.of_committee(wording, filled, material, council=council, number=number)
    own = tuple(item for item in paper.placed if item.place not in plain)
    which = "-".join(filter(None, ("hdnd" if council else "ubnd", "" if normative else "hanh-chinh")))
    name = f"xu-ly {which} {tasks[0].entry.symbol or tasks[0].entry.key}" if len(tasks) == 1 else f"xu-ly {which}"
    return replace(paper, code=name, placed=(*own, *placed))


def _units(pairs: Sequence[tuple[Finding, Decision | None]]) -> str:
    places = [p.provision for finding, _ in pairs for p in finding.places if p.provision]
    said = (provision_words(one) for one in dict.fromkeys(places))
    # Whoever repeals a clause of an attached text says so in the words of such clauses.
    return "; ".join(one.replace(" (văn bản kèm theo)", " của văn bản ban hành kèm theo") for one in said)
