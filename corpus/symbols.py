"""The grammar of numbers and symbols (số, ký hiệu): normal form, key, kind, issuer, level, rank.

`12/2024/QĐ-UBND` is number / year / kind - issuer; an administrative symbol has no year
(`4410/QĐ-UBND`) and its number comes back every year, so its date belongs to its key; an official
letter has no kind (`4168/BNV-CQĐP`); laws are `64/2025/QH15`. A number may have a point
(`66.7/2025/NQ-CP`). The symbol never shows which level of UBND or HĐND issued it.
Source: NĐ 30/2020 appendix III; NĐ 78/2025 Art. 71.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Level

KIND_OF_ABBREVIATION = {
    "HP": "hien_phap", "L": "luat", "BL": "luat", "PL": "phap_lenh", "NQ": "nghi_quyet",
    "NQLT": "nghi_quyet", "NĐ": "nghi_dinh", "QĐ": "quyet_dinh", "TT": "thong_tu",
    "TTLT": "thong_tu_lien_tich", "TTLB": "thong_tu_lien_tich", "CT": "chi_thi", "L-CTN": "lenh",
    "LCT": "lenh", "KH": "ke_hoach", "BC": "bao_cao", "TTR": "to_trinh", "CV": "cong_van",
    "CĐ": "cong_dien", "TB": "thong_bao", "HD": "huong_dan", "CTR": "chuong_trinh",
    "PA": "phuong_an", "ĐA": "de_an", "QC": "quy_che", "QYĐ": "quy_dinh", "QYD": "quy_dinh",
    "VBHN": "van_ban_hop_nhat",
}  # fmt: skip

KIND_NAMES = {
    "hien_phap": "Hiến pháp", "luat": "Luật", "phap_lenh": "Pháp lệnh", "nghi_quyet": "Nghị quyết",
    "nghi_dinh": "Nghị định", "quyet_dinh": "Quyết định", "thong_tu": "Thông tư",
    "thong_tu_lien_tich": "Thông tư liên tịch", "chi_thi": "Chỉ thị", "lenh": "Lệnh",
    "ke_hoach": "Kế hoạch", "bao_cao": "Báo cáo", "to_trinh": "Tờ trình", "cong_van": "Công văn",
    "cong_dien": "Công điện", "thong_bao": "Thông báo", "huong_dan": "Hướng dẫn",
    "chuong_trinh": "Chương trình", "phuong_an": "Phương án", "de_an": "Đề án",
    "quy_che": "Quy chế", "quy_dinh": "Quy định", "van_ban_hop_nhat": "Văn bản hợp nhất",
    "van_ban_dang": "Văn bản của Đảng", "khac": "Văn bản",
}  # fmt: skip

MINISTRIES = {
    "BTP": "Bộ Tư pháp", "BTC": "Bộ Tài chính", "BNV": "Bộ Nội vụ", "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng", "BYT": "Bộ Y tế", "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BXD": "Bộ Xây dựng", "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BKHCN": "Bộ Khoa học và Công nghệ", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BCT": "Bộ Công Thương", "BDTTG": "Bộ Dân tộc và Tôn giáo", "BNG": "Bộ Ngoại giao",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội", "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BGTVT": "Bộ Giao thông vận tải", "BTTTT": "Bộ Thông tin và Truyền thông",
    "VPCP": "Văn phòng Chính phủ", "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TTCP": "Thanh tra Chính phủ", "UBDT": "Ủy ban Dân tộc",
    "TANDTC": "Tòa án nhân dân tối cao", "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "KTNN": "Kiểm toán nhà nước",
}  # fmt: skip

# Letters as official symbols write them; everything else in a symbol is upper case.
_CASED = {"TTG": "TTg", "TTR": "TTr", "CTR": "CTr", "QYĐ": "QyĐ", "ĐT": "ĐT"}
_ASCII_D = {"ND-CP": "NĐ-CP", "QD": "QĐ", "HDND": "HĐND", "BGDDT": "BGDĐT", "BLDTBXH": "BLĐTBXH", "BKHDT": "BKHĐT"}
_SHAPE = re.compile(
    r"(?P<number>\d+(?:\.\d+)?[a-zA-ZĐđ]?)?"
    r"(?:/(?P<year>\d{4}))?"
    r"(?P<sep>[/-])(?P<rest>[A-ZĐ][\w&/\-]*)$"
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Parts of a symbol. `kind` is its abbreviation ("QĐ"), None for a law or an official letter."""

    number: str | None
    year: int | None
    kind: str | None
    body: str | None


