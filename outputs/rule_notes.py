"""What a rule looks for and leaves alone, in a few lines beside its findings: report and review page."""

from __future__ import annotations

from dataclasses import dataclass

from outputs import words
from rules.catalogue import by_code
from rules.pages import left_alone, sentence

MOST = 8
"""Lines of what a rule leaves alone; the whole page is `rasoat explain CODE`."""


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule for the officer. `own`: the file of the office's own rules that it comes from."""

    code: str
    name: str
    looks_for: str
    ground: str
    advice: str
    left_alone: tuple[str, ...]
    own: str | None


def rule_note(code: str) -> RuleNote | None:
    """The note of a rule; None for a code that the catalogue has no longer."""
    try:
        rule = by_code(code)
    except KeyError:
        return None
    lines = left_alone(rule) if rule.source is None else tuple(rule.not_flagged.splitlines())
    return RuleNote(
        rule.code, rule.name, words.printable(sentence(rule.looks_for)),
        rule.sections.get("Căn cứ") or rule.legal_basis, rule.sections.get("Kiến nghị", ""),
        tuple(words.printable(sentence(line)) for line in lines[:MOST]), rule.source,
    )  # fmt: skip
