"""Text bombs: long lines, strange letters, words that make a grammar look again and again."""

from __future__ import annotations

from collections.abc import Callable

Build = Callable[[], bytes]
MILLION = 1_000_000
HEAD = "ỦY BAN NHÂN DÂN XÃ MẪU\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\nĐiều 1. Phạm vi\n"


def text(body: str) -> bytes:
    return (HEAD + body).encode("utf-8", "surrogatepass")


TEXT: dict[str, Build] = {
    "one-line-of-50-mb": lambda: text("a" * 50 * MILLION),
    "one-line": lambda: text("abc " * 3 * MILLION),
    "one-word": lambda: text("a" * 12 * MILLION),
    "lines": lambda: text("\n" * 12 * MILLION),
    "short-lines": lambda: text("a\n" * 5 * MILLION),
    "nul": lambda: text("\x00" * 12 * MILLION),
    "nul-between": lambda: text("a\x00" * 5 * MILLION),
    "marks": lambda: text("a" + "\u0301\u0323" * 2 * MILLION),
    "marks-turned": lambda: text("a" + "\u0301\u0323\u031b" * MILLION),
    "right-to-left": lambda: text("\u202e\u202d" * 2 * MILLION),
    "surrogates": lambda: text("\ud800a" * MILLION),
    "spaces": lambda: text(" " * 12 * MILLION + "a"),
    "strange-spaces": lambda: text("\u200b\u00a0\u2003\ufeff" * MILLION + "a"),
    "form-feeds": lambda: text("\fa" * 2 * MILLION),
    "controls": lambda: text("\x1b[31m" * MILLION),
    "utf16": lambda: (HEAD + "ư" * 3 * MILLION).encode("utf-16"),
    "utf32": lambda: (HEAD + "a " * MILLION).encode("utf-32"),
    "cut-utf8": lambda: text("ữ" * MILLION)[:-1] + b"\xe1" * 5,
    "bytes": lambda: bytes(range(9, 14)) + bytes(range(128, 256)) * 30_000,
    "tcvn3": lambda: HEAD.encode("utf-8") + b"x\xb7 \xae\xde " * 800_000,
    "words": lambda: text("khoản 1, " * 400_000),
    "words-and": lambda: text("Điều 1 và " * 400_000),
    "quotes": lambda: text("“" * 4 * MILLION),
    "laws": lambda: text("Luật Phòng, " * 300_000),
    "amend": lambda: text("sửa đổi, bổ sung " * 200_000),
    "numbers": lambda: text("số 1/2025/NĐ-" * 250_000),
    "notes": lambda: text("[1] " * MILLION),
    "articles": lambda: text("Điều 1. \n" * 400_000),
    "points": lambda: text("a) x\n" * 600_000),
    "clauses": lambda: text("".join(f"{n}. x\n" for n in range(400_000))),
    "annexes": lambda: text("Phụ lục I\n" * 300_000),
    "dashes": lambda: text("- x\n" * 800_000),
    "brackets": lambda: text("(" * 4 * MILLION),
    "digits": lambda: text("1" * 4 * MILLION),
    "digits-in-an-article": lambda: text("Điều " + "1" * 4 * MILLION + ". x"),
    "romans": lambda: text("M" * 4 * MILLION + ". x"),
    "dots": lambda: text("." * 6 * MILLION),
    "slashes": lambda: text("1/" * 2 * MILLION),
    "basis": lambda: text("Căn cứ " * 400_000),
    "dates": lambda: text("ngày 01 tháng 01 năm 2020 " * 130_000),
}

MARKDOWN: dict[str, Build] = {
    "emphasis": lambda: text("*" * 4 * MILLION),
    "emphasis-open": lambda: text("**a " * MILLION),
    "pipes": lambda: text("|" * 4 * MILLION),
    "table": lambda: text("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 300_000),
    "grid": lambda: text("+---+---+\n" * 300_000),
    "escapes": lambda: text("\\" * 4 * MILLION),
    "links": lambda: text("[a](" * MILLION),
    "headings": lambda: text("#" * 4 * MILLION),
}
