"""The office's own rules from TOML files: `quy-tac/*.toml` beside `rasoat.toml`.

A file holds any number of `[[thuat_ngu]]` (an old term) and `[[quy_tac]]` (phrases or expressions), each with a code
of the office's own prefix. A rule with a fault is left out and the fault is told with file, line, field and what to do;
the good ones are used. The examples that a rule gives are run when it is read, so a rule that does not do what its
author means never judges a document.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast, get_args

from corpus.model import Certainty, Severity
from corpus.symbols import KIND_NAMES
from corpus.text import fold_words, nfc, tone_key
from rules.base import Rule
from rules.own_rules import PARTS, Entry, OwnCheck, hits, made
from rules.patterns import PatternFault, expression, phrase

TERMS_NAME = "Từ ngữ, tên gọi cũ (danh sách của đơn vị)"
_SHARED = {"ma", "ten", "can_cu", "tu_ngay", "muc", "kien_nghi", "do_chac", "tru", "loai_van_ban", "quy_pham", "phan",
           "phai_bat", "khong_bat"}  # fmt: skip
_FIELDS = {"thuat_ngu": {*_SHARED, "cu", "nay"}, "quy_tac": {*_SHARED, "cum_tu", "mau", "loi_nhan"}}
_NEEDED = {"thuat_ngu": ("ma", "cu", "can_cu"), "quy_tac": ("ma", "ten", "can_cu", "loi_nhan", "phai_bat", "khong_bat")}
_CODE = re.compile(r"[A-Z]{2,4}\d{2}$")
_SYMBOL = re.compile(r"(?<![\d/])\d{1,5}(?:\.\d{1,3})?/(?:\d{4}/)?[A-ZĐ][\wĐđ.\-]{1,30}(?<![.\-])")
_HARSH = re.compile(r"trái pháp luật|vi phạm")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules that can be used, by code, and what was wrong with the others (Vietnamese, one line each)."""

    rules: tuple[Rule, ...] = ()
    faults: tuple[str, ...] = ()


