"""The notes of a văn bản hợp nhất: what was changed by which clause, and what only repeats other acts."""

from __future__ import annotations

from datetime import date

from corpus.nothing import NothingKnown
from corpus.records import effect_of, effect_record
from extractors import understand
from extractors.readers import Reading
from extractors.readers.text import lines_of

_TEXT = """BỘ NÔNG NGHIỆP
Số: 07/VBHN-BNN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 05 tháng 3 năm 2024

NGHỊ ĐỊNH
Về quản lý chợ mẫu
Nghị định số 10/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ về quản lý chợ mẫu, có hiệu lực kể từ ngày 01 tháng \
5 năm 2020, được sửa đổi, bổ sung bởi:
Nghị định số 15/2023/NĐ-CP ngày 10 tháng 4 năm 2023 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số \
10/2020/NĐ-CP, có hiệu lực kể từ ngày 01 tháng 6 năm 2023.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chợ mẫu.
Điều 2. Ban quản lý chợ
1. Ban quản lý chợ có từ 03 đến 05 người.[1]
2. Trưởng ban do Ủy ban nhân dân cấp xã[2] bổ nhiệm.
Điều 2a. Nhiệm kỳ[3]
Nhiệm kỳ của trưởng ban là 05 năm.
Điều 3. (được bãi bỏ)[4]
Điều 4. Hiệu lực thi hành[5]
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2020.

[1] Khoản này được sửa đổi, bổ sung theo quy định tại khoản 1 Điều 1 Nghị định số 15/2023/NĐ-CP, có hiệu lực kể từ \
ngày 01 tháng 6 năm 2023.
[2] Cụm từ “cấp huyện” được thay thế bằng cụm từ “cấp xã” theo quy định tại khoản 4 Điều 1 Nghị định số 15/2023/NĐ-CP.
[3] Điều này được bổ sung theo quy định tại khoản 2 Điều 1 Nghị định số 15/2023/NĐ-CP.
[4] Điều này bị bãi bỏ theo quy định tại khoản 3 Điều 1 của Nghị định số 15/2023/NĐ-CP.
[5] Điều 2 của Nghị định số 15/2023/NĐ-CP quy định như sau:
“Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 6 năm 2023 và thay thế Nghị định số 99/2001/NĐ-CP.”
"""


def test_the_notes_tell_what_others_did() -> None:
    document = understand("hop-nhat.txt", Reading(tuple(lines_of(_TEXT))), NothingKnown())
    told = [effect for effect in document.effects if effect.by is not None]
    assert [(e.type, e.target.provision, e.by.provision, e.old_text, e.new_text) for e in told if e.by] == [
        ("amend", "art_2__cl_1", "art_1__cl_1", None, None),
        ("substitute", "art_2__cl_2", "art_1__cl_4", "cấp huyện", "cấp xã"),
        ("insert", "art_2a", "art_1__cl_2", None, None),
        ("repeal", "art_3", "art_1__cl_3", None, None),
    ]
    assert {effect.target.symbol for effect in told} == {"10/2020/NĐ-CP"}
    assert {effect.from_ for effect in told} == {date(2023, 6, 1)}
    assert all(document.text[e.start : e.end].startswith("[") for e in told)
    assert all(effect_of(effect_record(effect)) == effect for effect in document.effects)


def test_what_a_note_repeats_of_another_act_does_nothing_here() -> None:
    document = understand("hop-nhat.txt", Reading(tuple(lines_of(_TEXT))), NothingKnown())
    assert not [effect for effect in document.effects if effect.target.symbol == "99/2001/NĐ-CP"]
    assert "[1]" not in document.text.partition("\n[1] ")[0]


def test_a_point_in_the_middle_of_a_line_is_a_part_of_its_clause() -> None:
    source = _TEXT.replace("05 người.[1]", "05 người, gồm a[1]) trưởng ban và b) thành viên.")
    source = source.replace("[1] Khoản này được sửa đổi, bổ sung", "[1] Điểm này được sửa đổi, thay thế")
    document = understand("hop-nhat.txt", Reading(tuple(lines_of(source))), NothingKnown())
    first = next(effect for effect in document.effects if effect.by is not None)
    assert (first.type, first.target.provision, first.partial) == ("amend", "art_2__cl_1", True)
