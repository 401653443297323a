"""Options of `rasoat forms`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from flows.parsing import Add, Day

CODES = (
    "list", "tat-ca", "mau-01", "mau-02", "mau-03", "mau-04", "mau-05", "bo-31-01", "ke-hoach", "bao-cao-kiem-tra",
    "bao-cao-ra-soat", "lay-y-kien", "tiep-nhan", "tu-kiem-tra", "xu-ly", "phieu-ra-soat",
)  # fmt: skip
"""Papers by code (those of `outputs.forms.catalogue`, which a test compares), "list" and "tat-ca"."""
GROUNDS = ("sap_xep", "khong_con_doi_tuong", "dieu_54_2")


def add(command: Add, folders: Callable[[argparse.ArgumentParser], None], day: Day) -> None:
    """Add the command to the command line."""
    one = command(
        "forms", "flows.office.papers:command", "lập giấy tờ: Mẫu số 01–05, bộ hồ sơ 31/01, kế hoạch, báo cáo"
    )
    one.add_argument("paper", choices=CODES, metavar="PAPER",
                     help="loại giấy tờ; list: liệt kê các loại; tat-ca: mọi giấy tờ của năm")  # fmt: skip
    one.add_argument("--year", type=int, metavar="YEAR", help="năm (mặc định: năm nay; trong tháng 01 là năm trước)")
    one.add_argument("--as-of", type=day, metavar="DATE", help="ngày lấy số liệu (mặc định: hôm nay)")
    one.add_argument("--pdf", action="store_true", help="xuất thêm PDF bằng LibreOffice")
    one.add_argument("--document", action="append", default=[], metavar="SYMBOL",
                     help="chỉ văn bản số này (tu-kiem-tra, xu-ly, phieu-ra-soat); nêu được nhiều lần")  # fmt: skip
    one.add_argument("--unit", action="append", default=[], metavar="NAME", help="chỉ đơn vị này (lay-y-kien)")
    one.add_argument("--request", action="append", default=[], metavar="NUMBER", help="chỉ kiến nghị này (tiep-nhan)")
    one.add_argument("--ground", choices=GROUNDS,
                     help="trường hợp được bãi bỏ bằng văn bản hành chính, cho các --document (xu-ly): "
                          + ", ".join(GROUNDS))  # fmt: skip
    one.add_argument("--undecided", action="store_true", help="Mẫu số 04 gồm cả phát hiện chưa quyết định, có đánh dấu")
    one.add_argument("--personal", action="store_true", help="gồm cả văn bản liên quan đến một cá nhân")
    folders(one)
