"""Rules as a workspace has them: parameters, slips in names, the office's own rules from settings to findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows import ruling
from flows.cli import main
from flows.pipeline import review
from flows.settings import SettingsError, today, workspace
from outputs import words
from rules import own_rules

OWN = """
[[thuat_ngu]]
ma = "XA01"
ten = "Tên gọi cũ của lực lượng ở cơ sở"
cu = ["dân phòng"]
nay = "lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở"
can_cu = "Điều 32 Luật số 30/2023/QH15"
tu_ngay = 2024-07-01
"""
LOCAL = """ỦY BAN NHÂN DÂN
XÃ AN HÒA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 07/2022/QĐ-UBND
An Hòa, ngày 15 tháng 3 năm 2022

QUYẾT ĐỊNH
Ban hành Quy định tuần tra ban đêm

Căn cứ Luật Cư trú số 68/2020/QH14 ngày 13 tháng 11 năm 2020;
QUYẾT ĐỊNH:
Điều 1. Đội dân phòng tuần tra từ 22 giờ.
Điều 2. Quyết định này có hiệu lực từ ngày 25 tháng 3 năm 2022.

Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "dia-phuong").mkdir(parents=True)
    (tmp_path / "corpus" / "dia-phuong" / "a.txt").write_text(LOCAL, "utf-8")
    return tmp_path


def settle(folder: Path, settings: str, own: str = "") -> None:
    (folder / "rasoat.toml").write_text(settings, "utf-8")
    (folder / "quy-tac").mkdir(exist_ok=True)
    (folder / "quy-tac" / "xa.toml").write_text(own, "utf-8")


def chosen(folder: Path):
    return ruling.rule_settings(workspace(str(folder), None, None))


def test_levels_and_parameters_of_a_rule(folder: Path) -> None:
    settle(folder, '[quy_tac]\nTN02 = "tat"\nMT05 = { sai_so = 1 }\n[quy_tac.TL01]\nmuc = "thong_tin"\nso_tu = 40\n')
    settings = chosen(folder)
    assert settings.off == {"TN02"}
    assert settings.severity == {"TL01": "thong_tin"}
    assert settings.values == {("TL01", "so_tu"): 40, ("MT05", "sai_so"): 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[quy_tac]\nTL02 = "tat"', "không có quy tắc “TL02” (có phải “T"),
        ("[quy_tac.TL01]\nso_tuu = 40", "không có tham số “so_tuu” (có phải “so_tu”?). Có thể đặt: muc, so_tu, giong"),
        ("[quy_tac.HL03]\nso_ngay = 5", "quy tắc này không có tham số nào"),
        ('[quy_tac.TL01]\nmucc = "thap"', "không có tham số “mucc” (có phải “muc”?)"),
        ("[quy_tac.TL01]\nso_tu = 4", "so_tu = 4 nằm ngoài khoảng cho phép: 10 đến 200 (từ)"),
        ("[quy_tac.TL01]\nso_tu = 40.5", "so_tu phải là số nguyên từ 10 đến 200 (từ), không phải “40.5”"),
        ('[quy_tac.MT05]\nsai_so = "1"', "sai_so phải là số từ 0 đến 10 (%)"),
        ("[quy_tac.MT05]\nsai_so = true", "sai_so phải là số"),
        ('[quy_tac.MT05]\nmuc = "cap"', "giá trị cho phép: tat, cao"),
    ],
)
def test_a_slip_is_told(folder: Path, text: str, said: str) -> None:
    settle(folder, text)
    with pytest.raises(SettingsError) as error:
        chosen(folder)
    assert said in str(error.value)
    assert "rasoat.toml" in str(error.value)


def test_what_the_office_chose_is_part_of_what_a_run_is_judged_from(folder: Path) -> None:
    space = workspace(str(folder), None, None)
    assert review(space, today()).again
    assert not review(space, today()).again
    settle(folder, "[quy_tac.TL01]\nso_tu = 40\n")
    assert review(workspace(str(folder), None, None), today()).again
    assert not review(workspace(str(folder), None, None), today()).again
    settle(folder, "[quy_tac.TL01]\nso_tu = 40\n", OWN)
    done = review(workspace(str(folder), None, None), today())
    assert done.again
    [found] = [finding for finding in done.run.findings if finding.rule == "XA01"]
    assert "lực lượng tham gia bảo vệ an ninh" in found.message
    assert "Tên gọi cũ của lực lượng ở cơ sở" in (done.folder / "report.html").read_text("utf-8")


def test_a_bad_file_is_told_and_the_run_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(folder, "", OWN)
    (folder / "quy-tac" / "hong.toml").write_text("[[thuat_ngu]]\nma = XA", "utf-8")
    assert main(["review", "--workspace", str(folder)]) == 0
    assert "quy-tac/hong.toml: dòng 2" in capsys.readouterr().err


def test_rules_and_explain_show_what_the_workspace_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(folder, '[quy_tac]\nTN02 = "tat"\n[quy_tac.TL01]\nso_tu = 40\n', OWN)
    assert main(["rules", "--workspace", str(folder)]) == 0
    rows = {line.split("\t")[0]: line.split("\t") for line in capsys.readouterr().out.splitlines()}
    assert rows["TN02"][2] == "tat"
    assert "so_tu=40 từ" in rows["TL01"][5]
    assert rows["XA01"][1] == "Tên gọi cũ của lực lượng ở cơ sở"
    assert main(["explain", "tl01", "--workspace", str(folder)]) == 0
    page = capsys.readouterr().out
    assert "Đơn vị đã đặt: so_tu = 40." in page
    assert "| `so_tu` |" in page
    assert main(["explain", "xa01", "--workspace", str(folder)]) == 0
    assert "tệp quy-tac/xa.toml" in capsys.readouterr().out


def test_the_sample_file_of_a_new_workspace_is_read_and_does_nothing(tmp_path: Path) -> None:
    assert main(["init", "--workspace", str(tmp_path / "w")]) == 0
    sample = tmp_path / "w" / "quy-tac" / ruling.SAMPLE
    assert ruling.own_of(workspace(str(tmp_path / "w"), None, None)) == ruling.Loaded()
    code = re.sub(r"(?m)^# (?=\[\[|[a-z_]+ = )", "", sample.read_text("utf-8"))
    sample.write_text(code, "utf-8")
    loaded = ruling.own_of(workspace(str(tmp_path / "w"), None, None))
    assert loaded.faults == ()
    assert [rule.code for rule in loaded.rules] == ["XA01", "XA02"]


def test_page_and_papers_name_the_offices_rules_though_nothing_was_judged(folder: Path) -> None:
    settle(folder, "", OWN)
    own_rules.remember(())
    assert words.rule_name("XA01") == "Quy tắc riêng (XA)"
    ruling.remember(workspace(str(folder), None, None))
    assert words.rule_name("XA01") == "Tên gọi cũ của lực lượng ở cơ sở"
    own_rules.remember(())
