"""The parts of `rasoat.toml` that unattended work asks for: the night's limits, notices, sources of new central law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOTICE_VARIABLE = "RASOAT_THONG_BAO"
PAGE = "http://127.0.0.1:8787/"
TEMPLATE = """
# Thông báo khi có phát hiện mới mức cao, khi một lượt chạy hỏng hoặc không chạy, khi sao lưu hỏng: chỉ số lượng
# và đường dẫn, không trích nội dung. Địa chỉ nhận (mailto://, json://, …) để trong tệp riêng, hoặc trong biến môi
# trường RASOAT_THONG_BAO.
[thong_bao]
tep = ""                 # tệp chứa địa chỉ nhận, mỗi dòng một địa chỉ, chỉ người chạy đọc được (chmod 600)
cach_nhau_gio = 12       # không quá một thông báo trong số giờ này
duong_dan = ""           # địa chỉ trang rà soát ghi trong thông báo (mặc định: http://127.0.0.1:8787/)

# Nguồn văn bản trung ương mới. Mặc định chỉ có thư mục corpus/trung-uong/moi/. Nguồn qua mạng chỉ chạy khi
# bat = true, và chỉ tới các máy chủ nêu trong cho_phep.
[nguon]
thu_muc = ""             # thư mục dùng chung mà văn bản mới được đặt vào (chép sang corpus/trung-uong/moi/)
bat = false
trang = []               # trang danh sách, ví dụ: ["https://vbpl.vn/..."]
cho_phep = []            # máy chủ được phép, ví dụ: ["vbpl.vn"]
chi_lay = []             # chỉ lấy đường dẫn có chữ này, ví dụ: ["vbpq-toanvan.aspx"]
cach_giay = 10           # số giây giữa hai lần hỏi
moi_dem = 50             # số trang nhiều nhất mỗi lần
toi_da_mb = 20
xem_lai_ngay = 30        # hỏi lại trang đã lấy sau số ngày này
"""


class WrongSetting(ValueError):
    """A value that cannot be used; the message (Vietnamese) names it and says what is allowed."""


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """`file`: holds the addresses, one a line, or "" (then the environment's variable); hours; link to the page."""

    file: str = ""
    hours_apart: int = 12
    link: str = PAGE


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Where new central law comes from besides the folder `moi`. `index`, `hosts`, `only`: of the source on the web."""

    folder: str = ""
    on: bool = False
    index: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()
    only: tuple[str, ...] = ()
    delay_s: float = 10.0
    pages_a_night: int = 50
    most_bytes: int = 20 * 1024 * 1024
    ask_again_days: int = 30


@dataclass(frozen=True, slots=True)
class NightSettings:
    """What unattended work asks for. `limit_hours`: a run is ended after so long; `keep_days`: run folders are kept."""

    limit_hours: float = 6.0
    keep_days: int = 400
    notices: NoticeSettings = field(default_factory=NoticeSettings)
    sources: SourceSettings = field(default_factory=SourceSettings)


def night_settings(table: Mapping[str, Any]) -> NightSettings:
    """Settings from the whole table of `rasoat.toml`. Raises `WrongSetting`."""
    night, told, source = (_part(table, name) for name in ("chay_dem", "thong_bao", "nguon"))
    _only(told, "thong_bao", ("tep", "cach_nhau_gio", "duong_dan"))
    names = "thu_muc bat trang cho_phep chi_lay cach_giay moi_dem toi_da_mb xem_lai_ngay"
    _only(source, "nguon", tuple(names.split()))
    notices = NoticeSettings(
        _text(told, "thong_bao", "tep"), int(_number(told, "thong_bao", "cach_nhau_gio", 12, 1, 168)),
        _text(told, "thong_bao", "duong_dan") or PAGE,
    )  # fmt: skip
    sources = SourceSettings(
        folder=_text(source, "nguon", "thu_muc"),
        on=_flag(source, "nguon", "bat"),
        index=_texts(source, "nguon", "trang"),
        hosts=frozenset(one.lower() for one in _texts(source, "nguon", "cho_phep")),
        only=_texts(source, "nguon", "chi_lay"),
        delay_s=_number(source, "nguon", "cach_giay", 10, 1, 3600),
        pages_a_night=int(_number(source, "nguon", "moi_dem", 50, 1, 5000)),
        most_bytes=int(_number(source, "nguon", "toi_da_mb", 20, 1, 200) * 1024 * 1024),
        ask_again_days=int(_number(source, "nguon", "xem_lai_ngay", 30, 1, 3650)),
    )
    if sources.on and not (sources.index and sources.hosts):
        raise WrongSetting("[nguon] bat = true thì phải có trang (trang danh sách) và cho_phep (máy chủ được phép).")
    return NightSettings(
        _number(night, "chay_dem", "gioi_han_gio", 6, 0.1, 48),
        int(_number(night, "chay_dem", "giu_luot_ngay", 400, 35, 36500)), notices, sources,
    )  # fmt: skip


def _part(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = table.get(name, {})
    if not isinstance(part, dict):
        raise WrongSetting(f"“{name}” phải là một mục: [{name}].")
    return part


def _only(part: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> None:
    for key in part:
        if key not in allowed:
            raise WrongSetting(f"[{name}] không có mục “{key}”; các mục: {', '.join(allowed)}.")


def _text(part: Mapping[str, Any], name: str, key: str) -> str:
    value = part.get(key, "")
    if not isinstance(value, str):
        raise WrongSetting(f"[{name}] {key} phải là chữ trong dấu nháy.")
    return value


def _texts(part: Mapping[str, Any], name: str, key: str) -> tuple[str, ...]:
    value = part.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongSetting(f'[{name}] {key} phải là danh sách chữ, ví dụ ["vbpl.vn"].')
    return tuple(value)


def _flag(part: Mapping[str, Any], name: str, key: str) -> bool:
    value = part.get(key, False)
    if not isinstance(value, bool):
        raise WrongSetting(f"[{name}] {key} phải là true hoặc false.")
    return value


def _number(part: Mapping[str, Any], name: str, key: str, usual: float, least: float, most: float) -> float:
    value = part.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise WrongSetting(f"[{name}] {key} phải là số từ {least:g} đến {most:g}.")
    return value
