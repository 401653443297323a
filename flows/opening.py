"""Opening a workspace for a run: its store for writing, its register, the files that it has.

Whatever stands in the way (a busy, lost or damaged store, a full disk) is told in Vietnamese, with what to do.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus import register, store
from corpus.store import FileRow, Store
from flows.known import KnownFactory
from flows.settings import CENTRAL, LOCAL, NEW_CENTRAL, OWN_REGISTER, Workspace


class CannotRun(Exception):
    """The run cannot start; the message (Vietnamese) says why and what to do."""


@dataclass(slots=True)
class Session:
    """An open store and the files of the corpus, for one run.

    `why_read`: why each file was read, by path, in Vietnamese; files that were not read are missing.
    """

    space: Workspace
    store: Store
    files: dict[str, FileRow]
    known: KnownFactory
    register: register.Register
    read_again: int = 0
    why_read: dict[str, str] = field(default_factory=dict)


@contextmanager
def session(space: Workspace) -> Iterator[Session]:
    """Open the store for writing and look at the corpus' files."""
    if not space.corpus.is_dir():
        raise CannotRun(f"Không có thư mục văn bản {space.corpus}. Hãy tạo bằng lệnh: rasoat init --workspace DIR")
    if space.outputs is None:
        raise CannotRun("Lần chạy này cần thư mục kết quả: thêm --outputs DIR hoặc --workspace DIR.")
    try:
        space.outputs.mkdir(parents=True, exist_ok=True)
        not_lost(space)
        with store.open(store_place(space), write=True) as opened:
            sweep_up(space)
            own = space.own_register
            known = register.load(own)
            yield Session(space, opened, dict(opened.files()), KnownFactory(own=own), known)
    except store.StoreError as error:
        raise CannotRun(trouble_of(space, error)) from error
    except OSError as error:
        raise CannotRun(f"Không ghi được vào {space.outputs}: {reason(error)}.") from error


def not_lost(space: Workspace) -> None:
    """Raises `CannotRun` where earlier runs lie in the outputs and their store is gone: starting anew in silence would
    lose every decision."""
    place = store_place(space)
    if not isinstance(place, Path) or (place.exists() and place.stat().st_size):
        return
    if any(place.parent.glob("luot-*/findings.jsonl")):
        from flows.safekeeping.backup import with_advice

        gone = store.StoreError(f"{place}: kho dữ liệu không còn (tệp bị xóa hoặc rỗng), trong khi {place.parent} có "
                                "các lượt trước; muốn làm lại từ đầu thì đổi tên thư mục ấy.")  # fmt: skip
        raise CannotRun(with_advice(space, gone))


def trouble_of(space: Workspace, error: store.StoreError) -> str:
    """What the officer is told of a store that cannot be used; where it is damaged, with the backup that helps."""
    if not isinstance(error, store.StoreDamaged):
        return str(error)
    from flows.safekeeping.backup import with_advice

    return with_advice(space, error)


def sweep_up(space: Workspace) -> int:
    """Remove what killed processes left half written below the outputs and where documents are put into the corpus."""
    from outputs.packing import sweep

    done = sweep(space.outputs) if space.outputs is not None and space.outputs.is_dir() else 0
    return done + sum(
        sweep(folder, deep=False)
        for folder in (space.corpus / LOCAL, space.corpus / CENTRAL / NEW_CENTRAL, space.corpus / OWN_REGISTER)
        if folder.is_dir()
    )


def reason(error: OSError) -> str:
    """Why the machine refused a file, in Vietnamese, with what to do."""
    known = {
        errno.ENOSPC: "ổ đĩa hết chỗ trống; hãy xóa bớt rồi chạy lại",
        errno.EROFS: "thư mục chỉ cho đọc; hãy chọn thư mục khác",
        errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
        errno.EEXIST: "đã có một tệp mang tên này",
    }
    if error.errno in (errno.EACCES, errno.EPERM):
        return "không có quyền; hãy kiểm tra quyền của thư mục"
    return known.get(error.errno or 0, f"{error.strerror}; hãy kiểm tra quyền và chỗ trống")


def store_place(space: Workspace) -> str | Path:
    """Where the store of a workspace is: the database of the settings, or a file below its outputs."""
    if space.settings.store:
        return space.settings.store
    assert space.outputs is not None
    return space.outputs / "rasoat.db"
