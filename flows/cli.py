"""The command line (first version)."""

from __future__ import annotations

import sys

from corpus.records import document_record
from corpus.register import NothingKnown
from extractors import extract


def main() -> int:
    import orjson

    arguments = [a for a in sys.argv[2:] if not a.startswith("--")]
    worst = 0
    for path in arguments:
        document = extract(path, NothingKnown())
        sys.stdout.buffer.write(orjson.dumps(document_record(document)) + b"\n")
        worst = max(worst, 0 if document.readable else 1)
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
