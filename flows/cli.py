"""The command line: what each command takes, and the exit code it ends with.

Standard output carries only what the contract names (docs/contract.md); everything for people goes to
standard error. Exit codes: 0 done; 1 done, but something asked for could not be had; 2 the call was wrong.
Heavy packages load only in the commands that use them (`extract` starts in less than half a second).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module

from flows.office import forms_options
from flows.office import options as office_options
from flows.parsing import Parser
from flows.safekeeping import options as safekeeping_options
from flows.terminal import guard_output, plain, told
from flows.unattended import options as unattended

EPILOG = "Hướng dẫn cho công chức: docs/huong-dan.md. Máy đề xuất, công chức quyết định."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    guard_output()
    try:
        return int(_command(arguments.run)(arguments))
    except BrokenPipeError:
        # The reader of our output has gone (`rasoat … | head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("rasoat: đã dừng theo yêu cầu.", file=sys.stderr)
        return 1
    except Exception as error:
        said = told(error)
        if said is None:
            raise
        print(plain(said), file=sys.stderr)
        return 2


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    module, _, function = name.partition(":")
    command: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return command


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = Parser(
        prog="rasoat", description="Rà soát văn bản của xã, phường so với văn bản của trung ương.", epilog=EPILOG
    )
    top.add_argument("--version", action="store_true", help="in phiên bản")
    top.set_defaults(run="flows.commands:version")
    commands = top.add_subparsers(title="lệnh", metavar="LỆNH", parser_class=Parser)

    def command(name: str, run: str, help: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=help, description=help)
        one.set_defaults(run=run)
        return one

    one = command("init", "flows.commands:init", "tạo thư mục làm việc (workspace)")
    one.add_argument("--workspace", metavar="DIR", default="workspace", help="thư mục làm việc (mặc định: workspace)")
    one.add_argument("--samples", action="store_true", help="chép kèm bộ văn bản mẫu của một xã giả định")

    one = command("extract", "flows.extracting:command", "đọc tệp: in điều khoản, viện dẫn, hiệu lực dạng JSON Lines")
    one.add_argument("files", nargs="+", metavar="FILE", help="tệp TXT, MD, HTML, DOCX, PDF, DOC")
    one.add_argument("--as-of", type=_day, metavar="DATE", help="ngày xem xét, dạng 2026-01-31")
    _register(one)

    one = command("review", "flows.commands:review", "rà soát cả kho văn bản, ghi báo cáo vào outputs")
    _folders(one)
    one.add_argument("--as-of", type=_day, metavar="DATE", help="ngày rà soát, dạng 2026-01-31 (mặc định: hôm nay)")
    one.add_argument("--explain", action="store_true", help="in lý do từng tệp được hoặc không được đọc, rà soát lại")
    one.add_argument("--all", action="store_true", help="rà soát lại mọi văn bản, kể cả văn bản không có gì thay đổi")

    one = command("status", "flows.commands:status", "tình trạng hiệu lực của một văn bản hoặc điều khoản")
    _symbol(one)
    _folders(one)
    _register(one)

    one = command("text", "flows.commands:text", "nội dung hợp nhất của một văn bản hoặc điều khoản tại một ngày")
    _symbol(one)
    _folders(one)
    one.add_argument("--json", action="store_true", help="in từng phần kèm nguồn và chỉ dẫn chưa áp dụng được")

    one = command("akn", "flows.export:command", "xuất văn bản ra Akoma Ntoso 3.0 (XML), nguyên văn hoặc tại một ngày")
    one.add_argument("document", metavar="FILE|SYMBOL", help="tệp văn bản, hoặc số, ký hiệu của văn bản trong kho")
    one.add_argument("--issuer", metavar="NAME", help="cơ quan ban hành, khi nhiều văn bản trùng số")
    one.add_argument("--date", type=_day, metavar="DATE", help="ngày ban hành, khi nhiều văn bản trùng số")
    one.add_argument("--as-of", type=_day, metavar="DATE", help="nội dung hợp nhất tại ngày này (mặc định: nguyên văn)")
    one.add_argument("--output", metavar="FILE", help="ghi ra tệp (mặc định: in ra)")
    _folders(one)
    _register(one)

    one = command("impact", "flows.commands:impact", "văn bản mới của trung ương chạm đến điều khoản nào của ta")
    one.add_argument("file", metavar="FILE", help="văn bản mới ban hành")
    _folders(one)
    one.add_argument("--as-of", type=_day, metavar="DATE", help="ngày xem xét (mặc định: hôm nay)")
    one.add_argument("--apply", action="store_true", help="đưa văn bản vào kho và rà soát lại")

    one = command("check", "flows.law:check", "kiểm tra một văn bản chưa có trong kho, ví dụ dự thảo trước khi ký")
    one.add_argument("file", metavar="FILE", help="văn bản cần kiểm tra")
    _folders(one)
    one.add_argument("--as-of", type=_day, metavar="DATE", help="ngày xem xét (mặc định: hôm nay)")

    one = command("diff", "flows.law:diff", "nội dung một văn bản hoặc điều khoản thay đổi thế nào giữa hai ngày")
    _symbol(one, as_of=False)
    one.add_argument("--from", dest="start", type=_day, metavar="DATE", required=True, help="ngày trước")
    one.add_argument("--to", dest="until", type=_day, metavar="DATE", required=True, help="ngày sau")
    _folders(one)
    _register(one)
    one.add_argument("--json", action="store_true", help="in dạng JSON, kèm văn bản làm thay đổi")

    one = command("chain", "flows.law:chain", "mọi sự kiện của một văn bản hoặc điều khoản, kèm nguồn và độ tin cậy")
    _symbol(one, as_of=False)
    _folders(one)
    _register(one)

    one = command("register", "flows.law:register", "văn bản được viện dẫn đã biết, đã xác minh đến đâu")
    _folders(one)
    one.add_argument("--as-of", type=_day, metavar="DATE", help="ngày xem xét (mặc định: hôm nay)")
    one.add_argument("--import", dest="import_", metavar="FILE|DIR",
                     help="tệp CSV đính chính, hoặc trang đã lưu của vbpl.vn (một tệp, một thư mục); ghi vào danh-muc")
    one.add_argument("--seen", type=_day, metavar="DATE", help="ngày lưu trang (mặc định: ngày cập nhật trên trang)")

    unattended.add(command, _folders, _day)

    one = command("workbench", "flows.workbench:command", "trang rà soát cho công chức, trên máy này, một người dùng")
    _folders(one)
    one.add_argument("--port", type=int, default=8787, help="cổng (mặc định: 8787)")
    one.add_argument("--by", metavar="NAME", help="người quyết định (mặc định: tên đăng nhập máy tính)")
    unattended.add_access(one, "--host")

    office_options.add(command, _folders, _day)
    forms_options.add(command, _folders, _day)
    safekeeping_options.add(command, _folders)

    one = command("rules", "flows.commands:rules", "liệt kê các quy tắc, căn cứ pháp lý, mức độ, tham số")
    _folders(one)
    one = command("explain", "flows.commands:explain", "giải thích một quy tắc, kèm ví dụ")
    one.add_argument("code", metavar="CODE", help="mã quy tắc, ví dụ VD01")
    _folders(one)
    return top


def _folders(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--workspace", metavar="DIR", help="thư mục làm việc, gồm corpus/ và outputs/ (mặc định: workspace)"
    )
    one.add_argument("--corpus", metavar="DIR", help="thư mục văn bản, thay cho workspace/corpus")
    one.add_argument("--outputs", metavar="DIR", help="thư mục kết quả, thay cho workspace/outputs")


def _register(one: argparse.ArgumentParser) -> None:
    one.add_argument("--register", action=argparse.BooleanOptionalAction, default=True,
                     help="dùng danh mục văn bản trung ương kèm theo chương trình")  # fmt: skip


def _symbol(one: argparse.ArgumentParser, as_of: bool = True) -> None:
    one.add_argument("symbol", metavar="SYMBOL", help="số, ký hiệu, ví dụ 79/2025/NĐ-CP")
    one.add_argument("--provision", metavar="ID", help="điều khoản, ví dụ art_5__cl_2")
    one.add_argument("--issuer", metavar="NAME", help="cơ quan ban hành, khi nhiều văn bản trùng số")
    one.add_argument("--date", type=_day, metavar="DATE", help="ngày ban hành, khi nhiều văn bản trùng số")
    if as_of:
        one.add_argument("--as-of", type=_day, metavar="DATE", help="ngày xem xét (mặc định: hôm nay)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” không phải ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-01-31") from None


if __name__ == "__main__":
    raise SystemExit(main())
