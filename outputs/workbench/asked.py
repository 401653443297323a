"""What the address of a page asks for: filters, words, page; and back into an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from outputs.workbench.index import FACETS, OPEN, Filters

ANY = "tat_ca"
NONE = "khong"
"""The value "not given" of a facet, in an address (an empty value would be left out)."""
DEFAULTS: Mapping[str, str] = {"loai": "can_xu_ly", "xu_ly": OPEN}
GROUPINGS = ("van_ban", "nguyen_nhan")
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of the queue. `given` is what the address says, as it stands; `filters` what it means."""

    given: Mapping[str, str]
    filters: Filters
    page: int
    grouping: str


def asked(given: Mapping[str, str]) -> Asked:
    """Read an address. What it does not know is ignored; a page that is no number is the first."""
    kept = {name: value for name, value in given.items() if name in FACETS and value}
    chosen = {name: value for name, value in {**DEFAULTS, **kept}.items() if value != ANY}
    chosen = {name: "" if value == NONE else value for name, value in chosen.items()}
    text = " ".join(given.get("tim", "").split())[:LONGEST_SEARCH]
    number = given.get("trang", "")
    page = int(number) if number.isdigit() and len(number) < 7 else 1
    grouping = given.get("theo", "") if given.get("theo") in GROUPINGS else ""
    shown = {**kept, **({"tim": text} if text else {}), **({"trang": str(page)} if page > 1 else {}),
             **({"theo": grouping} if grouping else {})}  # fmt: skip
    return Asked(shown, Filters(chosen, text), max(page, 1), grouping)


def asked_in(query: str) -> Asked:
    """The view that a form carries along (`ve`)."""
    return asked(dict(parse_qsl(query[:4000])))
