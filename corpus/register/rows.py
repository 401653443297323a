"""Rows of the register's CSV files as values, and what a row may carry on a day.

The CSV columns are described in `corpus/register/README.md`. Empty fields are `None`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from corpus.model import Certainty, KnownDocument, KnownEffect, KnownName, StateCertainty

FRESH_DAYS = 90
"""How long "in force" may be repeated after the day it was seen: 30 % of the oldest such rows have since ended."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": (
        "symbol", "kind", "issuer", "date", "effective", "ended", "state", "title", "source_kind", "source_ref",
        "seen", "certainty", "speaks",
    ),
    "effects": (
        "affected_symbol", "affected_provision", "type", "scope", "by_symbol", "by_provision", "from", "source_kind",
        "source_ref", "certainty", "speaks",
    ),
    "names": ("name", "year", "symbol", "from", "until", "basis", "source_kind", "source_ref"),
    "institutional_changes": (
        "id", "loai", "ten_cu", "bien_the", "ten_moi", "ngay_hieu_luc", "can_cu", "muc_canh_bao", "ghi_chu",
        "do_tin_cay", "source_kind", "source_ref",
    ),
}  # fmt: skip

RowCertainty = Literal["cao", "trung_binh", "thap"]
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Institution:
    """A body, unit, post, paper or term that ended or changed its name: a row of institutional_changes.csv.

    `kind` (loai): bo, co_quan, cap_hanh_chinh, chuc_danh, to_chuc, giay_to, thuat_ngu, don_vi, tinh. `old_names` and
    `variants` are the names that are gone; `new_name` may give several successors as text. `since` is the first day
    of the change. `grounds` are the acts (can_cu), as written, `certainty` and `source_kind` say how far to trust the
    row, `alert` (muc_canh_bao) can only lower a rule's severity ("khong": no finding).
    """

    id: str
    kind: str
    old_names: tuple[str, ...]
    variants: tuple[str, ...]
    new_name: str | None
    since: date | None
    grounds: tuple[str, ...]
    alert: str
    note: str | None
    certainty: RowCertainty
    source_kind: str
    source_ref: str

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are gone."""
        return self.old_names + self.variants

    @property
    def state_certainty(self) -> StateCertainty:
        """`certainty` of a state that rests on this row (table of the contract)."""
        return "chua_xac_minh" if self.certainty == "thap" else "danh_muc"

    @property
    def strength(self) -> Certainty:
        """Strongest certainty of a finding that rests on this row (table of the contract)."""
        if self.certainty == "thap":
            return "goi_y"
        numbered = any(any(c.isdigit() for c in ground) and "/" in ground for ground in self.grounds)
        if self.certainty == "cao" and numbered and self.source_kind in ("van_ban", "trich_dan"):
            return "chac_chan"
        return "can_kiem_tra"


def known_document(row: Row) -> KnownDocument:
    """A row of documents.csv. Raises `ValueError` for a date or certainty that is none."""
    return KnownDocument(
        symbol=row["symbol"], kind=row.get("kind") or "khac", issuer=row.get("issuer") or None,
        date=_day(row.get("date")), effective=_day(row.get("effective")), ended=_day(row.get("ended")),
        state=row.get("state") or "khong_ro", title=row.get("title") or None,
        source_kind=row.get("source_kind") or "chua_ro", source_ref=row.get("source_ref") or "",
        seen=_day(row.get("seen")), certainty=_certainty(row.get("certainty")),
    )  # fmt: skip


def known_effect(row: Row) -> KnownEffect:
    """A row of effects.csv. Raises `ValueError` for a date, scope or certainty that is none."""
    scope = row.get("scope") or ("part" if row.get("type") in ("amend", "insert") else "whole")
    if scope not in ("whole", "part"):
        raise ValueError(f"scope {scope!r}")
    by = row["by_symbol"]
    return KnownEffect(
        affected_symbol=row["affected_symbol"], affected_provision=row.get("affected_provision") or None,
        type=row["type"], scope=cast(Literal["whole", "part"], scope),
        by_symbol=by.removeprefix("external:"), by_provision=row.get("by_provision") or None,
        from_=_day(row.get("from")), source_kind=row.get("source_kind") or "chua_ro",
        source_ref=row.get("source_ref") or "", certainty=_certainty(row.get("certainty")),
    )  # fmt: skip


def known_name(row: Row) -> KnownName:
    """A row of names.csv. Raises `ValueError` for a date or year that is none."""
    year = row.get("year") or None
    return KnownName(
        row["name"], int(year) if year else None, row["symbol"], _day(row.get("from")), _day(row.get("until"))
    )


def institution(row: Row) -> Institution:
    """A row of institutional_changes.csv. Raises `ValueError` for a date or certainty that is none."""
    return Institution(
        id=row["id"], kind=row["loai"], old_names=_list(row["ten_cu"]), variants=_list(row.get("bien_the")),
        new_name=row.get("ten_moi") or None, since=_day(row.get("ngay_hieu_luc")), grounds=_list(row.get("can_cu")),
        alert=row.get("muc_canh_bao") or "thap", note=row.get("ghi_chu") or None,
        certainty=_certainty(row.get("do_tin_cay")), source_kind=row.get("source_kind") or "chua_ro",
        source_ref=row.get("source_ref") or "",
    )  # fmt: skip


def speaks_document(row: KnownDocument, as_of: date) -> Literal["chac_chan", "can_kiem_tra", "chua_xac_minh"]:
    """What a row of documents.csv may carry on a day: the rule of the register's README, first match from below."""
    if row.state == "khong_ro" or row.certainty == "thap":
        return "chua_xac_minh"
    if row.state == "het_hieu_luc_toan_bo":
        return "chac_chan" if row.certainty == "cao" and row.ended else "can_kiem_tra"
    if row.state == "het_hieu_luc_mot_phan":
        return "chac_chan" if row.certainty == "cao" else "can_kiem_tra"
    if row.state == "chua_hieu_luc":
        return "can_kiem_tra"
    return "can_kiem_tra" if fresh(row.seen, as_of) else "chua_xac_minh"


def speaks_effect(row: KnownEffect) -> Literal["chac_chan", "can_kiem_tra", "chua_xac_minh"]:
    """What a row of effects.csv may carry; it does not depend on the day."""
    if row.certainty == "thap":
        return "chua_xac_minh"
    return "chac_chan" if row.certainty == "cao" and row.from_ else "can_kiem_tra"


def fresh(seen: date | None, as_of: date) -> bool:
    """Whether "in force", seen on that day, may still be repeated on `as_of`."""
    return seen is not None and as_of <= seen + timedelta(days=FRESH_DAYS)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _certainty(text: str | None) -> RowCertainty:
    value = text or "trung_binh"
    if value not in ("cao", "trung_binh", "thap"):
        raise ValueError(f"certainty {value!r}")
    return cast(RowCertainty, value)
