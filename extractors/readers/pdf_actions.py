"""What a PDF would do where a program obeyed it: scripts, programs to start, addresses to open, data to send.

Actions: ISO 32000-1, 12.6; files that lie inside: 7.11.4. Nothing of it is ever done here; the officer is told once.
A link that waits for a click is no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

MAX_OBJECTS = 20_000
"""That are looked at in one file: a law of 400 pages with a link on each has some 2,000."""
_SCRIPT, _START, _ADDRESS, _SEND = (
    "mã lệnh (JavaScript)", "lệnh mở chương trình hoặc tệp khác", "lệnh mở địa chỉ trên mạng ngay khi mở tệp",
    "biểu mẫu gửi dữ liệu đi nơi khác",
)  # fmt: skip
_INSIDE, _MEDIA, _MORE = "tệp đính kèm bên trong", "phim, âm thanh", "quá nhiều mục để xem hết"
_BY_KIND = {"JavaScript": _SCRIPT, "Launch": _START, "SubmitForm": _SEND, "ImportData": _START, "Rendition": _MEDIA,
            "Movie": _MEDIA, "Sound": _MEDIA, "RichMediaExecute": _MEDIA, "GoToE": _INSIDE}  # fmt: skip
_BY_ITSELF = {"URI": _ADDRESS, "GoToR": _START}
_ANNOTATIONS = {"FileAttachment": _INSIDE, "RichMedia": _MEDIA, "Movie": _MEDIA, "Screen": _MEDIA, "Sound": _MEDIA,
                "3D": _MEDIA}  # fmt: skip
_ORDER = (_SCRIPT, _START, _ADDRESS, _SEND, _INSIDE, _MEDIA, _MORE)


def warnings(
    catalog: Mapping[str, Any], pages: Iterable[Mapping[str, Any]], damage: tuple[type[Exception], ...]
) -> tuple[str, ...]:
    """The sentences for the officer, mostly none. `pages`: the dictionaries of the pages.

    `damage`: what pdfminer raises where an object is not what it says.
    """
    look = _Look(damage)
    try:
        look.at_catalog(catalog)
        for page in pages:
            look.at_page(page)
    except _Enough:
        look.found.add(_MORE)
    told = []
    if look.found:
        listed = ", ".join(one for one in _ORDER if one in look.found)
        told.append(
            f"Tệp PDF có {listed}: rasoat chỉ đọc chữ, không chạy và không mở gì trong đó; "
            "chỉ mở tệp bằng chương trình khác nếu biết rõ nơi gửi."
        )
    if look.portfolio:
        told.append("Tệp PDF là tập gồm nhiều tệp, chỉ trang bìa được đọc: hãy lưu riêng từng tệp bên trong.")
    if look.dynamic:
        told.append("Tệp PDF là biểu mẫu động (XFA), chữ của biểu mẫu không đọc được: hãy in lại ra PDF.")
    return tuple(told)


class _Enough(Exception):
    """More objects than in any real file."""


class _Look:
    """One pass over a file's actions; every object is resolved once."""

    def __init__(self, damage: tuple[type[Exception], ...]) -> None:
        self.found: set[str] = set()
        self._damage = damage
        self.portfolio = self.dynamic = False
        self._left = MAX_OBJECTS

    def at_catalog(self, catalog: Mapping[str, Any]) -> None:
        self._action(catalog.get("OpenAction"), by_itself=True)
        self._actions(catalog.get("AA"))
        names = self._dict(catalog.get("Names"))
        if self._tree_holds(names.get("JavaScript")):
            self.found.add(_SCRIPT)
        if self._tree_holds(names.get("EmbeddedFiles")) or self._list(catalog.get("AF")):
            self.found.add(_INSIDE)
        self.portfolio = bool(self._dict(catalog.get("Collection")))
        forms = self._dict(catalog.get("AcroForm"))
        # 12.7.8: the form's own text lies beside the pages, which often only say that it cannot be shown.
        self.dynamic = forms.get("XFA") is not None
        fields = self._list(forms.get("Fields"))
        waiting: list[Iterator[Any]] = [iter(fields)]
        while waiting:
            field = next(waiting[-1], None)
            if field is None:
                waiting.pop()
                continue
            field = self._dict(field)
            self._of_annotation(field)
            if kids := self._list(field.get("Kids")):
                waiting.append(iter(kids))

    def at_page(self, page: Mapping[str, Any]) -> None:
        self._actions(page.get("AA"))
        for note in self._list(page.get("Annots")):
            self._of_annotation(self._dict(note))

    def _of_annotation(self, note: Mapping[str, Any]) -> None:
        if (kind := _name(note.get("Subtype"))) in _ANNOTATIONS:
            self.found.add(_ANNOTATIONS[kind])
        self._action(note.get("A"), by_itself=False)
        self._actions(note.get("AA"))

    def _actions(self, given: Any) -> None:
        """Actions by what sets them off (12.6.3): opening, closing, printing, a key in a field."""
        for action in self._dict(given).values():
            self._action(action, by_itself=True)

    def _action(self, given: Any, by_itself: bool) -> None:
        """One action and those that follow it. `by_itself`: it waits for no click."""
        waiting = [given]
        while waiting:
            one = self._resolved(waiting.pop())
            if isinstance(one, list):
                # A list in the place of an action is a view of the file, but for those that follow one.
                waiting += [part for part in one if isinstance(self._resolved(part), dict) and "S" in self._dict(part)]
            elif isinstance(one, dict):
                kind = _name(self._resolved(one.get("S")))
                if kind in _BY_KIND:
                    self.found.add(_BY_KIND[kind])
                elif by_itself and kind in _BY_ITSELF:
                    self.found.add(_BY_ITSELF[kind])
                if "JS" in one:
                    self.found.add(_SCRIPT)
                waiting.append(one.get("Next"))

    def _tree_holds(self, root: Any) -> bool:
        """Whether a name tree (7.9.6) has any entry."""
        waiting = [root]
        while waiting:
            node = self._dict(waiting.pop())
            if self._list(node.get("Names")):
                return True
            waiting += self._list(node.get("Kids"))
        return False

    def _dict(self, given: Any) -> Mapping[str, Any]:
        found = self._resolved(given)
        return found if isinstance(found, dict) else {}

    def _list(self, given: Any) -> list[Any]:
        found = self._resolved(given)
        return found if isinstance(found, list) else []

    def _resolved(self, given: Any) -> Any:
        if given is None:
            return None
        self._left -= 1
        if self._left < 0:
            raise _Enough
        try:
            return resolve1(given)
        except self._damage:
            return None  # what cannot be read is obeyed by no program


def _name(given: Any) -> str:
    name = given.name if isinstance(given, PSLiteral) else ""
    return name if isinstance(name, str) else name.decode("latin-1")
