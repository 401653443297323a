"""Papers for the review page: which can be made, making them, and those that lie in the outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.store import Store
from flows.office import papers as making
from flows.settings import Workspace, today
from outputs.workbench.door import Job, Paper

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Công bố trước 31 tháng 01": ("bo-31-01", "mau-01", "mau-02"),
    "Rà soát, hệ thống hóa": ("mau-04", "mau-03", "mau-05", "xu-ly", "phieu-ra-soat"),
    "Kế hoạch, báo cáo năm": ("ke-hoach", "bao-cao-ra-soat", "bao-cao-kiem-tra"),
    "Thư, thông báo, tự kiểm tra": ("lay-y-kien", "tiep-nhan", "tu-kiem-tra"),
    "Tất cả": (making.ALL,),
}
_ALL = "Mọi giấy tờ của năm: mẫu số 01–04, bộ hồ sơ 31 tháng 01, kế hoạch, hai báo cáo"
_SUFFIXES = (".docx", ".xlsx", ".pdf", ".html")


def papers() -> tuple[Paper, ...]:
    """The papers that can be made, by the work that they belong to."""
    names = {**making.names(), making.ALL: _ALL}
    return tuple(Paper(code, *_parts(names[code]), group) for group, codes in GROUPS.items() for code in codes)


def make(space: Workspace, opened: Store, job: Job, say: Callable[[str], None]) -> tuple[str, ...]:
    """Make a paper; gives the names of its files below `outputs/`. Raises `ValueError` (Vietnamese) where it cannot."""
    from outputs.forms.catalogue import Choice

    assert space.outputs is not None
    code, day = job.paper or "", today()
    stuff = making.material(space, opened, job.year or making.usual_year(day), day, texts=code == "mau-05")
    try:
        found, _ = making.write(space, stuff, code, Choice(job.documents), job.pdf, say)
    except LookupError as error:
        raise ValueError(str(error)) from error
    if not found:
        raise ValueError("Chưa có dữ liệu để lập giấy tờ này: chưa có văn bản hoặc quyết định nào mà giấy tờ này cần.")
    return tuple(path.relative_to(space.outputs).as_posix() for path in found if path.suffix in _SUFFIXES)


def made(space: Workspace) -> Mapping[str, int]:
    """Files of papers and of the last run below `outputs/` by name there, the newest first, with their size."""
    assert space.outputs is not None
    runs = sorted(space.outputs.glob("luot-*"))[-1:]
    folders = [space.outputs / making.FOLDER, *runs]
    found = [
        path for folder in folders if folder.is_dir() for path in folder.rglob("*")
        if path.is_file() and path.suffix in _SUFFIXES and not path.name.startswith(".")
    ]  # fmt: skip
    found.sort(key=lambda path: (-path.stat().st_mtime, path.name))
    return {path.relative_to(space.outputs).as_posix(): path.stat().st_size for path in found}


def paper(space: Workspace, name: str) -> bytes | None:
    """The bytes of one of `made`; None for any other name."""
    assert space.outputs is not None
    return Path(space.outputs, name).read_bytes() if name in made(space) else None


def _parts(name: str) -> tuple[str, str]:
    """ "Mẫu số 01: văn bản hết hiệu lực" as its name and what it is."""
    head, colon, rest = name.partition(": ")
    return (head, rest[:1].upper() + rest[1:]) if colon else (name, "")
