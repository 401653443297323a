"""The two examples in each rule's docstring: the first is flagged by that rule, the second is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.model import Finding
from rules.catalogue import RULES, Rule

Review = Callable[..., tuple[Finding, ...]]


OF_SEVERAL = ("KH02",)
"""Rules whose examples need more than one document: they have tests of their own."""


READING = [rule for rule in RULES if rule.scope == "reviewed" and rule.code not in OF_SEVERAL]


def documents(rule: Rule, example: str, make: Callable[..., str], make_decree: Callable[[str], str]):
    """Local and central texts of an example, as its page describes them."""
    written = rule.sections.get("Ký ngày", "15/3/2022")
    other = rule.sections.get("Đối chiếu", "")
    if written == "không" and not example.startswith(("(", "Số:")):
        return [example], []
    day, month, year = (int(part) for part in (written if written != "không" else "15/3/2022").split("/"))
    local = [make(example, date(year, month, day))]
    if not other:
        return local, []
    if other.startswith("Số:"):
        return local, [make_decree(other)]
    if example.startswith("("):
        return local, []
    return [*local, make(other, date(2025, 8, 20), number="20/2025/QĐ-UBND")], []


@pytest.mark.parametrize("rule", READING, ids=lambda rule: rule.code)
def test_flagged_example_is_flagged(rule, review: Review, make, make_decree) -> None:
    assert rule.flagged, f"{rule.code} shows no text that it flags"
    local, central = documents(rule, rule.flagged, make, make_decree)
    found = [finding for finding in review(local, central) if finding.rule == rule.code]
    assert found
    for finding in found:
        assert finding.message.endswith(".")
        assert finding.places[0].quote


@pytest.mark.parametrize("rule", READING, ids=lambda rule: rule.code)
def test_other_example_is_not_flagged(rule, review: Review, make, make_decree) -> None:
    assert rule.not_flagged, f"{rule.code} shows no text that it leaves alone"
    local, central = documents(rule, rule.not_flagged, make, make_decree)
    assert [f.message for f in review(local, central) if f.rule == rule.code and f.path.endswith("/0.txt")] == []


def test_duty_that_no_local_document_meets_is_a_gap(review: Review, make, make_decree) -> None:
    rule = next(rule for rule in RULES if rule.code == "KH01")
    local = [make("Việc này làm theo lịch của thôn.", date(2024, 3, 15))]
    flagged = review(local, [make_decree(f"Điều 1. {rule.flagged}")])
    assert [f.path for f in flagged if f.rule == "KH01"] == ["corpus/trung-uong/0.txt"]
    met = review(local, [make_decree(f"Điều 1. {rule.not_flagged}")])
    assert [f.message for f in met if f.rule == "KH01"] == []
