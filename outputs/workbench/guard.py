"""Who may ask the review page, and what a browser may do with an answer.

The page is for this machine, unless other names are allowed (then officers sign in). A name that leads here from
outside (DNS rebinding) is refused by the Host header, a form of another page by its Origin and by a token that only our
own pages carry.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outputs.workbench.signin import current

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

    def __init__(self, app: ASGIApp, names: Collection[str] = LOOPBACK) -> None:
        self._app, self._names = app, frozenset(names)

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

        refusal = _refusal(scope["method"], Headers(scope=scope), scope["scheme"], self._names)
        if refusal is None:
            await self._app(scope, receive, answer)
        else:
            await refusal(scope, receive, answer)


def _refusal(method: str, headers: Headers, scheme: str, names: frozenset[str]) -> PlainTextResponse | None:
    host = headers.get("host", "")
    if _name(host) not in names:
        here = "trên chính máy này, tại địa chỉ 127.0.0.1 hoặc localhost"
        where = here if names <= set(LOOPBACK) else "bằng tên đã đặt"
        return PlainTextResponse(f"Trang rà soát chỉ mở được {where}.", 421)
    if method in ("GET", "HEAD"):
        return None
    if method != "POST":
        return PlainTextResponse("Không dùng được cách gửi này.", 405)
    origin = headers.get("origin")
    if origin is not None and origin != f"{scheme}://{host}":
        return PlainTextResponse("Yêu cầu gửi từ trang khác: không thực hiện.", 403)
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return PlainTextResponse("Yêu cầu gửi từ trang khác: không thực hiện.", 403)
    length = headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return PlainTextResponse("Nội dung gửi lên quá lớn (tối đa 64 MB); hãy chia nhỏ tệp.", 413)
    return None


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    name, _, port = host.rpartition(":")
    if not name or not port.isdigit():
        name = host
    return name.strip("[]").lower()


class Token:
    """The secret that every form of ours carries: of this process, or of the session of who is signed in."""

    def __init__(self) -> None:
        self._own = secrets.token_urlsafe(32)

    @property
    def value(self) -> str:
        session = current()
        return session.token if session else self._own

    def check(self, given: object) -> None:
        """Raises `Refused` where a form does not carry it."""
        if not isinstance(given, str) or not secrets.compare_digest(given.encode(), self.value.encode()):
            raise Refused("Trang đã cũ (chương trình vừa khởi động lại). Hãy tải lại trang rồi làm lại.")


def is_loopback(host: str) -> bool:
    """Whether a page may listen there."""
    return host in LOOPBACK
