"""rasoat.toml: defaults, what it may say, and messages that name the place and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import TEMPLATE, SettingsError, load, workspace


def test_no_file_gives_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path / "rasoat.toml")
    assert (settings.unit, settings.night, settings.rules) == (None, "02:00", {})


def test_the_template_is_valid_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rasoat.toml"
    path.write_text(TEMPLATE, "utf-8")
    assert load(path) == load(tmp_path / "absent.toml")


def test_what_the_officer_may_set(tmp_path: Path) -> None:
    path = tmp_path / "rasoat.toml"
    path.write_text(
        'don_vi = "Ủy ban nhân dân xã A"\n[chay_dem]\ngio = "1:30"\n[quy_tac]\ntn02 = "tat"\nVD01 = "thap"\n', "utf-8"
    )
    settings = load(path)
    assert settings.unit == "Ủy ban nhân dân xã A"
    assert settings.night == "01:30"
    assert settings.rules == {"TN02": "tat", "VD01": "thap"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('donvi = "x"', "không có mục “donvi”"),
        ('[chay_dem]\ngio = "25:00"', "không phải giờ"),
        ("[chay_dem]\nso_tien_trinh = 1000", "từ 0 đến 64"),
        ('[so_van_ban]\nnam_du = "2024"', "danh sách năm"),
        ('[quy_tac]\nVD01 = "rat_cao"', "giá trị cho phép: tat, cao"),
        ("don_vi = ", "không đọc được tệp cấu hình"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "rasoat.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        load(path)
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_workspace_stands_for_corpus_and_outputs() -> None:
    space = workspace("xa", None, None)
    assert (str(space.corpus), str(space.outputs)) == ("xa/corpus", "xa/outputs")
    assert str(workspace("xa", "kho", None).corpus) == "kho"
    assert workspace(None, "kho", None).outputs is None
