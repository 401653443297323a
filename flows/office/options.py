"""Options of the officer's commands: decide, decisions, audit, ledger, record, clocks."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from flows.parsing import Add, Day

VERDICTS = ("dong_y", "khong_dong_y", "sua", "hoan", "chua_xac_dinh")


def add(command: Add, folders: Callable[[argparse.ArgumentParser], None], day: Day) -> None:
    """Add the officer's commands to the command line."""
    one = command("decide", "flows.office.deciding:decide", "ghi quyết định của công chức đối với các phát hiện")
    one.add_argument("findings", nargs="*", metavar="FINDING", help="mã phát hiện (cột id trong findings.jsonl)")
    one.add_argument("--rule", metavar="CODE", help="mọi phát hiện chưa quyết định của quy tắc này")
    one.add_argument("--document", metavar="PATH", help="mọi phát hiện chưa quyết định của văn bản này")
    one.add_argument("--verdict", choices=VERDICTS, help=f"quyết định: {', '.join(VERDICTS)}")
    one.add_argument("--reason", metavar="CODE", help="lý do không đồng ý (danh mục: rasoat decisions --reasons)")
    one.add_argument("--proposal", metavar="CODE", help="kiến nghị thay cho kiến nghị của chương trình")
    one.add_argument("--text", metavar="TEXT", help="nội dung kiến nghị do công chức viết")
    one.add_argument("--note", metavar="TEXT", help="ghi chú")
    one.add_argument("--field", metavar="NAME", help="lĩnh vực")
    one.add_argument("--unit", metavar="NAME", help="cơ quan chủ trì xử lý")
    one.add_argument("--due", type=day, metavar="DATE", help="thời hạn phải xử lý")
    one.add_argument("--until", type=day, metavar="DATE", help="ngày xem lại, khi hoãn")
    one.add_argument("--preview", action="store_true", help="chỉ in những phát hiện sẽ được quyết định, không ghi")
    one.add_argument("--undo", action="store_true", help="rút lại lần quyết định gần nhất (cả lô) của người này")
    _by(one)
    folders(one)

    one = command("decisions", "flows.office.deciding:decisions", "các quyết định đang có hiệu lực; tiến độ xử lý")
    one.add_argument("--again", action="store_true", help="chỉ những phát hiện đã thay đổi hoặc đến ngày xem lại")
    one.add_argument("--history", metavar="FINDING", help="mọi quyết định của một phát hiện, cũ trước")
    one.add_argument("--reasons", action="store_true", help="danh mục lý do không đồng ý")
    one.add_argument("--json", action="store_true", help="in dạng JSON Lines")
    folders(one)

    one = command("audit", "flows.office.deciding:audit", "nhật ký: kiểm tra tính nguyên vẹn, xuất ra tệp")
    one.add_argument("action", choices=("verify", "export"), metavar="verify|export",
                     help="verify: kiểm tra chuỗi băm; export: in mọi dòng dạng JSON Lines")  # fmt: skip
    folders(one)

    one = command("clocks", "flows.office.registering:clocks", "việc đến hạn: còn bao nhiêu ngày, căn cứ nào")
    one.add_argument("--as-of", type=day, metavar="DATE", help="ngày xem xét (mặc định: hôm nay)")
    one.add_argument("--json", action="store_true", help="in dạng JSON Lines")
    folders(one)

    one = command("ledger", "flows.office.registering:ledger", "sổ văn bản: xem, nhập sổ và danh mục, đính chính")
    _ledger(one, folders, day)
    one = command("record", "flows.office.registering:record", "ghi việc đã xử lý, ý kiến, kết luận, phân công")
    _record(one, folders, day)