@lru_cache(maxsize=1 << 14)
def normalise(raw: str) -> str:
    """The usual writing of a symbol: no spaces, plain dashes, official case. Zeros stay as written.

    >>> normalise("06/QĐ - TTG"), normalise("79 /2025/ND–CP")
    ('06/QĐ-TTg', '79/2025/NĐ-CP')
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFC", raw))
    text = re.sub(r"[‐‑‒–—−_]", "-", text).strip(".,;:/")
    text = re.sub(r"-{2,}", "-", text)
    head, sep, rest = text.partition("/")
    parts = re.split(r"([/\-&])", rest)
    cased = [_usual_case(part) for part in parts]
    out = head + sep + "".join(cased)
    for plain, right in _ASCII_D.items():
        out = re.sub(rf"(?<![A-ZĐa-zđ]){plain}(?![A-ZĐ])", right, out)
    return out


def _usual_case(part: str) -> str:
    upper = part.upper()
    return _CASED.get(upper, upper)


@lru_cache(maxsize=1 << 15)
def key(symbol: str) -> str:
    """What two writings of one symbol share: no leading zeros, no marks, upper case.

    >>> key("09/2010/NĐ-CP") == key("9/2010/nd-cp")
    True
    """
    text = normalise(symbol).upper().replace("Đ", "D")
    return re.sub(r"(?<![\w.])0+(?=\d)", "", text)


@lru_cache(maxsize=1 << 14)
def parse(symbol: str) -> Symbol | None:
    """Parts of a symbol, None where it has not the shape of one."""
    match = _SHAPE.match(normalise(symbol))
    if not match:
        return None
    year = int(match["year"]) if match["year"] else None
    parts = re.split(r"[/-]", match["rest"])
    kind = parts[0].upper()
    if kind not in KIND_OF_ABBREVIATION:
        # `34/2007/PL-UBTVQH11` has its kind first; `18-NQ/TW` has it before the slash.
        return Symbol(match["number"], year, None, match["rest"])
    return Symbol(match["number"], year, kind, match["rest"][len(parts[0]) + 1 :] or None)


@lru_cache(maxsize=1 << 14)
def kind_of(symbol: str) -> str | None:
    """Kind of document a symbol stands for, None where it does not show it (QH numbers, letters).

    A QH number is a law or a resolution of the National Assembly: only the text can tell.
    """
    parts = parse(symbol)
    if parts is None:
        return None
    if re.search(r"(?:^|[/-])TW$", symbol.upper()) or re.search(r"/(?:TU|HU|ĐU|BTV)$", symbol.upper()):
        return "van_ban_dang"
    if parts.kind:
        return KIND_OF_ABBREVIATION[parts.kind]
    return None


@lru_cache(maxsize=1 << 14)
def issuer_of(symbol: str) -> str | None:
    """Issuer that a central symbol stands for, None for local bodies and unknown letters."""
    upper = normalise(symbol).upper()
    for pattern, issuer in _CENTRAL:
        if pattern.search(upper):
            return issuer
    parts = parse(symbol)
    if parts and parts.kind in ("TT", "QĐ", "CT", "TTLT") and parts.body:
        bodies = [MINISTRIES.get(body) for body in parts.body.upper().split("-")]
        if parts.kind != "TTLT":
            return bodies[0]
        return ", ".join(name for name in bodies if name) if all(bodies) else None
    return None


_CENTRAL = (
    (re.compile(r"UBTVQH\d*$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"/QH\d+$"), "Quốc hội"),
    (re.compile(r"/(?:NĐ|NQ)-CP$"), "Chính phủ"),
    (re.compile(r"-TTG$"), "Thủ tướng Chính phủ"),
    (re.compile(r"-CTN$"), "Chủ tịch nước"),
    (re.compile(r"-HĐTP$"), "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
)


def is_local(symbol: str) -> bool:
    """Whether the symbol is that of a people's council, a people's committee or one of their bodies."""
    return bool(re.search(r"UBND|HĐND", normalise(symbol).upper()))


def level_of(symbol: str) -> Level | None:
    """`trung_uong` for symbols of central bodies; None for local ones (the symbol does not show it)."""
    if is_local(symbol):
        return None
    if issuer_of(symbol):
        return "trung_uong"
    parts = parse(symbol)
    if parts and parts.body and any(p in MINISTRIES for p in re.split(r"[-/]", parts.body.upper())):
        return "trung_uong"
    return None


def is_normative(symbol: str, kind: str | None = None) -> bool:
    """Whether a symbol is that of a normative document: it has a year, and its kind can be one.

    Law 64/2025 Art. 4; NĐ 78/2025 Art. 71: number / year / kind - issuer. `1686/NQ-UBTVQH15` and
    `25/KH-UBND` are not.
    """
    parts = parse(symbol)
    if parts is None or parts.year is None:
        return False
    kind = kind or kind_of(symbol)
    return kind in NORMATIVE_KINDS or (kind is None and bool(re.search(r"/(?:UBTV)?QH\d+$", symbol.upper())))


NORMATIVE_KINDS = frozenset(
    ("hien_phap", "luat", "phap_lenh", "nghi_quyet", "nghi_dinh", "quyet_dinh", "thong_tu",
     "thong_tu_lien_tich", "chi_thi", "lenh")
)  # fmt: skip


def rank(kind: str | None, level: Level | None, issuer: str | None = None) -> int | None:
    """Legal force, 1 highest … 15 (Luật 64/2025 Art. 4 as amended by Luật 87/2025); None: has no rank."""
    body = (issuer or "").lower()
    if level == "trung_uong":
        if kind == "nghi_quyet":
            if "thường vụ" in body:
                return 3
            return 2 if "quốc hội" in body else 7 if "thẩm phán" in body else 5
        return {"hien_phap": 1, "luat": 2, "phap_lenh": 3, "lenh": 4, "nghi_dinh": 5,
                "quyet_dinh": 6 if "thủ tướng" in body else 8, "thong_tu": 8,
                "thong_tu_lien_tich": 9}.get(kind or "")  # fmt: skip
    council = kind == "nghi_quyet"
    if level == "tinh":
        return 10 if council else 12 if "chủ tịch" in body else 11 if kind == "quyet_dinh" else None
    if level in ("huyen", "xa"):
        return 14 if council else 15 if kind == "quyet_dinh" else None
    return None


def spoken(symbol: str, kind: str | None = None) -> str:
    """How a message names a document: "Nghị định số 79/2025/NĐ-CP", "Luật số 64/2025/QH15"."""
    kind = kind or kind_of(symbol) or ("luat" if re.search(r"/QH\d+$", symbol) else None)
    word = KIND_NAMES.get(kind or "", "Văn bản")
    return f"{word} số {symbol}"
