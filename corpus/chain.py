"""The chain of an act or a provision: every event with its source, and where sources do not agree.

States are folded from events (`corpus.states`); the chain shows the events themselves, also those that the fold leaves
out because another source tells the same, or because they came to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.acts import Act
from corpus.events import ENDINGS, Event
from corpus.locate import covers
from corpus.model import By
from corpus.words import date_short

_DEAD = "văn bản hoặc điều khoản làm thay đổi đã bị bãi bỏ trước ngày có hiệu lực"
_POWERLESS = "văn bản cấp dưới không thể sửa đổi, bãi bỏ văn bản có hiệu lực pháp lý cao hơn; cần đọc lại điều khoản"


@dataclass(frozen=True, slots=True)
class Link:
    """One event. `conflicts`: what another source says otherwise (Vietnamese); `void`: why it had no effect."""

    event: Event
    conflicts: tuple[str, ...] = ()
    void: str | None = None


def chain(
    act: Act, stated: Sequence[Event], working: Sequence[Event], registered: Sequence[Event],
    provision: str | None = None,
) -> tuple[Link, ...]:  # fmt: skip
    """Events of an act in the order of days.

    `stated`: all that is said, joined; `working`: those of them that had an effect; `registered`: what the register
    says, joined or not. With a provision, those of the whole act and those that touch it.
    """
    links = [
        Link(
            event, (*_other_days(event, registered), *_too_early(event)),
            None if event in working else _POWERLESS if event.powerless else _DEAD,
        )
        for event in stated
    ]  # fmt: skip
    links = [*_commencement(act), *links, *_register_ending(act, stated)]
    kept = [
        link for link in links
        if provision is None or link.event.provision is None or covers(link.event.provision, provision)
        or covers(provision, link.event.provision)
    ]  # fmt: skip
    return tuple(sorted(kept, key=lambda link: (link.event.type != "commence", link.event.order)))


def _other_days(event: Event, registered: Sequence[Event]) -> Iterator[str]:
    """Rows of the register that tell the same event of another day."""
    for other in registered:
        if event.in_text and other.fact == event.fact and other.from_ and other.from_ != event.from_:
            yield f"danh mục ghi từ ngày {date_short(other.from_)} ({other.source})"


def _too_early(event: Event) -> Iterator[str]:
    """That the register dates an event before its act was issued."""
    if not event.in_text and event.from_ and event.not_before and event.from_ < event.not_before:
        yield f"ngày này trước ngày ban hành văn bản làm thay đổi ({date_short(event.not_before)}); cần đối chiếu"


def _commencement(act: Act) -> Iterator[Link]:
    """The first day of the whole act, by its text and by the register."""
    head, row = act.document.masthead if act.document else None, act.row
    told = head.effective if head else None
    noted = row.effective if row else None
    first = told or noted
    if first is None:
        return
    conflicts = (f"danh mục ghi có hiệu lực từ ngày {date_short(noted)}",) if told and noted and told != noted else ()
    in_text = told is not None
    source = (head.symbol if head else None) if in_text else _row_source(act)
    yield Link(
        Event(None, "commence", first, By(act.symbol, None, "commence", first, path=act.path), in_text=in_text,
              sure="chac_chan" if in_text else "can_kiem_tra", source=source, seen=row.seen if row else None),
        conflicts,
    )  # fmt: skip


def _register_ending(act: Act, stated: Sequence[Event]) -> Iterator[Link]:
    """The end of the whole act: its own term, and the end that the register notes, where no event tells of it."""
    head, row = act.document.masthead if act.document else None, act.row
    endings = [event for event in stated if event.type in ENDINGS and event.provision is None and event.whole]
    if head and head.expires:
        own = Event(None, "expire", head.expires, By(act.symbol, None, "expire", head.expires, path=act.path),
                    source=act.symbol)  # fmt: skip
        endings.append(own)
        yield Link(own)
    if row is None or row.state == "con_hieu_luc" or not (row.ended or row.state == "het_hieu_luc_toan_bo"):
        return
    if any(event.from_ == row.ended for event in endings):
        return
    others = tuple(
        f"{event.by.symbol if event.by else event.source} ghi {_day(event.from_)}" for event in endings
    )  # fmt: skip
    sure = {"cao": "chac_chan", "trung_binh": "can_kiem_tra"}.get(row.certainty, "goi_y")
    yield Link(
        Event(None, "expire", row.ended, None, not_before=row.seen, in_text=False,
              sure=sure if row.ended or sure == "goi_y" else "can_kiem_tra",  # type: ignore[arg-type]
              source=_row_source(act), seen=row.seen),
        others,
    )  # fmt: skip


def _day(day: date | None) -> str:
    return f"từ ngày {date_short(day)}" if day else "không rõ ngày"


def _row_source(act: Act) -> str | None:
    row = act.row
    return None if row is None else f"danh mục ({row.source_kind}{': ' + row.source_ref if row.source_ref else ''})"
