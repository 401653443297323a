"""Geometry of the report's bar charts: numbers in, rectangles out; the template draws them as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LABEL_WIDTH, BAR_WIDTH, ROW_HEIGHT, TOTAL_WIDTH = 178, 262, 28, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, in user units of the chart. `style` is the CSS class that gives the colour."""

    x: float
    width: float
    count: int
    style: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: label, its bars from left to right, the total behind them."""

    label: str
    y: int
    bars: tuple[Bar, ...]
    total: int
    total_x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A stacked bar chart. `legend` pairs a style with its name; `described` says the numbers in words."""

    id: str
    title: str
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, str], ...]
    described: str
    width: int
    height: int


def stacked(
    id: str, title: str, series: Sequence[tuple[str, str]], rows: Sequence[tuple[str, Sequence[int]]]
) -> Chart:  # fmt: skip
    """A chart of `rows` (label, one count for each series); `series` pairs a CSS class with its name."""
    most = max([1, *(sum(counts) for _, counts in rows)])
    drawn: list[Row] = []
    for i, (label, counts) in enumerate(rows):
        x = float(LABEL_WIDTH)
        bars: list[Bar] = []
        for count, (style, name) in zip(counts, series, strict=True):
            width = round(BAR_WIDTH * count / most, 2)
            if count:
                bars.append(Bar(round(x, 2), width, count, style, name))
            x += width
        drawn.append(Row(label, i * ROW_HEIGHT, tuple(bars), sum(counts), round(x + 8, 2)))
    described = "; ".join(_row_words(row, several=len(series) > 1) for row in drawn)
    return Chart(
        id, title, tuple(drawn), tuple(series) if len(series) > 1 else (), described,
        LABEL_WIDTH + BAR_WIDTH + TOTAL_WIDTH, max(len(drawn), 1) * ROW_HEIGHT,
    )  # fmt: skip


def _row_words(row: Row, several: bool) -> str:
    parts = ", ".join(f"{bar.name} {bar.count}" for bar in row.bars)
    return f"{row.label}: {row.total} ({parts})" if several and parts else f"{row.label}: {row.total}"
