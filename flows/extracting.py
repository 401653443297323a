"""`rasoat extract`: one JSON line for each file. Imports little: it must start in less than half a second."""

from __future__ import annotations

import sys
from argparse import Namespace

from corpus.records import document_record
from extractors.sandbox import extract_many
from flows.known import KnownFactory


def command(options: Namespace) -> int:
    """Read the files in the order given; opens no store. 1 where a file could not be read."""
    import orjson

    worst = 0
    for document in extract_many(options.files, KnownFactory(register=options.register)):
        sys.stdout.buffer.write(orjson.dumps(document_record(document)))
        sys.stdout.buffer.write(b"\n")
        sys.stdout.buffer.flush()
        if not document.readable:
            worst = 1
            print(document.message or document.outcome, file=sys.stderr)
        for warning in document.warnings:
            print(f"{document.path}: {warning}", file=sys.stderr)
    return worst
