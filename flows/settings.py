"""`rasoat.toml` and the folders of a workspace.

A workspace is the user's folder: `corpus/dia-phuong/` (reviewed), `corpus/trung-uong/` (grounds),
`corpus/danh-muc/` (own register rows), `outputs/` (store and runs), `rasoat.toml`. Everything has a
default, so that no command needs the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from corpus.model import OfficeSettings, Severity
from flows import night_settings
from flows.night_settings import NightSettings, WrongSetting

LOCAL, CENTRAL, OWN_REGISTER = "dia-phuong", "trung-uong", "danh-muc"
NEW_CENTRAL = "moi"
"""Folder below the central documents where newly issued ones are put."""
TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TEMPLATE = """\
# Cấu hình của rasoat. Mọi dòng đều có thể bỏ: giá trị mặc định ghi sau dấu #.

# Tên đơn vị in trên báo cáo và biểu mẫu, ví dụ "Ủy ban nhân dân xã X, tỉnh Y".
don_vi = ""

[chay_dem]
gio = "02:00"            # giờ Việt Nam
so_tien_trinh = 0        # 0: theo số lõi của máy
gioi_han_gio = 6         # một lượt chạy quá số giờ này thì bị dừng
giu_luot_ngay = 400      # giữ thư mục kết quả của các lượt trong số ngày này; lượt cuối mỗi tháng luôn được giữ

# Những năm mà kho đã có đủ văn bản xã ban hành (để nói chắc hơn rằng còn thiếu văn bản được giao ban hành).
[so_van_ban]
nam_du = []              # ví dụ: [2024, 2025]

# Dùng cho biểu mẫu, thư, báo cáo. Nghị định số 187/2025/NĐ-CP có thể đã đổi nơi nhận và cơ quan tổng hợp: khi đã đối
# chiếu, đặt doi_chieu_nd187 = true để các bản xuất ra không còn ghi "chưa đối chiếu Nghị định số 187/2025/NĐ-CP".
[xa]
noi_ky = ""              # địa danh ghi trước ngày, tháng, ví dụ "Vĩnh Lộc"
nguoi_ky = ""
chuc_vu = ""             # ví dụ "CHỦ TỊCH"
cap_tren = ""            # ví dụ "tỉnh Thanh Hóa"
noi_nhan = []            # ví dụ: ["Thường trực Hội đồng nhân dân xã", "Sở Tư pháp"]
co_quan_tong_hop = ""
doi_chieu_nd187 = false

# Lĩnh vực và đơn vị chủ trì; thứ tự này cũng là thứ tự lĩnh vực trong các danh mục.
[linh_vuc]
# "Đất đai" = "Phòng Kinh tế"

[thoi_han]
y_kien = 10              # số ngày cho đơn vị trả lời ý kiến
ngay_nghi = []           # ngày nghỉ Tết, giỗ Tổ, nghỉ bù, ví dụ: [2027-02-05, 2027-02-08]

# Sao lưu: thư mục (nên ở ổ đĩa khác hoặc máy khác) và số bản giữ lại (0: giữ tất cả).
[sao_luu]
thu_muc = ""             # mặc định: outputs/sao-luu
giu = 14

# Tắt hoặc đổi mức của một quy tắc: "tat", "cao", "trung_binh", "thap", "thong_tin". Tham số của từng quy tắc:
# xem `rasoat explain TL01`. Quy tắc riêng của đơn vị: thư mục quy-tac, cạnh tệp này.
[quy_tac]
# TN02 = "tat"
# TL01 = { muc = "thong_tin", so_tu = 40 }
""" + night_settings.TEMPLATE


class SettingsError(ValueError):
    """The settings file is wrong; the message (Vietnamese) says where and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may set. `rules` maps a rule's code to "tat" or to a severity, `values` code and name of a rule's
    number to what was written (checked by `flows.ruling`); `complete_years` are those whose
    register of documents is whole in the corpus; `office` is for papers and clocks, `days_off` for working days."""

    unit: str | None = None
    night: str = "02:00"
    workers: int = 0
    rules: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], object] = field(default_factory=dict)
    store: str | None = None
    complete_years: frozenset[int] = frozenset()
    office: OfficeSettings = field(default_factory=OfficeSettings)
    days_off: frozenset[date] = frozenset()
    backup_folder: str | None = None
    backup_keep: int = 14
    unattended: NightSettings = field(default_factory=NightSettings)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one run. `outputs` is None for reading commands that were given only a corpus."""

    corpus: Path
    outputs: Path | None
    settings: Settings = Settings()

    @property
    def own_register(self) -> Path | None:
        folder = self.corpus / OWN_REGISTER
        return folder if folder.is_dir() else None


def workspace(folder: str | None, corpus: str | None, outputs: str | None, default: str = "workspace") -> Workspace:
    """The workspace that the options name: `--workspace DIR` stands for DIR/corpus and DIR/outputs."""
    if folder is None and corpus is None and outputs is None:
        folder = default
    base = Path(folder) if folder else None
    corpus_path = Path(corpus) if corpus else (base or Path(default)) / "corpus"
    outputs_path = Path(outputs) if outputs else base / "outputs" if base else None
    return Workspace(corpus_path, outputs_path, load(corpus_path.parent / "rasoat.toml"))


