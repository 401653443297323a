"""Who may ask the review page, and what a browser may do with an answer.

The page is for one person on this machine. A name that leads to 127.0.0.1 from outside (DNS rebinding) is refused by
the Host header, a form of another page by its Origin and by a token that only our own pages carry.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
MOST_BYTES = 64 * 1024 * 1024
"""Largest request body: an upload and its form."""


class Refused(Exception):
    """A form that is not ours; the message is for the officer."""


class Guard:
    """ASGI middleware: Host, Origin and size of requests; safe headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a plain refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    if name != "Cache-Control" or "cache-control" not in headers:
                        headers[name] = value
            await send(message)

        refusal = _refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, answer)
        else:
            await refusal(scope, receive, answer)


def _refusal(method: str, headers: Headers) -> PlainTextResponse | None:
    host = headers.get("host", "")
    if _name(host) not in LOOPBACK:
        return PlainTextResponse(
            "Trang rà soát chỉ mở được trên chính máy này, tại địa chỉ 127.0.0.1 hoặc localhost.", 421
        )
    if method in ("GET", "HEAD"):
        return None
    if method != "POST":
        return PlainTextResponse("Không dùng được cách gửi này.", 405)
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return PlainTextResponse("Yêu cầu gửi từ trang khác: không thực hiện.", 403)
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return PlainTextResponse("Yêu cầu gửi từ trang khác: không thực hiện.", 403)
    length = headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return PlainTextResponse("Nội dung gửi lên quá lớn (tối đa 64 MB).", 413)
    return None


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    name, _, port = host.rpartition(":")
    if not name or not port.isdigit():
        name = host
    return name.strip("[]").lower()


class Token:
    """The secret of this process that every form of ours carries."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(32)

    def check(self, given: object) -> None:
        """Raises `Refused` where a form does not carry it."""
        if not isinstance(given, str) or not secrets.compare_digest(given.encode(), self.value.encode()):
            raise Refused("Trang đã cũ (chương trình vừa khởi động lại). Hãy tải lại trang rồi làm lại.")


def is_loopback(host: str) -> bool:
    """Whether a page may listen there."""
    return host in LOOPBACK
