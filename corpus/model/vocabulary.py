"""The closed vocabularies of the machine contract (docs/contract.md)."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

Day: TypeAlias = date  # a field called `date` hides the type of that name below it

Outcome = Literal[
    "ok", "no_text_layer", "encrypted", "too_large", "timeout", "crashed",
    "not_supported", "damaged", "restricted",
]  # fmt: skip
Level = Literal["trung_uong", "tinh", "huyen", "xa"]
Role = Literal["basis", "body", "title", "in_title", "quoted", "recipients"]
TargetStatus = Literal["resolved", "named", "ambiguous"]
EffectType = Literal[
    "commence", "expire", "repeal", "replace", "amend", "insert", "substitute", "insert_text",
    "delete_text", "suspend", "extend", "declare_expired", "declare_continuing", "correct",
    "implement", "delegate", "transition",
]  # fmt: skip
StateName = Literal[
    "chua_hieu_luc", "con_hieu_luc", "het_hieu_luc_mot_phan", "het_hieu_luc_toan_bo", "tam_ngung",
    "khong_ro", "da_sua_doi", "bi_bai_bo",
]  # fmt: skip
StateCertainty = Literal["van_ban", "danh_muc", "chua_xac_minh"]
Severity = Literal["cao", "trung_binh", "thap", "thong_tin"]
Certainty = Literal["chac_chan", "can_kiem_tra", "goi_y"]
FindingState = Literal["new", "unchanged", "updated", "reopened"]
Side = Literal["dia_phuong", "trung_uong"]
