"""Argparse that speaks Vietnamese: headings, the help option, the errors that a user meets; how commands are added."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn, Protocol

_ERRORS = (
    (re.compile(r"^argument ([^:]+): invalid choice: '([^']*)'.*$"), r"không có lựa chọn “\2” cho \1"),
    (re.compile(r"^argument ([^:]+): expected one argument$"), r"\1 cần một giá trị"),
    (re.compile(r"^argument ([^:]+): invalid int value: '([^']*)'$"), r"\1: “\2” không phải số nguyên"),
    (re.compile(r"^argument ([^:]+): not allowed with argument (.+)$"), r"không dùng \1 cùng với \2"),
    (re.compile(r"^argument ([^:]+): "), r"\1: "),
    (re.compile(r"^the following arguments are required: (.+)$"), r"còn thiếu: \1"),
    (re.compile(r"^unrecognized arguments: (.+)$"), r"không có tham số: \1"),
    (re.compile(r"^ambiguous option: (\S+) could match (.+)$"), r"\1 có thể là một trong: \2"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are Vietnamese. A wrong call ends with exit code 2."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "add_help": False})
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "cách dùng: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        print(f"rasoat: lệnh chưa đúng: {translated(message)}\nXem cách dùng: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def translated(message: str) -> str:
    """An error of argparse in Vietnamese; one that is not known stays as it is.

    >>> translated("the following arguments are required: FILE")
    'còn thiếu: FILE'
    """
    for pattern, words in _ERRORS:
        message = pattern.sub(words, message, count=1)
    return message


Day = Callable[[str], date]


class Add(Protocol):
    """Adds a command: name, function (`module:name`), help."""

    def __call__(self, name: str, run: str, help: str) -> argparse.ArgumentParser: ...
