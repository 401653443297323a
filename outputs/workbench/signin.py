"""Signing in to the review page, where more than one officer uses it.

A session lives in this process, twelve hours at most, one idle hour; it ends with the process. Its cookie is of no use
to scripts (HttpOnly), is not sent with forms of other pages (SameSite) nor, where the page has a certificate, over a
bare line (Secure). Wrong passwords make the next attempts wait, for the login and for the address they come from.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from outputs.workbench.users import User, right

COOKIE, SIGN_IN, SIGN_OUT = "rasoat", "/dang-nhap", "/dang-xuat"
_OPEN = ("/tinh/", "/healthz")
_LONGEST_S, _IDLE_S, _MOST_SESSIONS = 12 * 3600.0, 3600.0, 200
_MOST_FORM = 4096


@dataclass(slots=True)
class Session:
    """One officer signed in; `token` is what forms of the session carry, besides the cookie."""

    user: User
    began: float
    used: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))


_CURRENT: ContextVar[Session | None] = ContextVar("rasoat_session", default=None)


def current() -> Session | None:
    """Who asks, in the request that is being answered; None where the page has no sign-in."""
    return _CURRENT.get()


class Sessions:
    """Sessions by the secret of their cookie."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._all: dict[str, Session] = {}

    def begin(self, user: User) -> str:
        """A new session; gives the secret of its cookie. The oldest ones give way where there are too many."""
        moment, secret = self._clock(), secrets.token_urlsafe(32)
        with self._lock:
            self._all = {key: one for key, one in self._all.items() if self._lives(one, moment)}
            while len(self._all) >= _MOST_SESSIONS:
                del self._all[min(self._all, key=lambda key: self._all[key].used)]
            self._all[secret] = Session(user, moment, moment)
        return secret

    def find(self, secret: str, users: Mapping[str, User]) -> Session | None:
        """The session of a cookie, while it lives and its user is still one of `users`, as it was."""
        moment = self._clock()
        with self._lock:
            one = self._all.get(secret)
            if one is None or not self._lives(one, moment) or users.get(one.user.login) != one.user:
                self._all.pop(secret, None)
                return None
            one.used = moment
            return one

    def end(self, secret: str) -> None:
        """Sign out."""
        with self._lock:
            self._all.pop(secret, None)

    @staticmethod
    def _lives(one: Session, moment: float) -> bool:
        return moment - one.began < _LONGEST_S and moment - one.used < _IDLE_S


class Brake:
    """Makes attempts wait after wrong passwords: after `free` of them a minute, then twice as long, an hour at most."""

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._free, self._clock, self._lock = free, clock, threading.Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def waits(self, name: str) -> float:
        """Seconds until the next attempt, 0 where it may be made now."""
        with self._lock:
            count, last = self._wrong.get(name, (0, 0.0))
        if count < self._free:
            return 0.0
        pause = float(min(60 * 2 ** min(count - self._free, 6), 3600))
        return max(0.0, last + pause - self._clock())

    def wrong(self, name: str) -> None:
        """Note a wrong password."""
        moment = self._clock()
        with self._lock:
            if len(self._wrong) > 5000:
                self._wrong = {key: one for key, one in self._wrong.items() if moment - one[1] < 3600.0}
                if len(self._wrong) > 5000:
                    self._wrong.clear()
            self._wrong[name] = (self._wrong.get(name, (0, 0.0))[0] + 1, moment)

    def good(self, name: str) -> None:
        """Forget the wrong ones."""
        with self._lock:
            self._wrong.pop(name, None)


class SignIn:
    """ASGI middleware: lets in who is signed in, shows the form to everybody else."""

    def __init__(
        self, app: ASGIApp, users: Callable[[], Mapping[str, User]], form: Callable[[str, int], Response],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._app, self._users, self._form = app, users, form
        self._sessions = Sessions(clock)
        self._logins, self._places = Brake(5, clock), Brake(20, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its session, or answer it."""
        if scope["type"] != "http" or str(scope["path"]).startswith(_OPEN) or _watches(scope):
            await self._app(scope, receive, send)
            return
        secret = _cookie(Headers(scope=scope).get("cookie", ""))
        path, method = scope["path"], scope["method"]
        if path == SIGN_IN:
            answer = self._form("", 200) if method != "POST" else await self._signed_in(scope, receive)
            await answer(scope, receive, send)
            return
        session = self._sessions.find(secret, self._users()) if secret else None
        if path == SIGN_OUT and method == "POST":
            self._sessions.end(secret)
            away = RedirectResponse(SIGN_IN, 303)
            away.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=scope["scheme"] == "https")
            await away(scope, receive, send)
            return
        if session is None:
            answer = RedirectResponse(SIGN_IN, 303) if method == "GET" else self._form("Hãy đăng nhập lại.", 401)
            await answer(scope, receive, send)
            return
        token = _CURRENT.set(session)
        try:
            await self._app(scope, receive, send)
        finally:
            _CURRENT.reset(token)

    async def _signed_in(self, scope: Scope, receive: Receive) -> Response:
        given = await _fields(receive)
        login = given.get("ten", "").strip().lower()[:64]
        place = scope["client"][0] if scope.get("client") else ""
        wait = max(self._logins.waits(login), self._places.waits(place))
        if wait > 0:
            return self._form(f"Sai nhiều lần. Hãy đợi {int(wait // 60) + 1} phút rồi đăng nhập lại.", 429)
        user = self._users().get(login)
        if not await run_in_threadpool(right, user, given.get("mat_khau", "")[:1000]) or user is None:
            self._logins.wrong(login)
            self._places.wrong(place)
            return self._form("Tên đăng nhập hoặc mật khẩu không đúng.", 401)
        self._logins.good(login)
        answer = RedirectResponse("/", 303)
        secure = scope["scheme"] == "https"
        answer.set_cookie(COOKIE, self._sessions.begin(user), path="/", httponly=True, samesite="lax", secure=secure)
        return answer


def _watches(scope: Scope) -> bool:
    """Whether a program of this machine asks how everything is doing (counts and dates, no documents)."""
    client = scope.get("client")
    return scope["path"] == "/health" and client is not None and client[0] in ("127.0.0.1", "::1")


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header[:4096]).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


async def _fields(receive: Receive) -> dict[str, str]:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _MOST_FORM:
            return {}
        if not message.get("more_body"):
            break
    try:
        found = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}
