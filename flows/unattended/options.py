"""Options of the commands of unattended work: nightly, decree, annual, maintenance, serve, health, notices, sources."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from flows.parsing import Add

Day = Callable[[str], date]
KINDS = ("serve", "hen-gio")


def add(command: Add, folders: Callable[[argparse.ArgumentParser], None], day: Day) -> None:
    """Add the commands of unattended work to the command line."""
    one = command("nightly", "flows.serving:nightly_command", "lần chạy đêm qua Prefect, chạy ngay bằng tay")
    _run(one, folders, day)
    one.add_argument("--explain", action="store_true", help="in lý do từng tệp được hoặc không được đọc, rà soát lại")
    one.add_argument("--all", action="store_true", help="rà soát lại mọi văn bản, kể cả văn bản không có gì thay đổi")

    one = command("decree", "flows.serving:decree_command", "đưa một văn bản mới vào kho và rà soát lại, qua Prefect")
    one.add_argument("file", nargs="?", metavar="FILE",
                     help="văn bản mới ban hành (mặc định: các tệp chưa đọc trong corpus/trung-uong/moi)")  # fmt: skip
    _run(one, folders, day)

    one = command("annual", "flows.serving:annual_command", "rà soát rồi lập dự thảo hồ sơ công bố trước ngày 31/01")
    one.add_argument(
        "--year", type=int, metavar="YEAR", help="năm của hồ sơ (mặc định: năm nay, trong tháng 01: năm trước)"
    )
    _run(one, folders, day)

    one = command("maintenance", "flows.serving:maintenance_command",
                  "kiểm tra kho dữ liệu, sao lưu, dọn kết quả cũ")  # fmt: skip
    _run(one, folders, None)

    one = command("serve", "flows.serving:serve_command",
                  "chạy mọi thứ trên một máy: trang rà soát, Prefect, lịch đêm, theo dõi văn bản mới")  # fmt: skip
    folders(one)
    one.add_argument("--port", type=int, default=4200, help="cổng của giao diện Prefect trên máy này (mặc định: 4200)")
    one.add_argument("--page-port", type=int, default=8787, help="cổng của trang rà soát (mặc định: 8787)")
    one.add_argument("--by", metavar="NAME", help="người quyết định ghi trên trang (mặc định: tên đăng nhập máy tính)")
    add_access(one, "--page-host")
    one.add_argument(
        "--systemd",
        choices=KINDS,
        metavar="serve|hen-gio",
        help="chỉ in tệp cấu hình systemd: serve (chạy thường trực) hoặc hen-gio (chỉ hẹn giờ, không Prefect)",
    )

    one = command("health", "flows.unattended.looking:health_command",
                  "mọi thứ có ổn không: lượt đêm, kho, sao lưu, ổ đĩa, văn bản trung ương mới nhất")  # fmt: skip
    one.add_argument("--deep", action="store_true", help="kiểm tra cả kho dữ liệu và nhật ký quyết định (lâu hơn)")
    one.add_argument("--json", action="store_true", help="in dạng JSON")
    folders(one)

    one = command("users", "flows.users:command", "người dùng đăng nhập trang rà soát: thêm, đổi mật khẩu, bỏ, liệt kê")
    one.add_argument("action", choices=("list", "add", "remove"), metavar="list|add|remove",
                     help="liệt kê; thêm hoặc đổi mật khẩu (hỏi mật khẩu); bỏ")  # fmt: skip
    one.add_argument("login", nargs="?", metavar="LOGIN", help="tên đăng nhập, ví dụ a.nguyen")
    one.add_argument("--full-name", metavar="NAME", help="họ và tên ghi trên quyết định")
    folders(one)

    one = command("notices", "flows.unattended.looking:notices_command",
                  "thông báo đang chờ gửi; gửi thử")  # fmt: skip
    one.add_argument("--test", action="store_true", help="gửi ngay một thông báo thử")
    one.add_argument("--send", action="store_true", help="gửi ngay những gì đang chờ")
    folders(one)

    one = command("sources", "flows.unattended.looking:sources_command",
                  "lấy văn bản trung ương mới từ các nguồn đã cấu hình, ngay bây giờ")  # fmt: skip
    folders(one)


def add_access(one: argparse.ArgumentParser, host: str) -> None:
    """Options of the review page for more than one officer."""
    one.add_argument(
        host, dest="host", metavar="ADDRESS", default="127.0.0.1",
        help="địa chỉ mở trang rà soát (mặc định: 127.0.0.1); địa chỉ khác cần rasoat users, --cert, --key",
    )  # fmt: skip
    one.add_argument("--name", action="append", default=[], metavar="NAME",
                     help="tên máy mà trình duyệt dùng để mở trang, khi mở cho máy khác; lặp lại được")  # fmt: skip
    one.add_argument("--cert", metavar="FILE", help="chứng thư TLS của trang rà soát (PEM)")
    one.add_argument("--key", metavar="FILE", help="khóa của chứng thư (PEM)")


def _run(one: argparse.ArgumentParser, folders: Callable[[argparse.ArgumentParser], None], day: Day | None) -> None:
    folders(one)
    if day is not None:
        one.add_argument("--as-of", type=day, metavar="DATE", help="ngày rà soát (mặc định: hôm nay)")
    one.add_argument("--no-prefect", dest="prefect", action="store_false", help="chạy thẳng, không qua Prefect")
