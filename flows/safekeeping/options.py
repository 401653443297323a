"""Options of `backup` and `restore`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from flows.parsing import Add


def add(command: Add, folders: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands to the command line."""
    one = command(
        "backup", "flows.safekeeping.backup:command", "sao lưu kho dữ liệu, cấu hình, giấy tờ vào một tệp ghi ngày giờ"
    )
    one.add_argument("--to", metavar="DIR", help="nơi để bản sao lưu (mặc định: theo [sao_luu], hoặc outputs/sao-luu)")
    one.add_argument("--whole", action="store_true",
                     help="cả thư mục văn bản và mọi lượt rà soát: để chuyển sang máy khác")  # fmt: skip
    one.add_argument("--keep", type=int, metavar="NUMBER", help="số bản giữ lại, 0 là giữ tất cả (mặc định: 14)")
    folders(one)

    one = command(
        "restore", "flows.safekeeping.restoring:command", "phục hồi từ một bản sao lưu, hoặc kiểm tra bản sao lưu"
    )
    one.add_argument("file", metavar="FILE", help="tệp rasoat-sao-luu-….zip")
    one.add_argument("--check", action="store_true", help="chỉ kiểm tra bản sao lưu có nguyên vẹn không, không ghi gì")
    one.add_argument("--force", action="store_true", help="thay dữ liệu đang có; dữ liệu cũ được giữ lại bên cạnh")
    one.add_argument("--by", metavar="NAME", help="người thực hiện (mặc định: tên đăng nhập máy tính)")
    folders(one)
