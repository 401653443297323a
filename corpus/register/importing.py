"""Corrections from a CSV file or saved pages into the user's own register rows (`danh-muc/`), all values checked first.

A file with one wrong row changes nothing: half an import would be believed whole.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from corpus import symbols
from corpus.model import EffectType, StateName
from corpus.register import rows
from corpus.register.index import read_csv
from corpus.register.pages import NotUnderstood, read_page
from corpus.register.rows import COLUMNS

SOURCES = ("van_ban", "vbpl", "phap_dien", "trich_dan", "chua_ro")
_NEEDED = {
    "documents": ("symbol", "state"), "effects": ("affected_symbol", "type", "by_symbol"), "names": ("name", "symbol"),
    "institutional_changes": ("id", "loai", "ten_cu"),
}  # fmt: skip
_KEYS = {
    "documents": ("symbol", "kind", "issuer", "date"),
    "effects": ("affected_symbol", "affected_provision", "type", "by_symbol"),
    "names": ("name", "year", "symbol"), "institutional_changes": ("id",),
}  # fmt: skip
_VALUES = {"documents": rows.known_document, "effects": rows.known_effect, "names": rows.known_name,
           "institutional_changes": rows.institution}  # fmt: skip


class ImportFault(ValueError):
    """The file cannot be taken in; `faults` says why (Vietnamese, one line each)."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Imported:
    """`table` the file of `danh-muc/` written; `added` new rows, `replaced` rows that stood there with the same key."""

    table: str
    added: int
    replaced: int


PAGES = (".html", ".htm")


def take_in(file: Path, own: Path, seen: date | None = None) -> list[Imported]:
    """Add the rows of a CSV file, a saved page of vbpl.vn or a folder of such pages to `own` (made where missing).

    `seen`: the day on which the pages were saved. Raises `ImportFault`, then nothing was written.
    """
    pages = sorted(path for path in file.rglob("*") if path.suffix.lower() in PAGES) if file.is_dir() else []
    if file.is_dir() and not pages:
        raise ImportFault([f"{file}: không có trang HTML nào."])
    if pages or file.suffix.lower() in PAGES:
        return _add(own, _of_pages(pages or [file], seen))
    table, found = _read(file)
    faults = [fault for number, row in enumerate(found, 2) for fault in _faults(table, row, f"dòng {number}")]
    if faults:
        raise ImportFault(faults)
    return _add(own, {table: found})


def _of_pages(files: Iterable[Path], seen: date | None) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {"documents": [], "effects": []}
    faults: list[str] = []
    for file in files:
        try:
            page = read_page(file, seen)
        except NotUnderstood as error:
            faults.append(str(error))
            continue
        faults += _faults("documents", page.document, str(file))
        faults += [fault for row in page.effects for fault in _faults("effects", row, str(file))]
        found["documents"].append(page.document)
        found["effects"] += page.effects
    if faults:
        raise ImportFault(faults)
    return found


def _add(own: Path, tables: Mapping[str, list[dict[str, str]]]) -> list[Imported]:
    done = []
    own.mkdir(parents=True, exist_ok=True)
    for table, found in tables.items():
        if not found:
            continue
        kept = {_key(table, row): row for row in read_csv(own, table)}
        new = {_key(table, row): row for row in found}
        replaced = len(kept.keys() & new.keys())
        _write(own / f"{table}.csv", COLUMNS[table], {**kept, **new}.values())
        done.append(Imported(table, len(new) - replaced, replaced))
    return done


def _read(file: Path) -> tuple[str, list[dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            header = [name.strip() for name in reader.fieldnames or ()]
            lines = [{(k or "").strip(): (v or "").strip() for k, v in line.items() if k is not None}
                     for line in reader]  # fmt: skip
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        fault = f"{file}: không đọc được tệp CSV UTF-8 ({type(error).__name__})."
        raise ImportFault([fault]) from error
    table = next((name for name, needed in _NEEDED.items() if set(needed) <= set(header)), None)
    if table is None:
        names = "; ".join(f"{name}: {', '.join(needed)}" for name, needed in _NEEDED.items())
        raise ImportFault([f"{file}: thiếu cột bắt buộc. Các cột cần có theo từng danh mục: {names}."])
    unknown = [name for name in header if name not in COLUMNS[table]]
    if unknown:
        raise ImportFault([f"{file}: danh mục {table} không có cột {', '.join(unknown)}; "
                           f"các cột: {', '.join(COLUMNS[table])}."])  # fmt: skip
    if not lines:
        raise ImportFault([f"{file}: không có dòng nào."])
    return table, [{column: line.get(column, "") for column in COLUMNS[table]} for line in lines]


def _faults(table: str, row: Mapping[str, str], place: str) -> Iterable[str]:
    for column in _NEEDED[table]:
        if not row[column]:
            yield f"{place}: thiếu {column}"
            return
    try:
        _VALUES[table](row)
    except ValueError as error:
        yield f"{place}: giá trị không dùng được ({error}); ngày viết dạng 2025-04-01"
    allowed: dict[str, tuple[str, ...]] = {}
    if table == "documents":
        allowed = {"state": get_args(StateName)[:6], "source_kind": SOURCES}
    elif table == "effects":
        allowed = {"type": get_args(EffectType), "source_kind": SOURCES}
    for column, values in allowed.items():
        if row[column] and row[column] not in values:
            yield f"{place}: {column} “{row[column]}” không có trong: {', '.join(values)}"
    for column in ("symbol", "affected_symbol", "by_symbol"):
        symbol = row.get(column, "").removeprefix("external:")
        if symbol and table != "institutional_changes" and not any(letter.isdigit() for letter in symbol):
            yield f"{place}: {column} “{symbol}” không phải số, ký hiệu văn bản"
    first, last = row.get("effective", ""), row.get("ended", "")
    if first and last and last < first:
        yield f"{place}: ngày hết hiệu lực {last} trước ngày có hiệu lực {first}"


def _key(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(symbols.key(row[c]) if c.endswith("symbol") else row[c].casefold() for c in _KEYS[table])


def _write(place: Path, columns: Iterable[str], lines: Iterable[Mapping[str, str]]) -> None:
    partial = place.with_name(f".{place.name}.part")
    with partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    os.replace(partial, place)
