"""The rules as one workspace has them: switched off, weighed and tuned in `rasoat.toml`, with those of its own.

The office's own rules lie in `quy-tac/*.toml` beside `rasoat.toml` (decision 0024). What was chosen is checked against
the catalogue here, so that a slip in a name is told with the name that may have been meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import cast

from corpus.model import Severity
from flows.settings import SettingsError, Workspace
from rules import own_rules
from rules.catalogue import PROPOSAL_WORDS, RULES, Rule, RuleSettings, prefixes
from rules.own_files import Loaded, load
from rules.parameters import Value

OWN_RULES = "quy-tac"
SAMPLE = "vi-du.toml"
TEMPLATE = """\
# Quy tắc riêng của đơn vị. Bỏ dấu # ở đầu dòng để dùng; thêm tệp khác (*.toml) trong thư mục này cũng được.
# Mỗi quy tắc phải có căn cứ (can_cu) ghi số, ký hiệu văn bản. Mã (ma): 2 đến 4 chữ in hoa của đơn vị và 2 chữ số;
# không dùng CC, VD, HL, TQ, MT, TN, TT, TL, KH. Xem lại bằng lệnh: rasoat rules; rasoat explain XA01
# Hướng dẫn từng mục: docs/quy-tac-rieng.md

# --- Từ ngữ, tên gọi cũ: ghi nhiều mục [[thuat_ngu]] cùng một mã cũng được --------------------------------------
# [[thuat_ngu]]
# ma = "XA01"
# cu = ["công an xã bán chuyên trách", "dân phòng"]        # các cách gọi cũ
# nay = "lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở"
# can_cu = "Điều 32 Luật số 30/2023/QH15"
# tu_ngay = 2024-07-01                                     # ngày quy định mới có hiệu lực
# tru = ["trước đây", "nguyên là"]                         # câu có các chữ này thì bỏ qua

# --- Cụm từ, mẫu câu phải tìm ------------------------------------------------------------------------------------
# [[quy_tac]]
# ma = "XA02"
# ten = "Yêu cầu nộp bản sao có chứng thực"
# can_cu = "khoản 1 Điều 6 Nghị định số 23/2015/NĐ-CP"
# loi_nhan = "Người dân được nộp bản sao và xuất trình bản chính để đối chiếu"
# cum_tu = ["nộp … bản sao có chứng thực"]                 # dấu … : thêm tối đa sáu chữ ở giữa
# mau = ['bản (?:phô tô|sao)[^.;]{0,40}công chứng']        # biểu thức chính quy, mọi lần lặp phải có giới hạn trên
# muc = "trung_binh"                                       # cao, trung_binh, thap, thong_tin
# kien_nghi = "xem_xet"
# loai_van_ban = ["Quyết định", "Nghị quyết"]              # bỏ trống: mọi loại
# phan = ["noi_dung"]                                      # noi_dung, can_cu, ten_goi
# phai_bat = ["Người dân nộp 01 bản sao có chứng thực giấy khai sinh."]
# khong_bat = ["Người dân nộp bản sao giấy khai sinh."]
"""


def rule_settings(space: Workspace) -> RuleSettings:
    """The settings of the rules, as the rules know them. Raises `SettingsError` where a name or value is none."""
    own = own_of(space).rules
    own_rules.remember(own)
    by_code = {rule.code: rule for rule in (*RULES, *own)}
    chosen = space.settings.rules
    for code in (*chosen, *(code for code, _ in space.settings.values)):
        if code not in by_code:
            raise SettingsError(
                f"rasoat.toml, mục [quy_tac]: không có quy tắc “{code}”{_meant(code, by_code)}. "
                f"Xem các mã: rasoat rules"
            )
    return RuleSettings(
        frozenset(code for code, value in chosen.items() if value == "tat"),
        {code: cast(Severity, value) for code, value in chosen.items() if value != "tat"},
        space.settings.complete_years, values=_values(space.settings.values, by_code), own=own,
    )  # fmt: skip


def own_of(space: Workspace) -> Loaded:
    """The office's own rules, and what was wrong with those that cannot be used."""
    return load(space.corpus.parent / OWN_RULES, prefixes(), PROPOSAL_WORDS)


def remember(space: Workspace) -> None:
    """Let report, page and papers name the office's own rules, where nothing is judged before they are made."""
    own_rules.remember(own_of(space).rules)


def digest(space: Workspace) -> str:
    """Hash (hex) of all that the office chose of the rules: with another one, everything is judged again."""
    total = hashlib.sha256()
    for code, level in sorted(space.settings.rules.items()):
        total.update(f"{code}={level}\0".encode())
    for (code, name), value in sorted(space.settings.values.items()):
        total.update(f"{code}.{name}={value!r}\0".encode())
    folder = space.corpus.parent / OWN_RULES
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _values(
    chosen: Mapping[tuple[str, str], object], by_code: Mapping[str, Rule]
) -> dict[tuple[str, str], Value]:  # fmt: skip
    found: dict[tuple[str, str], Value] = {}
    for (code, name), value in chosen.items():
        known = {parameter.name: parameter for parameter in by_code[code].parameters}
        if name not in known:
            have = ", ".join(("muc", *known)) if known else "muc (quy tắc này không có tham số nào)"
            meant = _meant(name, (*known, "muc"))
            raise SettingsError(
                f"rasoat.toml, [quy_tac.{code}]: không có tham số “{name}”{meant}. Có thể đặt: {have}."
            )
        if fault := known[name].fault(value):
            raise SettingsError(f"rasoat.toml, [quy_tac.{code}] {name} {fault}.")
        found[code, name] = cast(Value, value)
    return found


def _meant(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), 1)
    return f" (có phải “{close[0]}”?)" if close else ""
