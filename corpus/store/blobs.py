"""A document as the bytes that the store keeps: the whole, and a light one with masthead and effects alone.

States over time need only the mastheads, effects and legal bases of a corpus; decoding the light records of 1,000 acts
takes a tenth of the time of the whole ones.
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b

import orjson

from corpus import told
from corpus.model import Document
from corpus.records import document_of, stored_document


def pack(document: Document) -> bytes:
    """All of a document, without its path (the same bytes may lie at several paths), which its message may name."""
    return zlib.compress(orjson.dumps(stored_document(replace(document, path="", message=_nameless(document)))), 1)


_PLACE = "\x00"


def _nameless(document: Document) -> str | None:
    return document.message.replace(document.path, _PLACE) if document.message and document.path else document.message


def pack_light(document: Document) -> bytes:
    """Masthead, effects, title and legal bases with their words; of a new text only that there is one ("").

    All that states are folded from: an act that a central one takes as its basis was in force on that day, and the
    words around it may tell what has amended it.
    """
    effects = tuple(
        replace(effect, old_text=None, new_text=None if effect.new_text is None else "") for effect in document.effects
    )
    kept = tuple(citation for citation in document.citations if citation.role in told.ROLES)
    light = Document(
        path="", outcome=document.outcome, message=_nameless(document), masthead=document.masthead, effects=effects,
        text=document.text[: max((citation.end for citation in kept), default=0)], citations=kept,
    )
    return zlib.compress(orjson.dumps(stored_document(light)), 1)


def mark(blob: bytes) -> str:
    """A short hash of a packed document."""
    return blake2b(blob, digest_size=12).hexdigest()


def unpack(blob: bytes, path: str) -> Document:
    """A document from `pack` or `pack_light`, at a path."""
    record = orjson.loads(zlib.decompress(blob))
    record["path"] = path
    if record["message"]:
        record["message"] = record["message"].replace(_PLACE, path)
    return document_of(record)


@contextmanager
def many_objects() -> Iterator[None]:
    """Holds the collector back while hundreds of thousands of small objects are made (three times as fast)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
