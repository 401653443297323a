"""An allow-listed site as a source (pages like those of vbpl.vn): lists → documents, a few each night, politely.

What was had is kept in `outputs/nhat-ky/nguon.json` after each document, so a run that dies goes on where it was. Each
saved file has a side file `.NAME.nguon.json` with its address, moment, ETag and hash (hidden, so that it is not read
as a document). A page that changed takes the place of its older copy: the corpus has each act once.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from flows.night_settings import SourceSettings
from flows.sources import KEPT, Say
from flows.sources.asking import AGENT, Answer, Refused, ask, host_of
from flows.unattended.diary import Diary, now
from outputs.packing import write_whole

_EXTENSIONS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
    "application/msword": ".doc", "application/rtf": ".rtf", "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_MOST_LINKS, _MOST_ROBOTS, _IN_A_ROW = 5000, 512 * 1024, 3
_WHOLE_S = 2 * 3600.0
_PAGES = "pages"


@dataclass(slots=True)
class WebSource:
    """The site of the settings. `sleep` waits between two questions."""

    settings: SourceSettings
    diary: Diary
    sleep: Any = time.sleep
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    _asked: bool = False
    _failed: int = 0

    @property
    def name(self) -> str:
        return ", ".join(sorted(self.settings.hosts))

    def fetch(self, into: Path, say: Say) -> int:
        """Ask the lists, then the documents that are new or were asked long ago, `pages_a_night` at most."""
        until = time.monotonic() + _WHOLE_S
        self._failed = 0
        count = left = 0
        into.mkdir(parents=True, exist_ok=True)
        wanted = self._wanted(say)
        for url in wanted:
            if count + left >= self.settings.pages_a_night or time.monotonic() > until or self._failed >= _IN_A_ROW:
                break
            if self._one(url, into, say):
                count += 1
            else:
                left += 1
        if self._failed >= _IN_A_ROW:
            raise OSError("máy chủ nhiều lần không trả lời được; đêm sau hỏi tiếp từ chỗ này")
        return count

    def _wanted(self, say: Say) -> list[str]:
        """Addresses to ask for now: new ones in the order of the lists, then known ones that are due again."""
        known = self.diary.kept(KEPT).get(_PAGES, {})
        found: dict[str, None] = {}
        for index in self.settings.index:
            try:
                answer = self._ask(index, {})
            except (Refused, OSError) as error:
                say(f"Nguồn {host_of(index)}: trang danh sách không đọc được: {error}")
                self._failed += 1
                if self._failed >= _IN_A_ROW:
                    break
                continue
            if answer.status != 200:
                say(f"Nguồn {host_of(index)}: trang danh sách trả lời {answer.status}")
                self._failed += answer.status >= 500 or answer.status == 429
                continue
            self._failed = 0
            found |= dict.fromkeys(self._links(index, answer.body))
        if not found and self._failed:
            raise OSError("không trang danh sách nào đọc được")
        moment = datetime.now(UTC).isoformat()
        fresh = [url for url in found if url not in known]
        due = sorted((page["next"], url) for url, page in known.items() if page.get("next", "") <= moment)
        return fresh + [url for _, url in due if host_of(url) in self.settings.hosts]

    def _links(self, index: str, body: bytes) -> Iterator[str]:
        reader = _Links()
        reader.feed(body.decode("utf-8", "replace"))
        lists = {urldefrag(one)[0] for one in self.settings.index}
        for given in reader.found[:_MOST_LINKS]:
            try:
                url = urldefrag(urljoin(index, given.strip()))[0]
            except ValueError:
                continue
            if url in lists or len(url) > 1000 or host_of(url) not in self.settings.hosts:
                continue
            if not self.settings.only or any(part in url for part in self.settings.only):
                yield url

    def _one(self, url: str, into: Path, say: Say) -> bool:
        """Ask for one document and keep it; whether it is new or changed."""
        page = self.diary.kept(KEPT).get(_PAGES, {}).get(url, {})
        try:
            answer = self._ask(url, page)
            name = None if answer.status != 200 else self._saved(url, answer, page, into)
        except (Refused, OSError) as error:
            say(f"Nguồn: {error}")
            self._failed = 0 if isinstance(error, Refused) else self._failed + 1
            self._note(url, page | {"failures": page.get("failures", 0) + 1, "trouble": str(error)[:200]})
            return False
        if answer.status in (200, 304):
            self._failed = 0
            fresh = {"seen": now(), "failures": 0, "trouble": None}
            if answer.status == 200:
                fresh |= {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
                fresh |= {"name": name or page.get("name"), "sha256": hashlib.sha256(answer.body).hexdigest()}
            self._note(url, page | fresh)
            return name is not None
        if answer.status == 429 or answer.status >= 500:
            self._failed = _IN_A_ROW if answer.status == 429 else self._failed + 1
        say(f"Nguồn: {url} trả lời {answer.status}")
        self._note(url, page | {"failures": page.get("failures", 0) + 1, "trouble": str(answer.status)})
        return False

    def _note(self, url: str, page: dict[str, Any]) -> None:
        """Keep what is known of a page: a good one is asked again after the days of the settings, a bad one later and
        later."""
        failures = page.get("failures", 0)
        days = min(2 ** (failures - 1), 30) if failures else self.settings.ask_again_days
        page["next"] = (datetime.now(UTC) + timedelta(days=days) - timedelta(hours=1)).isoformat()
        with self.diary.changing(KEPT) as kept:
            kept.setdefault(_PAGES, {})[url] = page

    def _saved(self, url: str, answer: Answer, page: dict[str, Any], into: Path) -> str | None:
        """Write a document and its side file; None where we have these very bytes."""
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _EXTENSIONS:
            raise Refused(f"{url}: loại nội dung “{kind[:60]}” không nhận.")
        if not answer.body.strip():
            raise Refused(f"{url}: nội dung rỗng.")
        digest = hashlib.sha256(answer.body).hexdigest()
        name = name_of(url, _EXTENSIONS[kind])
        if page.get("sha256") == digest and (into / name).is_file():
            return None
        side = {"url": url, "fetched": now(), "sha256": digest, "content_type": kind, "bytes": len(answer.body),
                "etag": answer.headers.get("etag"), "last_modified": answer.headers.get("last-modified")}  # fmt: skip
        write_whole(into / f".{name}.nguon.json", json.dumps(side, ensure_ascii=False, indent=1).encode())
        write_whole(into / name, answer.body)
        return name

    def _ask(self, url: str, page: dict[str, Any]) -> Answer:
        """Ask as robots.txt allows, after the delay."""
        robots = self._rules(url)
        if robots is not None and not robots.can_fetch(AGENT, url):
            raise Refused(f"{url}: robots.txt của máy chủ không cho lấy.")
        wished = robots.crawl_delay(AGENT) if robots is not None else None
        self._wait(float(wished or 0))
        known = {name: str(page[name]) for name in ("etag", "modified") if page.get(name)}
        return ask(url, self.settings.hosts, self.settings.most_bytes, known)

    def _wait(self, wished: float) -> None:
        if self._asked:
            self.sleep(min(max(self.settings.delay_s, wished), 300.0))
        self._asked = True

    def _rules(self, url: str) -> RobotFileParser | None:
        """What robots.txt of a host allows; None where it has none. One that cannot be had allows nothing tonight."""
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self._robots:
            if host_of(url) not in self.settings.hosts:
                raise Refused(f"{url}: máy chủ không có trong danh sách được phép (cho_phep).")
            self._wait(0)
            answer = ask(f"{base}/robots.txt", self.settings.hosts, _MOST_ROBOTS)
            if answer.status >= 500 or answer.status == 429:
                raise OSError(f"{base}/robots.txt trả lời {answer.status}")
            rules = None
            if answer.status == 200:
                rules = RobotFileParser()
                rules.parse(answer.body.decode("utf-8", "replace").splitlines())
            self._robots[base] = rules
        return self._robots[base]


class _Links(HTMLParser):
    """Targets of `a` elements, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the target of a link."""
        if tag == "a" and len(self.found) < _MOST_LINKS:
            self.found += [value for name, value in attrs if name == "href" and value]


def name_of(url: str, extension: str) -> str:
    """A file name for an address: readable, safe on every disk, its own for each address."""
    parts = urlsplit(url)
    told = unquote(f"{parts.path.rsplit('/', 1)[-1]} {parts.query}")
    readable = re.sub(r"[^0-9A-Za-z]+", "-", told)[:60].strip("-").lower() or "van-ban"
    return f"{parts.hostname}-{readable}-{hashlib.sha256(url.encode()).hexdigest()[:10]}{extension}"
