"""Notices by e-mail or webhook: when something new and serious appears, a run failed or did not run, a backup failed.

Counts and links only: no name of a document, no quotation. What happens is put into a queue; one message tells all of
it, not more often than the settings say. A notice that cannot be sent stays in the queue, is told in the diary and by
`rasoat health`, and never makes a run fail. Addresses (apprise's) come from a private file or the environment; they
hold passwords, so no log, queue or message of ours has them.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.night_settings import NOTICE_VARIABLE
from flows.settings import Workspace
from flows.unattended.diary import Diary, now, shown

if TYPE_CHECKING:
    from flows.pipeline import Done

QUEUE = "thong-bao.json"
_MOST, _SEND_LIMIT_S = 50, 90.0


def serious(done: Done) -> str | None:
    """What a run brought that is worth a message: alarms of the highest severity that are new or changed, by rule."""
    from outputs.report_view import is_alarm

    if not done.again or done.preview:
        return None
    found = [one for one in done.run.findings if one.severity == "cao" and is_alarm(one)]
    fresh = [one for one in found if one.state in ("new", "updated", "reopened") and one.certainty != "goi_y"]
    if not fresh:
        return None
    states = Counter("thay đổi" if one.state == "updated" else "mới" for one in fresh)
    rules = Counter(one.rule for one in fresh)
    return (
        f"Lượt {done.run.number}, ngày {done.run.as_of:%d/%m/%Y}: phát hiện mức cao "
        + ", ".join(f"{states[name]} {name}" for name in ("mới", "thay đổi") if states[name])
        + f" ({', '.join(f'{rule}: {count}' for rule, count in sorted(rules.items()))})."
    )


class Notices:
    """The queue of notices of one workspace."""

    def __init__(self, space: Workspace, diary: Diary) -> None:
        self._settings, self._diary, self._base = space.settings.unattended.notices, diary, space.corpus.parent

    def add(self, text: str, key: str | None = None) -> None:
        """Put a line into the queue. The same `key` is told once: a night that did not run, seen every minute."""
        if not self.configured:
            return
        with self._diary.changing(QUEUE) as kept:
            seen = kept.setdefault("seen", [])
            if key is not None:
                if key in seen:
                    return
                seen.append(key)
                del seen[:-_MOST]
            queue = kept.setdefault("queue", [])
            queue.append({"at": now(), "text": text})
            if len(queue) > _MOST:
                kept["left_out"] = kept.get("left_out", 0) + len(queue) - _MOST
                del queue[:-_MOST]

    @property
    def configured(self) -> bool:
        """Whether anybody is to be told."""
        return bool(self._settings.file or os.environ.get(NOTICE_VARIABLE))

    @property
    def trouble(self) -> str | None:
        """Why the last attempt failed, for health and the first screen; None where it went well."""
        return self._diary.kept(QUEUE).get("trouble")

    def deliver(self, at_once: bool = False) -> bool:
        """Send what waits, in one message, if the last one is long enough ago. True where nothing waits any more."""
        kept = self._diary.kept(QUEUE)
        waiting = kept.get("queue", [])
        if not waiting:
            return True
        if not at_once and not self._due(kept):
            return False
        left = f"\n(và {kept['left_out']} việc cũ hơn)" if kept.get("left_out") else ""
        body = "\n".join(f"- {shown(one['at'])}: {one['text']}" for one in waiting)
        trouble = self.send(f"rasoat: {len(waiting)} việc cần biết", f"{body}{left}\n\nXem tại: {self._settings.link}")
        with self._diary.changing(QUEUE) as kept:
            kept["tried"] = now()
            if trouble is None:
                told = {(one["at"], one["text"]) for one in waiting}
                kept["queue"] = [one for one in kept.get("queue", []) if (one["at"], one["text"]) not in told]
                kept["sent"], kept["trouble"] = now(), None
                kept.pop("left_out", None)
            else:
                kept["trouble"] = trouble
        sent = f"đã gửi {len(waiting)} việc" if trouble is None else f"CHƯA GỬI. {trouble}"
        self._diary.say(f"Thông báo: {sent}")
        return trouble is None

    def _due(self, kept: dict[str, Any]) -> bool:
        moment = datetime.now(UTC)
        sent, tried = kept.get("sent"), kept.get("tried")
        if tried and timedelta(0) <= moment - datetime.fromisoformat(tried) < timedelta(minutes=10):
            return False
        apart = timedelta(hours=self._settings.hours_apart)
        return not sent or not timedelta(0) <= moment - datetime.fromisoformat(sent) < apart

    def send(self, title: str, body: str) -> str | None:
        """Send a message now; gives why it could not be sent (Vietnamese, without any address)."""
        try:
            addresses = list(self._addresses())
        except OSError as error:
            return f"không đọc được tệp địa chỉ nhận ({error.strerror})."
        if not addresses:
            return f"chưa có địa chỉ nhận: đặt [thong_bao] tep hoặc biến {NOTICE_VARIABLE}."
        asked = json.dumps({"addresses": addresses, "title": title, "body": body})
        command = [sys.executable, "-m", "flows.unattended.sending"]
        environment = {name: value for name, value in os.environ.items() if name != NOTICE_VARIABLE}
        try:
            done = subprocess.run(command, input=asked.encode(), capture_output=True, timeout=_SEND_LIMIT_S,
                                  env=environment, check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"máy chủ nhận không trả lời trong {_SEND_LIMIT_S:.0f} giây."
        failed = done.stdout.decode("utf-8", "replace").strip()
        if done.returncode == 0:
            return None
        if not failed.isdigit():
            return "chương trình gửi gặp lỗi."
        return f"{failed} trong {len(addresses)} địa chỉ nhận không dùng được hoặc không nhận."

    def _addresses(self) -> Iterator[str]:
        given = os.environ.get(NOTICE_VARIABLE, "").split()
        if self._settings.file:
            place = Path(self._settings.file)
            place = place if place.is_absolute() else self._base / place
            if stat.S_IMODE(place.stat().st_mode) & 0o077:
                raise PermissionError(errno.EPERM, "để người khác đọc được; hãy chạy chmod 600 cho tệp đó")
            given += [line.strip() for line in place.read_text("utf-8").splitlines()]
        yield from (one for one in given if one and not one.startswith("#"))