def load(path: Path) -> Settings:
    """Settings from a file; defaults where there is none. Raises `SettingsError`."""
    if not path.is_file():
        return Settings()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: không đọc được tệp cấu hình ({error}). Hãy sửa dòng được nêu.") from error
    return _settings(path, table)


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    known = {"don_vi", "chay_dem", "quy_tac", "kho", "so_van_ban", "xa", "linh_vuc", "thoi_han", "sao_luu", "thong_bao",
             "nguon"}  # fmt: skip
    for name in table:
        if name not in known:
            raise SettingsError(f"{path}: không có mục “{name}”; các mục có thể đặt: {', '.join(sorted(known))}.")
    night = table.get("chay_dem", {})
    try:
        hour, minute = (int(part) for part in str(night.get("gio", "02:00")).split(":"))
        if not (0 <= hour < 24 and 0 <= minute < 60):
            raise ValueError
    except ValueError:
        raise SettingsError(f'{path}: [chay_dem] gio = “{night.get("gio")}” không phải giờ dạng "02:00".') from None
    workers = night.get("so_tien_trinh", 0)
    if not isinstance(workers, int) or not 0 <= workers <= 64:
        raise SettingsError(f"{path}: [chay_dem] so_tien_trinh phải là số nguyên từ 0 đến 64.")
    years = table.get("so_van_ban", {}).get("nam_du", [])
    if not isinstance(years, list) or not all(isinstance(year, int) and 1990 <= year <= 2100 for year in years):
        raise SettingsError(f"{path}: [so_van_ban] nam_du phải là danh sách năm, ví dụ [2024, 2025].")
    try:
        unattended = night_settings.night_settings(table)
    except WrongSetting as error:
        raise SettingsError(f"{path}: {error}") from None
    rules, values = _rules(path, table.get("quy_tac", {}))
    return Settings(
        unit=table.get("don_vi") or None,
        night=f"{hour:02d}:{minute:02d}",
        workers=workers,
        rules=rules,
        values=values,
        store=table.get("kho") or None,
        complete_years=frozenset(years),
        office=_office(path, table),
        days_off=_days_off(path, table),
        **_backup(path, table.get("sao_luu", {})),
        unattended=unattended,
    )


def _rules(path: Path, table: object) -> tuple[dict[str, str], dict[tuple[str, str], object]]:
    """Levels and numbers that were chosen: `TN02 = "tat"`, or `[quy_tac.TL01]` with `muc` and numbers."""
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: [quy_tac] phải là một mục, mỗi dòng dạng TN02 = \"tat\".")
    allowed = ("tat", *get_args(Severity))
    levels: dict[str, str] = {}
    values: dict[tuple[str, str], object] = {}
    for name, value in table.items():
        code = str(name).upper()
        for key, one in value.items() if isinstance(value, dict) else (("muc", value),):
            if key != "muc":
                values[code, str(key)] = one
            elif one in allowed:
                levels[code] = one
            else:
                raise SettingsError(f"{path}: [quy_tac] {code} = “{one}”; giá trị cho phép: {', '.join(allowed)}; "
                                    f"tham số ghi dưới [quy_tac.{code}].")  # fmt: skip
    return levels, values


def _office(path: Path, table: dict[str, Any]) -> OfficeSettings:
    own, units, terms = table.get("xa", {}), table.get("linh_vuc", {}), table.get("thoi_han", {})
    texts = ("noi_ky", "nguoi_ky", "chuc_vu", "cap_tren", "co_quan_tong_hop")
    for name, value in own.items():
        if name in texts:
            good = isinstance(value, str)
        else:
            good = (name == "noi_nhan" and _all_texts(value)) or (name == "doi_chieu_nd187" and isinstance(value, bool))
        if not good:
            raise SettingsError(f"{path}: [xa] {name} không dùng được; các mục: {', '.join(texts)} (chữ), noi_nhan "
                                "(danh sách), doi_chieu_nd187 (true hoặc false).")  # fmt: skip
    if not all(isinstance(unit, str) for unit in units.values()):
        raise SettingsError(f'{path}: [linh_vuc] ghi mỗi dòng dạng "Đất đai" = "Phòng Kinh tế".')
    opinion = terms.get("y_kien", 10)
    if not isinstance(opinion, int) or not 1 <= opinion <= 90:
        raise SettingsError(f"{path}: [thoi_han] y_kien phải là số ngày từ 1 đến 90.")
    return OfficeSettings(
        units=dict(units), recipients=tuple(own.get("noi_nhan", ())), aggregator=own.get("co_quan_tong_hop") or None,
        parent=own.get("cap_tren") or None, place=own.get("noi_ky") or None, signer=own.get("nguoi_ky") or None,
        signer_title=own.get("chuc_vu") or None, nd187_compared=own.get("doi_chieu_nd187", False), opinion_days=opinion,
    )  # fmt: skip


def _backup(path: Path, table: object) -> dict[str, Any]:
    good = isinstance(table, dict) and table.keys() <= {"thu_muc", "giu"}
    folder, keep = (table.get("thu_muc", ""), table.get("giu", 14)) if isinstance(table, dict) else ("", 14)
    if not good or not isinstance(folder, str) or type(keep) is not int or not 0 <= keep <= 10_000:
        raise SettingsError(f"{path}: [sao_luu] có hai mục: thu_muc (đường dẫn), giu (số bản giữ lại, 0: giữ tất cả).")
    place = str(path.parent / Path(folder).expanduser()) if folder else None
    return {"backup_folder": place, "backup_keep": keep}


def _all_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _days_off(path: Path, table: dict[str, Any]) -> frozenset[date]:
    days = table.get("thoi_han", {}).get("ngay_nghi", [])
    if not isinstance(days, list) or not all(type(day) is date for day in days):
        raise SettingsError(f"{path}: [thoi_han] ngay_nghi phải là danh sách ngày, ví dụ [2027-02-05, 2027-02-08].")
    return frozenset(days)


def today() -> date:
    """The civil date in Viet Nam."""
    return datetime.now(TIME_ZONE).date()