class _Fault(ValueError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def load(folder: Path, taken: Collection[str], proposals: Collection[str]) -> Loaded:
    """All rules of a folder, none where it is not there. `taken`: prefixes of the program; `proposals`: allowed."""
    entries: dict[str, list[tuple[Entry, dict[str, Any], str]]] = defaultdict(list)
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        shown = f"{folder.name}/{path.name}"
        try:
            text = nfc(path.read_text("utf-8-sig"))
            table = tomllib.loads(text)
        except UnicodeDecodeError:
            faults.append(f"{shown}: tệp không ở bảng mã UTF-8. Hãy lưu lại bằng UTF-8; các tệp khác vẫn được dùng.")
            continue
        except OSError as error:
            faults.append(f"{shown}: không đọc được ({error.strerror}). Hãy kiểm tra quyền của tệp.")
            continue
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{shown}: {_toml_fault(str(error))}")
            continue
        faults += _into(entries, table, text, shown, taken, proposals)
    return Loaded(tuple(_rule(code, entries[code]) for code in sorted(entries)), tuple(faults))


def _into(
    entries: dict[str, list[tuple[Entry, dict[str, Any], str]]], table: Mapping[str, Any], text: str, shown: str,
    taken: Collection[str], proposals: Collection[str],
) -> list[str]:  # fmt: skip
    """Put the good entries of one file in; give the faults of the others."""
    faults = [
        f"{shown}, dòng {_line(text, name)}: không có mục “{name}”{_meant(name, _FIELDS)}. Mỗi quy tắc ghi dưới dòng "
        f"[[thuat_ngu]] hoặc [[quy_tac]]."
        for name in table if name not in _FIELDS
    ]  # fmt: skip
    for sort in _FIELDS:
        rows = table.get(sort, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(f"{shown}, dòng {_line(text, sort)}: mục {sort} phải ghi dạng [[{sort}]] (hai ngoặc vuông).")
            continue
        for i, row in enumerate(rows):
            code = str(row.get("ma", "")).strip()
            try:
                entry = _entry(sort, row, taken, proposals)
                others = entries.get(code, [])
                if others and (sort == "quy_tac" or not others[0][0].term or others[0][2] != shown):
                    raise _Fault("ma", f"mã {code} đã dùng cho một quy tắc khác ({others[0][2]}); hãy chọn mã khác")
                entries[code].append((entry, row, shown))
            except _Fault as fault:
                name = f"quy tắc {code}, " if code else ""
                faults.append(
                    f"{shown}, dòng {_line_of(text, sort, i, fault.field)}: {name}mục {fault.field}: {fault}. Quy tắc "
                    f"này chưa được dùng, các quy tắc khác vẫn chạy."
                )
    return faults


def _rule(code: str, rows: list[tuple[Entry, dict[str, Any], str]]) -> Rule:
    name = next((str(row["ten"]) for _, row, _ in rows if row.get("ten")), TERMS_NAME)
    must = [text for _, row, _ in rows for text in _listed(row.get("phai_bat", []))]
    never = [text for _, row, _ in rows for text in _listed(row.get("khong_bat", []))]
    if not must:
        must = [f"… {_listed(row['cu'])[0]} …" for entry, row, _ in rows if entry.term][:5]
    written = repr([sorted((key, repr(value)) for key, value in row.items()) for _, row, _ in rows])
    return made(name, OwnCheck(code, tuple(entry for entry, _, _ in rows), rows[0][2], written), (must, never))


# --- one entry -----------------------------------------------------------------------------------


def _entry(sort: str, row: Mapping[str, Any], taken: Collection[str], proposals: Collection[str]) -> Entry:
    for name in row:
        if name not in _FIELDS[sort]:
            raise _Fault(name, f"không có mục này{_meant(name, _FIELDS[sort])}; có thể ghi: "
                               f"{', '.join(sorted(_FIELDS[sort]))}")  # fmt: skip
    for name in _NEEDED[sort]:
        if not row.get(name):
            raise _Fault(name, "còn thiếu; hãy ghi mục này")
    code = row["ma"]
    if not isinstance(code, str) or not _CODE.match(code):
        raise _Fault("ma", "mã gồm 2 đến 4 chữ in hoa không dấu và 2 chữ số, ví dụ XA01")
    if code.rstrip("0123456789") in taken:
        raise _Fault("ma", f"các chữ {', '.join(sorted(taken))} là mã của chương trình; hãy dùng chữ khác, ví dụ XA01")
    ground = _text(row, "can_cu")
    symbol = _SYMBOL.search(ground)
    if symbol is None:
        raise _Fault("can_cu", "phải có số, ký hiệu của văn bản, ví dụ “khoản 2 Điều 5 Nghị định số 150/2025/NĐ-CP”")
    term = sort == "thuat_ngu"
    says = _text(row, "nay" if term else "loi_nhan")
    if not term and _HARSH.search(tone_key(says).replace("có dấu hiệu trái pháp luật", "")):
        raise _Fault("loi_nhan", "không viết “vi phạm”, “trái pháp luật”; hãy viết “có dấu hiệu trái pháp luật” hoặc "
                                 "nói văn bản đang ghi gì, quy định nay là gì")  # fmt: skip
    entry = Entry(
        ground=ground, symbol=symbol[0], says=says,
        severity=cast(Severity, _one_of(row, "muc", get_args(Severity), "thap")),
        proposal=_one_of(row, "kien_nghi", tuple(proposals), "giu_nguyen" if term else "xem_xet"),
        certainty=cast(Certainty, _one_of(row, "do_chac", get_args(Certainty), "can_kiem_tra")),
        patterns=_patterns(row, term), excepted=tuple(_compiled("tru", text, phrase) for text in _texts(row, "tru")),
        since=_day(row, "tu_ngay"), kinds=_kinds(row), normative=_flag(row, "quy_pham"), parts=_parts(row), term=term,
    )  # fmt: skip
    _try_out(entry, row)
    return entry


def _patterns(row: Mapping[str, Any], term: bool) -> tuple[re.Pattern[str], ...]:
    if term:
        return tuple(_compiled("cu", text, phrase) for text in _texts(row, "cu"))
    found = [_compiled("cum_tu", text, phrase) for text in _texts(row, "cum_tu")]
    found += [_compiled("mau", text, expression) for text in _texts(row, "mau")]
    if not found:
        raise _Fault("cum_tu", "cần ít nhất một cụm từ (cum_tu) hoặc một mẫu (mau) để tìm")
    return tuple(found)


def _try_out(entry: Entry, row: Mapping[str, Any]) -> None:
    for text in _texts(row, "phai_bat"):
        if not hits(entry, text):
            raise _Fault("phai_bat", f"câu “{text}” phải bị bắt mà quy tắc không bắt; hãy sửa cụm từ, mẫu hoặc tru")
    for text in _texts(row, "khong_bat"):
        if found := hits(entry, text):
            words = text[slice(*found[0])]
            raise _Fault("khong_bat", f"câu “{text}” không được bắt mà quy tắc bắt ở “{words}”; hãy thêm vào tru hoặc "
                                      f"ghi cụm từ dài hơn")  # fmt: skip


def _compiled(field: str, text: str, make: Any) -> re.Pattern[str]:
    try:
        return cast("re.Pattern[str]", make(text))
    except PatternFault as fault:
        raise _Fault(field, str(fault)) from None


# --- fields --------------------------------------------------------------------------------------


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise _Fault(name, "phải là chữ, đặt trong ngoặc kép")
    return " ".join(value.split())


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(row: Mapping[str, Any], name: str) -> list[str]:
    values = _listed(row.get(name, []))
    if not all(isinstance(one, str) and one.strip() for one in values):
        raise _Fault(name, 'phải là chữ hoặc danh sách chữ, ví dụ ["…", "…"]')
    return values


def _one_of(row: Mapping[str, Any], name: str, allowed: tuple[str, ...], usual: str) -> str:
    value = row.get(name, usual)
    if value not in allowed:
        raise _Fault(name, f"“{value}” không dùng được{_meant(str(value), allowed)}; có thể ghi: {', '.join(allowed)}")
    return str(value)


def _day(row: Mapping[str, Any], name: str) -> date | None:
    value = row.get(name)
    if value is not None and type(value) is not date:
        raise _Fault(name, "phải là ngày dạng 2025-07-01, không có ngoặc kép")
    return value


def _flag(row: Mapping[str, Any], name: str) -> bool | None:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise _Fault(name, "phải là true (chỉ văn bản quy phạm pháp luật) hoặc false (chỉ văn bản hành chính)")
    return value


def _kinds(row: Mapping[str, Any]) -> frozenset[str]:
    by_name = {fold_words(name): kind for kind, name in KIND_NAMES.items()}
    found = []
    for text in _texts(row, "loai_van_ban"):
        kind = by_name.get(fold_words(text)) or by_name.get(fold_words(text.replace("_", " ")))
        if kind is None:
            names = tuple(KIND_NAMES.values())
            raise _Fault("loai_van_ban", f"không có loại “{text}”{_meant(text, names)}; các loại: {', '.join(names)}")
        found.append(kind)
    return frozenset(found)


def _parts(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = _texts(row, "phan") or ["noi_dung"]
    for part in parts:
        if part not in PARTS:
            raise _Fault("phan", f"không có phần “{part}”{_meant(part, PARTS)}; các phần: {', '.join(PARTS)}")
    return tuple(parts)


def _meant(name: str, allowed: Collection[str]) -> str:
    close = get_close_matches(name, list(allowed), 1)
    return f" (có phải “{close[0]}”?)" if close else ""


# --- lines ---------------------------------------------------------------------------------------


def _line(text: str, name: str) -> int:
    match = re.search(rf"(?m)^[ \t]*\[{{0,2}}\s*{re.escape(name)}\b", text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _line_of(text: str, sort: str, index: int, field: str) -> int:
    """The line of a field in the `index`-th table of its sort; the table's own line where the field is not there."""
    heads = [match.start() for match in re.finditer(rf"(?m)^[ \t]*\[\[\s*{sort}\s*\]\]", text)]
    if index >= len(heads):
        return 1
    following = re.compile(r"(?m)^[ \t]*\[").search(text, text.index("]]", heads[index]))
    end = following.start() if following else len(text)
    match = re.compile(rf"(?m)^[ \t]*{re.escape(field)}[ \t]*=").search(text, heads[index], end)
    return text.count("\n", 0, match.start() if match else heads[index]) + 1


def _toml_fault(error: str) -> str:
    at = re.search(r"at line (\d+), column (\d+)", error)
    if "end of document" in error:
        return "tệp kết thúc giữa chừng (thiếu ngoặc kép hoặc ngoặc vuông đóng). Cả tệp này chưa được dùng."
    where = f"dòng {at[1]}, cột {at[2]}" if at else "có chỗ"
    return f"{where}: viết chưa đúng (chữ phải đặt trong ngoặc kép, mỗi mục một dòng). Cả tệp này chưa được dùng."