def _ledger(one: argparse.ArgumentParser, folders: Callable[[argparse.ArgumentParser], None], day: Day) -> None:
    one.set_defaults(action="list", json=False, as_of=None)
    one.add_argument("--json", action="store_true", help="in dạng JSON Lines")
    one.add_argument("--as-of", type=day, metavar="DATE", help="ngày xem xét (mặc định: hôm nay)")
    folders(one)
    actions = one.add_subparsers(title="việc", metavar="VIỆC", parser_class=type(one), help="mặc định: in sổ văn bản")

    two = actions.add_parser("import", help="nhập sổ văn bản đi hoặc danh mục (XLSX, CSV)")
    two.set_defaults(action="import")
    two.add_argument("files", nargs="+", metavar="FILE", help="tệp XLSX hoặc CSV")
    two.add_argument("--as", dest="source", required=True, choices=("so-van-ban", "danh-muc", "con-hieu-luc"),
                     help="sổ văn bản đi, danh mục hết hiệu lực đã công bố, danh mục còn hiệu lực")  # fmt: skip
    two.add_argument("--year", type=int, metavar="YEAR", help="năm của sổ, hoặc năm của danh mục")
    two.add_argument("--issuer", metavar="NAME", help="cơ quan ban hành, cho các dòng không ghi")
    two.add_argument("--decision", metavar="SYMBOL", help="số quyết định công bố danh mục")
    two.add_argument("--predecessor", action="store_true", help="sổ của đơn vị hành chính trước sắp xếp")
    two.add_argument("--preview", action="store_true", help="chỉ in kết quả đọc, không ghi")
    _by(two)
    folders(two)

    two = actions.add_parser("correct", help="đính chính thông tin đầu văn bản mà chương trình đọc sai")
    two.set_defaults(action="correct")
    two.add_argument("document", metavar="DOCUMENT", help="khóa, số ký hiệu hoặc đường dẫn của văn bản")
    two.add_argument("values", nargs="+", metavar="FIELD=VALUE", help="ví dụ: date=2024-05-14; để trống là xóa")
    _by(two)
    folders(two)

    two = actions.add_parser("complete", help="ghi rằng kho đã đủ văn bản của một năm")
    two.set_defaults(action="complete")
    two.add_argument("--year", type=int, metavar="YEAR", required=True, help="năm")
    two.add_argument("--issuer", metavar="NAME", help="chỉ của cơ quan này")
    two.add_argument("--kind", metavar="KIND", help="chỉ loại văn bản này, ví dụ quyet_dinh")
    two.add_argument("--withdraw", action="store_true", help="rút lại điều đã ghi")
    _by(two)
    folders(two)

    two = actions.add_parser("published", help="ghi rằng văn bản đã được công bố trong danh mục")
    two.set_defaults(action="published")
    two.add_argument("documents", nargs="+", metavar="DOCUMENT", help="khóa, số ký hiệu hoặc đường dẫn của văn bản")
    two.add_argument("--decision", metavar="SYMBOL", required=True, help="số quyết định công bố")
    two.add_argument("--year", type=int, metavar="YEAR", required=True, help="năm của danh mục")
    _by(two)
    folders(two)


