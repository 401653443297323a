"""Numbers of a rule that the office may set in `rasoat.toml`, declared beside the rule.

A threshold of likeness or size is a choice of the program and may be another office's other choice; a number that the
law gives (days before a document takes effect, HL03) is not, and stands in the rule's own code.

    [quy_tac.TL01]
    so_tu = 30
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = int | float
Values = Mapping[tuple[str, str], Value]
"""What was chosen, by code and name of the parameter."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a rule: `name` as in the settings file; `least`, `most` inclusive; `meaning`, `unit` Vietnamese.

    The type of `default` is the type that is allowed: a whole number, or (float) a number with a decimal point.
    """

    code: str
    name: str
    default: Value
    unit: str
    least: Value
    most: Value
    meaning: str

    def chosen(self, values: Values) -> Value:
        """The value that was set, else the default."""
        return values.get((self.code, self.name), self.default)

    def share(self, values: Values) -> float:
        """A percentage as a share: 90 → 0.9."""
        return self.chosen(values) / 100

    def fault(self, value: object) -> str | None:
        """What is wrong with a value, in Vietnamese; None where it can be used."""
        whole = isinstance(self.default, int)
        kind = "số nguyên" if whole else "số"
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            return f"phải là {kind} từ {said(self.least)} đến {said(self.most)} ({self.unit}), không phải “{value}”"
        if not self.least <= value <= self.most:
            return f"= {said(value)} nằm ngoài khoảng cho phép: {said(self.least)} đến {said(self.most)} ({self.unit})"
        return None


def said(value: Value) -> str:
    """A number as Vietnamese writes it: 0,5."""
    return f"{value:g}".replace(".", ",")
