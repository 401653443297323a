"""Names of acts as Akoma Ntoso writes them: FRBR URIs of works, expressions and provisions.

`/akn/vn/act/nghi-dinh/2025/79-nd-cp` is the work, `/akn/vn/act/nghi-dinh/2025/79-nd-cp/vie@2025-04-01` an expression,
`…/~art_5__cl_2` a provision. Source: OASIS, Akoma Ntoso Naming Convention 1.0 §4; docs/akoma-ntoso.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus import symbols
from corpus.model import Document, Target
from corpus.territory import body_key
from corpus.text import fold_words

LANGUAGE = "vie"
UNKNOWN_DAY = date(9999, 12, 31)
"""What stands where the schema wants a day and none is known; `name="khong-ro"` says so beside it."""


@dataclass(frozen=True, slots=True)
class Name:
    """What names an act: its parts as far as they are known."""

    symbol: str | None
    kind: str | None
    issuer: str | None = None
    date: date | None = None
    title: str | None = None
    year: int | None = None

    @property
    def number(self) -> str | None:
        """Number with the letters behind it, without the year: "79-nd-cp"; None without a symbol."""
        if not self.symbol:
            return None
        parts = symbols.parse(self.symbol)
        bare = symbols.key(self.symbol)
        if parts and parts.year:
            bare = bare.replace(f"/{parts.year}", "", 1)
        return slug(bare)

    @property
    def day(self) -> str | None:
        """Year where the symbol has one (it then tells acts apart), else the day of issue, else the year named."""
        parts = symbols.parse(self.symbol) if self.symbol else None
        if parts and parts.year:
            return str(parts.year)
        if self.date:
            return self.date.isoformat()
        return str(self.year) if self.year else None


def work(name: Name) -> str | None:
    """URI of a work; None where neither a number nor a title with its year tells which act is meant."""
    number = name.number
    if name.day is None or (number is None and not name.title):
        return None
    return _path(name, name.day, number or _titled(name))


def work_of(document: Document) -> str:
    """URI of a document's own work. A draft has no number: its title stands for it, and 9999 for its day."""
    name = name_of(document)
    title = slug(name.title or document.path.rpartition("/")[2])[:60].strip("-") or "khong-ten"
    return _path(name, name.day or "9999", name.number or f"nn-{title}")


def name_of(document: Document) -> Name:
    """What names a document that was read."""
    head = document.masthead
    if head is None:
        return Name(None, None)
    return Name(head.symbol, head.kind or (symbols.kind_of(head.symbol) if head.symbol else None), head.issuer,
                head.date, head.title)  # fmt: skip


def target_name(target: Target) -> Name:
    """What names the act of a citation or effect."""
    kind = target.kind or (symbols.kind_of(target.symbol) if target.symbol else None)
    return Name(target.symbol, kind, target.issuer, target.date, target.name, target.year)


def expression(uri: str, day: date | None) -> str:
    """URI of the text in Vietnamese as it was on the day of its version."""
    return f"{uri}/{LANGUAGE}@{day.isoformat() if day else ''}"


def portion(uri: str, provision: str | None) -> str:
    """URI of a provision of a work; of the work itself where `provision` is None."""
    return f"{uri}/~{provision}" if provision else uri


def document_type(kind: str | None, symbol: str | None = None) -> str:
    """`act` for kinds that can make rules (Luật 64/2025/QH15 Art. 4), `doc` for plans, reports, letters.

    The kind alone decides, so that a citation and the act itself give one name. A QH number is a law or a resolution:
    where the kind is not told, it is an act without a subtype.
    """
    if kind is None and symbol and symbols.is_normative(symbol):
        return "act"
    return "act" if kind in symbols.NORMATIVE_KINDS else "doc"


def slug(text: str) -> str:
    """Lower-case letters, digits and dashes only.

    >>> slug("Ủy ban nhân dân xã Bến Giang")
    'uy-ban-nhan-dan-xa-ben-giang'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold_words(text)).strip("-")


def _path(name: Name, day: str, number: str) -> str:
    steps = ["/akn/vn", document_type(name.kind, name.symbol)]
    if name.kind and name.kind != "khac":
        steps.append(name.kind.replace("_", "-"))
    # A central symbol names its issuer; a local one is used by every commune of the country.
    if name.issuer and (name.symbol is None or symbols.is_local(name.symbol)):
        steps.append(slug(body_key(name.issuer)))
    return "/".join((*steps, day, number))


def _titled(name: Name) -> str:
    return slug(name.title or "")[:80].strip("-")