def _record(one: argparse.ArgumentParser, folders: Callable[[argparse.ArgumentParser], None], day: Day) -> None:
    actions = one.add_subparsers(title="việc", metavar="VIỆC", parser_class=type(one), required=True,
                                 help="loại việc cần ghi")  # fmt: skip

    def action(
        name: str, help: str, subject: str | None = "khóa, số ký hiệu hoặc đường dẫn của văn bản"
    ) -> argparse.ArgumentParser:
        two = actions.add_parser(name, help=help, description=help)
        two.set_defaults(action=name)
        if subject:
            two.add_argument("subject", metavar="DOCUMENT", help=subject)
        two.add_argument("--withdraw", action="store_true", help="rút lại điều đã ghi")
        _by(two)
        folders(two)
        return two

    two = action("handled", "đã xử lý bằng văn bản số … ngày …", "mã phát hiện, hoặc khóa, số ký hiệu của văn bản")
    two.add_argument("--symbol", metavar="SYMBOL", required=True, help="số, ký hiệu của văn bản xử lý")
    two.add_argument("--date", type=day, metavar="DATE", help="ngày của văn bản xử lý")

    two = action("opinion", "lấy ý kiến một đơn vị, và ý kiến trả lời")
    two.add_argument("--unit", metavar="NAME", required=True, help="đơn vị được lấy ý kiến")
    two.add_argument("--asked", type=day, metavar="DATE", help="ngày gửi (mặc định: hôm nay)")
    two.add_argument("--due", type=day, metavar="DATE", help="hạn trả lời (mặc định: theo cấu hình)")
    two.add_argument("--answered", type=day, metavar="DATE", help="ngày trả lời")
    two.add_argument("--stance", choices=("dong_y", "khong_dong_y", "khac"), help="đồng ý, không đồng ý, ý kiến khác")
    two.add_argument("--text", metavar="TEXT", help="nội dung ý kiến, lý do không đồng ý")

    two = action("conclusion", "kết luận kiểm tra của cơ quan cấp trên")
    two.add_argument("--body", metavar="NAME", required=True, help="cơ quan kết luận")
    two.add_argument("--symbol", metavar="SYMBOL", help="số, ký hiệu của kết luận")
    two.add_argument("--date", type=day, metavar="DATE", required=True, help="ngày của kết luận")
    two.add_argument("--demand", metavar="TEXT", default="", help="yêu cầu xử lý")
    two.add_argument("--received", type=day, metavar="DATE", help="ngày nhận được")
    two.add_argument("--objected", type=day, metavar="DATE", help="ngày kiến nghị xem xét lại")
    two.add_argument("--refused", type=day, metavar="DATE", help="ngày nhận được thông báo không chấp thuận")
    two.add_argument("--refused-above", action="store_true", help="không chấp thuận ở cấp có thẩm quyền phía trên")
    two.add_argument("--due", type=day, metavar="DATE", help="hạn ghi trong kết luận")
    two.add_argument("--done", type=day, metavar="DATE", help="ngày xử lý xong")

    two = action("self-check", "tự kiểm tra một văn bản của xã")
    two.add_argument("--shortened", action="store_true", help="văn bản theo trình tự, thủ tục rút gọn")
    two.add_argument("--done", type=day, metavar="DATE", help="ngày tự kiểm tra xong")
    two.add_argument("--unlawful", action=argparse.BooleanOptionalAction, default=None,
                     help="kết quả tự kiểm tra: văn bản trái pháp luật hay không")  # fmt: skip
    two.add_argument("--reported", type=day, metavar="DATE", help="ngày cơ quan ban hành nhận báo cáo")
    two.add_argument("--handled", type=day, metavar="DATE", help="ngày xử lý xong")

    two = action("request", "kiến nghị rà soát nhận được (Điều 36)", None)
    two.add_argument("number", metavar="NUMBER", help="số đến của kiến nghị")
    two.add_argument("--sender", metavar="NAME", required=True, help="người, cơ quan kiến nghị")
    two.add_argument("--received", type=day, metavar="DATE", help="ngày nhận (mặc định: hôm nay)")
    two.add_argument("--document", metavar="DOCUMENT", help="văn bản được kiến nghị rà soát")
    two.add_argument("--about", metavar="TEXT", default="", help="nội dung kiến nghị")
    two.add_argument("--answered", type=day, metavar="DATE", help="ngày thông báo đã tiếp nhận hoặc chuyển")
    two.add_argument("--passed-to", metavar="NAME", help="cơ quan được chuyển kiến nghị")

    two = action("assign", "phân công đơn vị chủ trì, thời hạn")
    two.add_argument("--field", metavar="NAME", help="lĩnh vực")
    two.add_argument("--unit", metavar="NAME", help="đơn vị chủ trì")
    two.add_argument("--due", type=day, metavar="DATE", help="thời hạn")


def _by(one: argparse.ArgumentParser) -> None:
    one.add_argument("--by", metavar="NAME", help="người thực hiện (mặc định: tên đăng nhập máy tính)")
