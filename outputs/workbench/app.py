"""The review page as a web application: its addresses, its errors, its start."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from corpus.office.decisions import WrongDecision
from corpus.store import StoreBusy, StoreError
from outputs.workbench import books, decide, finding, first, keeping, papers, queue
from outputs.workbench.door import Door
from outputs.workbench.guard import LOOPBACK, Guard, Refused
from outputs.workbench.signin import SignIn
from outputs.workbench.site import Site, environment
from outputs.workbench.users import User

_LOG = logging.getLogger("rasoat.workbench")
Screen = Callable[[Site, Request], Response]
Action = Callable[[Site, Request, FormData], Response]
MOST_FIELDS = 6000


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use the page: names by which it may be asked for besides those of this machine; users who must sign in
    (None: no sign-in, this machine alone); certificate and key for a line that nobody can listen to."""

    names: tuple[str, ...] = ()
    users: Callable[[], Mapping[str, User]] | None = None
    certificate: Path | None = None
    key: Path | None = None


def application(door: Door, access: Access | None = None) -> Starlette:
    """The page over a door to the program."""
    access = access or Access()
    site = Site(door)
    site.warm()

    def shown(path: str, screen: Screen) -> Route:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(screen, site, request)

        return Route(path, answer, methods=["GET"])

    def done(path: str, action: Action) -> Route:
        async def answer(request: Request) -> Response:
            async with request.form(max_fields=MOST_FIELDS, max_files=1) as form:
                site.token.check(form.get("ma"))
                return await run_in_threadpool(action, site, request, form)

        return Route(path, answer, methods=["POST"])

    async def one(request: Request) -> Response:
        return await run_in_threadpool(finding.one_finding, site, request, request.path_params["id"])

    async def alive(request: Request) -> Response:
        return PlainTextResponse("OK")

    async def health(request: Request) -> Response:
        checks = await run_in_threadpool(door.health)
        levels = {one.level for one in checks}
        level = next(one for one in ("hong", "chu_y", "tot") if one in levels or one == "tot")
        told = {"schema": 1, "level": level, "checks": [asdict(one) for one in checks]}
        return JSONResponse(told, 503 if level == "hong" else 200)

    return Starlette(
        routes=[
            Route("/healthz", alive),
            Route("/health", health),
            shown("/", first.first_screen),
            shown("/phat-hien", queue.queue),
            Route("/phat-hien/{id}", one),
            done("/quyet-dinh", decide.decide_one),
            done("/hang-loat", decide.preview),
            done("/hang-loat/ghi", decide.decide_many),
            done("/hoan-tac", decide.take_back),
            *(shown(path, screen) for path, screen in books.SCREENS.items()),
            *(done(path, action) for path, action in books.ACTIONS.items()),
            *(done(path, action) for path, action in keeping.ACTIONS.items()),
            *(shown(path, screen) for path, screen in papers.SCREENS.items()),
            *(done(path, action) for path, action in papers.ACTIONS.items()),
            Mount("/tinh", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=[Middleware(Guard, names=(*LOOPBACK, *access.names)), *_sign_in(access)],
        exception_handlers=_handlers(site),
    )


def _sign_in(access: Access) -> list[Middleware]:
    if access.users is None:
        return []

    def form(said: str, status: int) -> Response:
        return HTMLResponse(environment().get_template("sign_in.html.j2").render(said=said), status)

    return [Middleware(SignIn, users=access.users, form=form)]


def serve(door: Door, host: str, port: int, access: Access | None = None) -> None:
    """Listen until a signal ends it. One process: an office is a few people, and the store has one writer."""
    import uvicorn

    access = access or Access()
    uvicorn.run(application(door, access), host=host, port=port, log_level="warning", access_log=False,
                server_header=False, date_header=False, timeout_keep_alive=30, proxy_headers=False,
                ssl_certfile=access.certificate, ssl_keyfile=access.key)  # fmt: skip


def _handlers(site: Site) -> dict[type[Exception] | int, Callable[[Request, Exception], Awaitable[Response]]]:
    def says(status: int, title: str) -> Callable[[Request, Exception], Awaitable[Response]]:
        async def answer(request: Request, error: Exception) -> Response:
            return _sorry(site, status, title, str(error))

        return answer

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        title = "Không có trang này" if status == 404 else "Không thực hiện được"
        return _sorry(site, status, title, "Hãy mở lại từ các mục ở đầu trang.")

    async def unknown(request: Request, error: Exception) -> Response:
        reference = secrets.token_hex(4)
        _LOG.error("lỗi %s tại %s", reference, request.url.path, exc_info=error)
        return _sorry(site, 500, "Chương trình gặp lỗi",
                      f"Chưa có gì được ghi. Chi tiết nằm ở cửa sổ đang chạy rasoat, mã {reference}.")  # fmt: skip

    return {
        WrongDecision: says(422, "Chưa ghi quyết định"),
        ValueError: says(422, "Chưa thực hiện"),
        Refused: says(403, "Chưa thực hiện"),
        StoreBusy: says(503, "Đang có lượt rà soát ghi vào kho"),
        StoreError: says(503, "Chưa dùng được kho dữ liệu"),
        HTTPException: http,
        Exception: unknown,
    }


def _sorry(site: Site, status: int, title: str, said: str) -> Response:
    try:
        return site.page("sorry.html.j2", status, title=title, said=said, here="")
    except Exception as error:  # noqa: BLE001 - the store that failed once fails the page of its failure too
        _LOG.error("không hiện được trang báo lỗi", exc_info=error)
        return PlainTextResponse(f"{title}\n\n{said}\n", status)
