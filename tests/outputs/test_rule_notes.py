"""What stands beside a finding about its rule: of the program and of the office's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from outputs import words
from outputs.rule_notes import MOST, rule_note
from rules import own_rules
from rules.catalogue import PROPOSAL_WORDS, RULES, prefixes
from rules.own_files import load


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_says_what_it_looks_for_and_leaves_alone(code: str) -> None:
    note = rule_note(code)
    assert note is not None
    assert note.looks_for[0].isupper()
    assert note.looks_for.endswith(".")
    assert 0 < len(note.left_alone) <= MOST
    assert note.own is None


def test_a_rule_of_the_office_is_named_everywhere(tmp_path: Path) -> None:
    folder = tmp_path / "quy-tac"
    folder.mkdir()
    (folder / "xa.toml").write_text(
        '[[thuat_ngu]]\nma = "XA01"\nten = "Tên cũ ở xã"\ncu = "dân phòng"\ncan_cu = "Điều 32 Luật số 30/2023/QH15"\n'
        'khong_bat = "trực ban"\n', "utf-8",
    )  # fmt: skip
    before = own_rules.remembered()
    own_rules.remember(load(folder, prefixes(), PROPOSAL_WORDS).rules)
    try:
        note = rule_note("XA01")
        assert note is not None
        assert (note.name, note.own, note.left_alone) == ("Tên cũ ở xã", "quy-tac/xa.toml", ("Trực ban",))
        assert words.rule_name("XA01") == "Tên cũ ở xã"
        assert words.family_of("XA01") == "Quy tắc riêng (XA)"
    finally:
        own_rules.remember(before)
    assert rule_note("XA01") is None
