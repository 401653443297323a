"""Writes docs/quy-tac.md and docs/rules/*.md from the rules' docstrings and golden texts, after a change of either."""

from __future__ import annotations

from pathlib import Path

from rules import catalogue
from rules import pages as of_rules

DOCS = Path(__file__).parent.parent / "docs"
INTRO = """# Các quy tắc

Mỗi quy tắc có một mã không đổi, một căn cứ pháp lý và một kiến nghị thường dùng; bấm vào tên để xem ví dụ.
Các ví dụ đều được chạy thử. Tắt, đổi mức, đổi tham số, viết quy tắc riêng: [quy-tac-rieng.md](quy-tac-rieng.md).
Trang này được tạo từ mã nguồn (`python scripts/build_docs.py`).

| Mã | Tên | Mức | Căn cứ | Kiến nghị thường dùng |
|---|---|---|---|---|
"""


def pages() -> dict[Path, str]:
    """Path and text of every page."""
    rows = "".join(
        f"| {rule.code} | [{rule.name}](rules/{rule.code}.md) | {catalogue.SEVERITY_WORDS[rule.severity]} | "
        f"{rule.legal_basis} | {catalogue.PROPOSAL_WORDS[rule.proposal]} |\n"
        for rule in catalogue.RULES
    )
    made = {DOCS / "quy-tac.md": INTRO + rows}
    made[DOCS / "rules" / "README.md"] = of_rules.index_page()
    made |= {DOCS / "rules" / f"{rule.code}.md": of_rules.page(rule) for rule in catalogue.RULES}
    return made


def main() -> None:
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
