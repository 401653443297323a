"""`python -m corpus.register build`: build the register's index on set-up."""

from __future__ import annotations

import sys

from corpus.register.index import build


def main(arguments: list[str]) -> int:
    if arguments != ["build"]:
        print("python -m corpus.register build", file=sys.stderr)
        return 2
    print(build())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
