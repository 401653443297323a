"""`rasoat health`, `notices`, `sources`: looking at what runs unattended, and trying its settings."""

from __future__ import annotations

import json
from argparse import Namespace

from flows.commands import note, space_of
from flows.unattended.diary import Diary, shown


def health_command(options: Namespace) -> int:
    """`rasoat health`: one line for each thing that was looked at. 1 where something is broken."""
    from flows.unattended import health

    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return 2
    checks = health.look(space, deep=options.deep)
    level = health.worst(checks)
    if options.json:
        print(json.dumps(health.record(checks), ensure_ascii=False))
    else:
        for one in checks:
            print(f"{health.LEVELS[one.level]:<12}{one.text}")
        note(f"{health.LEVELS[level]}. Nhật ký: {Diary(space.outputs).log}")
    return 1 if level == "hong" else 0


def notices_command(options: Namespace) -> int:
    """`rasoat notices`: what waits to be sent, what was the last trouble; `--test` sends a message now."""
    from flows.unattended.notices import QUEUE, Notices

    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return 2
    diary = Diary(space.outputs)
    notices = Notices(space, diary)
    if options.test:
        trouble = notices.send(
            "rasoat: thông báo thử", "Đây là thông báo thử. Thông báo thật chỉ có số lượng và đường dẫn."
        )
        note("Đã gửi thông báo thử." if trouble is None else f"Chưa gửi được: {trouble}")
        return 0 if trouble is None else 1
    if options.send:
        good = notices.deliver(at_once=True)
        note("Không còn gì chờ gửi." if good else f"Chưa gửi được: {notices.trouble}")
        return 0 if good else 1
    kept = diary.kept(QUEUE)
    for one in kept.get("queue", []):
        print(f"{shown(one['at'])}\t{one['text']}")
    sent = f"lần gửi gần nhất: {shown(kept['sent'])}" if kept.get("sent") else "chưa gửi lần nào"
    state = "đã có địa chỉ nhận" if notices.configured else "chưa đặt địa chỉ nhận ([thong_bao] trong rasoat.toml)"
    note(f"Thông báo: {state}; {sent}." + (f" Lỗi gần nhất: {notices.trouble}" if notices.trouble else ""))
    return 0


def sources_command(options: Namespace) -> int:
    """`rasoat sources`: ask the sources of the settings now. 1 where one of them cannot be used."""
    from flows import sources

    space = space_of(options, need_outputs=True)
    if space is None or space.outputs is None:
        return 2
    if not sources.sources(space):
        note(f"Chỉ có thư mục {space.corpus / 'trung-uong' / 'moi'}; nguồn khác đặt ở [nguon] trong rasoat.toml.")
        return 0
    count = sources.fetch(space, note)
    note(f"{count} văn bản mới trong {space.corpus / 'trung-uong' / 'moi'}.")
    return 1 if Diary(space.outputs).kept("nguon-tinh-hinh.json").get("trouble") else 0
