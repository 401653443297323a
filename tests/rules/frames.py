"""Whole documents around the words of a golden text: masthead, title, bases, articles, recipients, signature."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rules.cases import Text

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LATER = "Căn cứ Luật Cư trú số 68/2020/QH14 ngày 13 tháng 11 năm 2020;"
EARLIER = "Căn cứ Luật Hộ tịch số 60/2014/QH13 ngày 20 tháng 11 năm 2014;"
_UNIT = re.compile(r"(?:xã|phường|thị trấn|huyện|tỉnh|thành phố) ")
OUTLINES = ("Kế hoạch", "Báo cáo", "Chương trình", "Phương án", "Thông báo", "Công văn", "Hướng dẫn")


def framed(text: Text) -> str:
    """The document of a text, as a file would have it."""
    if text.sort == "whole":
        return "\n".join(text.lines).strip("\n") + "\n"
    return _central(text) if text.sort == "central" else _local(text)


def _local(text: Text) -> str:
    assert text.day is not None
    bases = [line for line in text.lines if line.startswith("Căn cứ ")]
    body = [line for line in text.lines if line not in bases]
    place = _UNIT.split(text.issuer.split(",")[0])[-1]
    head, unit = _issuer(text.issuer)
    top = [head, unit, "", *STATE, "", f"Số: {text.symbol}", f"{place}, {_long(text.day)}", ""]
    end = ["", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu", ""]
    if text.kind in OUTLINES:
        return "\n".join([*top, text.kind.upper(), text.title, "", *bases, *body, *end])
    kind = text.kind.upper()
    if not bases:
        bases = [LATER if text.day.year > 2020 else EARLIER]
    return "\n".join([*top, kind, text.title, "", f"{head} {unit}", *bases, f"{kind}:", *_articles(text, body), *end])


def _articles(text: Text, body: list[str]) -> list[str]:
    assert text.day is not None
    found = list(body) or ["Quy định này về việc quản lý đường thôn."]
    if not found[0].startswith(("Điều 1.", "Chương I")):
        first = ["Điều 1. Phạm vi điều chỉnh"]
        found = first + (found if found[0].startswith("Điều 2.") else [f"Điều 2. {found[0]}", *found[1:]])
    if any(line.startswith("(Kèm theo") for line in found):
        return found
    count = sum(line.startswith("Điều ") for line in found)
    if any("hiệu lực từ" in line or "hiệu lực kể từ" in line or "hiệu lực thi hành" in line for line in found):
        return [*found, f"Điều {count + 1}. Các thôn chịu trách nhiệm thi hành {text.kind} này."]
    begins = text.effective or text.day + timedelta(days=20)
    return [*found, f"Điều {count + 1}. {text.kind} này có hiệu lực từ {_long(begins)}."]


def _central(text: Text) -> str:
    assert text.day is not None
    kind, bases = text.kind.upper(), [line for line in text.lines if line.startswith("Căn cứ ")]
    body = [line for line in text.lines if line not in bases]
    place = "Hà Nội" if "tỉnh" not in text.issuer else text.issuer.split("tỉnh ")[-1]
    if body and not body[0].startswith(("Điều ", "Chương ")):
        body = [f"Điều 1. {body[0]}", *body[1:]]
    number = 1 + sum(line.startswith("Điều ") for line in body)
    if text.effective:
        body.append(f"Điều {number}. {text.kind} này có hiệu lực thi hành kể từ {_long(text.effective)}.")
    return "\n".join([
        text.issuer.upper(), "", *STATE, "", f"{'Luật số' if kind == 'LUẬT' else 'Số'}: {text.symbol}",
        f"{place}, {_long(text.day)}", "", kind, text.title, "", *bases,
        f"{text.issuer} ban hành {text.kind}.", *body, "", "Nơi nhận:", "- Lưu: VT.", "KT. NGƯỜI ĐỨNG ĐẦU",
        "Nguyễn Văn Mẫu", "",
    ])  # fmt: skip


def _issuer(name: str) -> tuple[str, str]:
    for body in ("Ủy ban nhân dân", "Hội đồng nhân dân"):
        if name.startswith(body):
            return body.upper(), name.removeprefix(body).strip().upper()
    return name.upper(), ""


def _long(day: date) -> str:
    return f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
