"""Fields of a masthead that the officer mended: laid over what was read, each time that a document is loaded.

The file is read as before and its key stays that of the reading, so that findings keep their identity and a better
reader can be compared with the correction. Only what the officer named changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from corpus import symbols
from corpus.model import Correction, Document, Effect, Level, Masthead

TEXTS = ("issuer", "authority", "title", "signer")
DAYS = ("date", "effective", "expires")
FIELDS: Mapping[str, str] = {
    "symbol": "số, ký hiệu", "kind": "loại văn bản", "issuer": "cơ quan ban hành", "authority": "chức danh ban hành",
    "level": "cấp", "date": "ngày ban hành", "effective": "ngày có hiệu lực", "expires": "ngày hết hiệu lực",
    "title": "trích yếu", "signer": "người ký", "normative": "văn bản quy phạm pháp luật",
}  # fmt: skip
"""Fields that can be mended, with their Vietnamese names."""


class WrongCorrection(ValueError):
    """A value that its field cannot have; the message (Vietnamese) says what it may be."""


def checked(fields: Mapping[str, str | bool | None]) -> dict[str, str | bool | None]:
    """Fields as they are kept: usual writing of symbols, days ISO; None empties a field. Raises `WrongCorrection`."""
    kept: dict[str, str | bool | None] = {}
    for name, value in fields.items():
        if name not in FIELDS:
            raise WrongCorrection(f"Không đính chính được “{name}”; các mục có thể đính chính: {', '.join(FIELDS)}.")
        kept[name] = None if value is None or value == "" else _checked(name, value)
    return kept


def _checked(name: str, value: str | bool) -> str | bool:
    if name == "normative":
        known = {"true": True, "false": False, "có": True, "không": False}
        found = value if isinstance(value, bool) else known.get(value.strip().lower())
        if found is None:
            raise WrongCorrection(f"{FIELDS[name]}: ghi “có” hoặc “không”, không phải “{value}”.")
        return found
    text = " ".join(str(value).split())
    if name in DAYS:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise WrongCorrection(f"{FIELDS[name]}: “{text}” không phải ngày dạng 2026-01-31.") from None
    if name == "symbol":
        if symbols.parse(text) is None:
            raise WrongCorrection(f"{FIELDS[name]}: “{text}” không có dạng số, ký hiệu, ví dụ 12/2024/QĐ-UBND.")
        return symbols.normalise(text)
    choices = {"level": get_args(Level), "kind": tuple(symbols.KIND_NAMES)}.get(name)
    if choices and text not in choices:
        raise WrongCorrection(f"{FIELDS[name]}: “{text}” không có trong các lựa chọn: {', '.join(choices)}.")
    return text


def corrected(document: Document, correction: Correction | None) -> Document:
    """The document with the officer's fields laid over its masthead; its own commencement and ending follow them."""
    if correction is None or not document.readable:
        return document
    head = document.masthead or Masthead()
    new = replace(head, **{name: _value(name, value) for name, value in correction.fields.items() if name in FIELDS})
    return replace(document, masthead=new, effects=tuple(_moved(one, head, new) for one in document.effects))


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in DAYS and value else value


def _moved(effect: Effect, old: Masthead, new: Masthead) -> Effect:
    """An effect whose day, or whose act, was that of the masthead as it was read."""
    day = effect.from_
    if effect.type == "expire" and effect.target.self_ and day == old.expires:
        day = new.expires
    elif day is not None and day == old.effective and old.effective != new.effective:
        day = new.effective
    target = effect.target
    if target.self_:
        target = replace(target, symbol=new.symbol, kind=new.kind, date=new.date, issuer=new.issuer)
    return effect if day == effect.from_ and target is effect.target else replace(effect, from_=day, target=target)
