"""Memory of what a pure function of a document gave, for the documents asked last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from corpus.model import Document

T = TypeVar("T")


def kept_by_document(letters: int) -> Callable[[Callable[[Document], T]], Callable[[Document], T]]:
    """Decorator: keep the values of a function of a document (of nothing else) for the documents asked last.

    They are kept as long as their texts have together no more than `letters` code points, the last one always. A
    document is known by being the same object: another reading of the same file is another document.
    """

    def decorated(function: Callable[[Document], T]) -> Callable[[Document], T]:
        found: OrderedDict[int, tuple[Document, T]] = OrderedDict()
        lock = Lock()
        size = 0

        @wraps(function)
        def asked(document: Document) -> T:
            nonlocal size
            with lock:
                kept = found.get(id(document))
                if kept is not None:
                    found.move_to_end(id(document))
                    return kept[1]
            value = function(document)
            with lock:
                if id(document) not in found:
                    size += len(document.text)
                found[id(document)] = (document, value)
                while size > letters and len(found) > 1:
                    _, (oldest, _) = found.popitem(last=False)
                    size -= len(oldest.text)
            return value

        return asked

    return decorated
