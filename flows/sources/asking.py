"""One polite question over HTTP: bounded in time and size, to an allowed host only, without going where it is sent.

Plain `http.client`: a library that follows redirects, keeps cookies or reads proxies of the environment would be more
than an office's gate should open. Certificates are checked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

AGENT = "rasoat/1 (ra soat van ban quy pham phap luat)"
_SOCKET_S, _WHOLE_S, _REDIRECTS, _CHUNK = 20.0, 120.0, 3, 65536


class Refused(ValueError):
    """A question that may not be asked, or an answer that may not be taken; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status (200, 304, 404 …), headers in lower case, body (empty unless 200)."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(
    url: str, hosts: frozenset[str], most_bytes: int, known: Mapping[str, str] | None = None, whole_s: float = _WHOLE_S
) -> Answer:  # fmt: skip
    """GET one page. `known`: `etag` and `modified` of the copy that we have (then 304 may come back).

    Redirects are followed on the same host alone, at most three. Raises `Refused`, or `OSError` for what the network
    does (also for an answer that stops before its end).
    """
    until = time.monotonic() + whole_s
    for _ in range(_REDIRECTS + 1):
        answer = _once(url, hosts, most_bytes, known or {}, until)
        if answer.status not in (301, 302, 303, 307, 308):
            return answer
        there = urljoin(url, answer.headers.get("location", ""))
        if host_of(there) != host_of(url) or (url.startswith("https:") and not there.startswith("https:")):
            raise Refused(f"{url}: bị chuyển hướng sang nơi khác, không đi theo.")
        url = there
    raise Refused(f"{url}: chuyển hướng quá nhiều lần.")


def host_of(url: str) -> str:
    """Host of an address with its port, where that is not the usual one; "" for what is no HTTP address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        return ""
    return parts.hostname.lower() + (f":{port}" if port else "")


def _once(url: str, hosts: frozenset[str], most: int, known: Mapping[str, str], until: float) -> Answer:
    host = host_of(url)
    if host not in hosts:
        raise Refused(f"{url}: máy chủ không có trong danh sách được phép (cho_phep).")
    parts = urlsplit(url)
    assert parts.hostname is not None
    where, wait = (parts.hostname, parts.port), _left(until)
    connection = (
        http.client.HTTPSConnection(*where, timeout=wait, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(*where, timeout=wait)
    )
    path = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"),
                       quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"), ""))  # fmt: skip
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": "*/*", "Connection": "close"}
    if known.get("etag"):
        headers["If-None-Match"] = known["etag"]
    if known.get("modified"):
        headers["If-Modified-Since"] = known["modified"]
    try:
        connection.connect()
        with _cut(connection.sock, until):
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            if response.status != 200:
                return Answer(response.status, found)
            if found.get("content-encoding", "identity") != "identity":
                raise Refused(f"{url}: nội dung bị nén khác với yêu cầu.")
            body = _body(url, response, most, until)
        _left(until)
        return Answer(200, found, body)
    except http.client.HTTPException as error:
        _left(until)
        raise OSError(f"{url}: trả lời không trọn vẹn ({type(error).__name__})") from error
    finally:
        connection.close()


@contextmanager
def _cut(sock: socket.socket, until: float) -> Iterator[None]:
    """Cut the line at the end of the time: a server that sends a byte now and then meets no timeout of the socket."""

    def cut() -> None:
        with suppress(OSError):  # closed already
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(until - time.monotonic(), 0.0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(url: str, response: http.client.HTTPResponse, most: int, until: float) -> bytes:
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > most:
        raise Refused(f"{url}: lớn hơn {most // 1024 // 1024} MB.")
    parts, size = list[bytes](), 0
    while part := response.read1(_CHUNK):
        _left(until)
        size += len(part)
        if size > most:
            raise Refused(f"{url}: lớn hơn {most // 1024 // 1024} MB.")
        parts.append(part)
    _left(until)
    if length.isdigit() and size < int(length):
        raise OSError(f"{url}: trả lời đứt giữa chừng")
    return b"".join(parts)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("quá thời gian chờ")
    return min(left, _SOCKET_S)
