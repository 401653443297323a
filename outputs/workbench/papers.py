"""Papers to be signed, files to be taken in, and the run that reads them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from outputs.workbench.books import download
from outputs.workbench.decide import field_of
from outputs.workbench.door import Job, Paper
from outputs.workbench.site import Site, link

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that lies in the outputs."""

    name: str
    folder: str
    size: str
    href: str


def papers(site: Site, request: Request) -> Response:
    """Buttons that make papers, the papers that are there, taking files in, running a review."""
    made = [_made(name, size) for name, size in list(site.door.made().items())[:_SHOWN]]
    today = site.door.today()
    groups: dict[str, list[Paper]] = {}
    for paper in site.door.papers():
        groups.setdefault(paper.group, []).append(paper)
    return site.page(
        "papers.html.j2", groups=groups, made=made, here="giay-to", years=range(today.year + 1, today.year - 6, -1),
        year=today.year - 1 if today.month == 1 else today.year, done=request.query_params.get("bao", ""),
        compared=site.door.settings.nd187_compared,
    )  # fmt: skip


def make(site: Site, request: Request, form: FormData) -> Response:
    """Start making a paper."""
    year = field_of(form, "nam")
    site.door.submit(Job("giay_to", int(year) if year.isdigit() and len(year) == 4 else None, field_of(form, "giay"),
                         bool(form.get("pdf")), (key,) if (key := field_of(form, "van_ban")) else ()))  # fmt: skip
    return RedirectResponse("/giay-to#viec", 303)


def run(site: Site, request: Request, form: FormData) -> Response:
    """Start a review."""
    site.door.submit(Job("ra_soat"))
    return RedirectResponse("/giay-to#viec", 303)


def take_in(site: Site, request: Request, form: FormData) -> Response:
    """Take an uploaded file into the corpus."""
    file = form.get("tep")
    if not isinstance(file, UploadFile) or not file.filename:
        raise ValueError("Chưa chọn tệp.")
    if not form.get("khong_mat"):
        raise ValueError("Hãy xác nhận tệp không phải tài liệu bí mật nhà nước.")
    path = site.door.take_in(field_of(form, "ben"), file.filename, file.file.read())
    return RedirectResponse(link("/giay-to", bao=f"tai_len:{path}"), 303)


def paper(site: Site, request: Request) -> Response:
    """A paper, to be saved."""
    name = request.query_params.get("ten", "")
    return download(site.door.paper(name), name.rsplit("/", 1)[-1], site)


def job(site: Site, request: Request) -> Response:
    """How the job is doing, for the script that shows it."""
    report = site.door.job()
    if report is None:
        return JSONResponse({"trang_thai": "khong"})
    return JSONResponse({"trang_thai": report.state, "buoc": report.step, "phan": report.part})


SCREENS = {"/giay-to": papers, "/giay-to/tep": paper, "/viec": job}
ACTIONS = {"/giay-to/lap": make, "/ra-soat": run, "/tai-len": take_in}


def _made(name: str, size: int) -> Made:
    folder, _, last = name.rpartition("/")
    kilobytes = max(round(size / 1024), 1)
    said = f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB".replace(".", ",")
    return Made(last, folder, said, link("/giay-to/tep", ten=name))
