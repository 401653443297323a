"""`rasoat forms`, and the papers of the review page: what they are made from, making them, writing them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import register, symbols
from corpus.library import CorpusLibrary, side_of
from corpus.model import By, LedgerEntry, State
from corpus.resolve import Act
from corpus.store import Store
from corpus.symbols import KIND_NAMES
from corpus.words import date_words
from flows import ruling
from flows.commands import note, space_of
from flows.office import door
from flows.opening import CannotRun, reason
from flows.settings import Workspace, today

if TYPE_CHECKING:
    from corpus.events import Event
    from outputs.forms.catalogue import Choice, Made
    from outputs.forms.material import Change, Material

FOLDER = "giay-to"
ALL = "tat-ca"
Say = Callable[[str], None]
_WHOLE = frozenset({"repeal", "replace", "declare_expired", "expire"})
_TOUCHES = _WHOLE | {"amend", "insert", "substitute", "insert_text", "delete_text", "suspend"}


def command(options: Namespace) -> int:
    """Make papers of a year and print the files. 1 where a paper asked for could not be had or has nothing to say."""
    from outputs.forms.catalogue import NAMES, Choice

    if options.paper == "list":
        for code, name in NAMES.items():
            print(f"{code}\t{name}")
        return 0
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    ruling.remember(space)
    day = options.as_of or today()
    year = options.year or usual_year(day)
    grounds = dict.fromkeys(options.document, options.ground) if options.ground else {}
    choice = Choice(tuple(options.document), tuple(options.unit), tuple(options.request), grounds)
    try:
        with door.opened(space) as store:
            stuff = material(space, store, year, day, personal_too=options.personal, undecided_too=options.undecided,
                             texts=options.paper == "mau-05")  # fmt: skip
        made, faults = write(space, stuff, options.paper, choice, options.pdf, note)
    except (CannotRun, LookupError) as error:
        note(str(error))
        return 1 if isinstance(error, LookupError) else 2
    except OSError as error:
        note(f"Không ghi được giấy tờ: {reason(error)}.")
        return 2
    for path in made:
        print(path)
    if not made:
        note("Chưa có dữ liệu để lập giấy tờ này: xem rasoat decisions và rasoat ledger.")
    return 1 if faults or not made else 0


def usual_year(day: date) -> int:
    """The year that papers are for where nobody says: in January still the year before (list of 31 January)."""
    return day.year - 1 if day.month == 1 else day.year


def material(
    space: Workspace, store: Store, year: int, day: date, *, personal_too: bool = False, undecided_too: bool = False,
    texts: bool = False,
) -> Material:  # fmt: skip
    """What the papers of a year are made from, as of a day. `texts`: full texts too (Mẫu số 05)."""
    from outputs.forms.material import Material

    desk = door.desk(space, store, day)
    _, documents = door.read_documents(store, light=not texts)
    known = register.load(space.own_register)
    library = CorpusLibrary({path: (side_of(path), doc) for path, doc in documents.items()}, known)
    changes: dict[str, tuple[Change, ...]] = {}
    whole: dict[str, str] = {}
    for entry in desk.ledger:
        act = _act(library, entry)
        if act is None:
            continue
        if entry.normative and (found := tuple(changes_of(library, act, entry, day))):
            changes[entry.key] = found
        told = library.consolidated(act.symbol, as_of=day, issuer=act.issuer, issued=act.date) if texts else None
        if told is not None:
            whole[entry.key] = told.text
    return Material(desk, year, changes, whole, personal_too=personal_too, undecided_too=undecided_too)


def changes_of(library: CorpusLibrary, act: Act, entry: LedgerEntry, day: date) -> Iterator[Change]:
    """What ended, changed or suspended a document, whole endings as its state on the day has them."""
    state = library.state(act.symbol, as_of=day, issuer=act.issuer, issued=act.date, kind=act.kind)
    if state.state == "het_hieu_luc_toan_bo":
        for by in state.by:
            if by.type in _WHOLE:
                yield _whole(library, act, entry, state, by)
        return
    for event in library.events(act):
        if event.type in _TOUCHES:
            yield _of_event(library, act, event)


def write(
    space: Workspace, stuff: Material, code: str, choice: Choice | None, pdf: bool, say: Say
) -> tuple[tuple[Path, ...], int]:
    """Make a paper (or all of the year) and write its files below `outputs/giay-to/YEAR`; gives the paths and how many
    PDFs could not be made. `say` is told what was made, how many cells it holds, and what is missing.

    Raises `LookupError` for a paper, document, unit or proposal that is not there, `OSError` where it cannot write.
    """
    from outputs.forms.catalogue import NAMES, YEARLY, files
    from outputs.forms.cells import placed_words
    from outputs.forms.january import first_day
    from outputs.forms.material import NOT_COMPARED

    if code != ALL and code not in NAMES:
        raise LookupError(f"Không có giấy tờ “{code}”. Xem các loại: rasoat forms list")
    assert space.outputs is not None
    folder = space.outputs / FOLDER / str(stuff.year)
    paths: list[Path] = []
    faults = 0
    for one in YEARLY if code == ALL else (code,):
        if one == "bo-31-01" and stuff.as_of < first_day(stuff.year):
            start = date_words(first_day(stuff.year))
            say(f"Dự thảo bộ hồ sơ năm {stuff.year} lập trước {start}: số liệu còn thay đổi.")
        for made in files(one, stuff, choice):
            paths.append(_written(folder, made))
            if made.name.endswith(".docx"):
                say(f"{made.name}: {placed_words(made.cells)}.")
                if pdf:
                    faults += not _pdf(folder, made, paths, say)
    if paths and not stuff.compared_187:
        say(f"Các giấy tờ này {NOT_COMPARED} ([xa] doi_chieu_nd187 trong rasoat.toml).")
    return tuple(paths), faults


def _written(folder: Path, made: Made) -> Path:
    from outputs.packing import write_whole

    write_whole(folder / made.name, made.data)
    return folder / made.name


def _pdf(folder: Path, made: Made, paths: list[Path], say: Say) -> bool:
    from outputs.forms.pdf import NoPdf, to_pdf
    from outputs.packing import write_whole

    target = (folder / made.name).with_suffix(".pdf")
    try:
        data = to_pdf(made.data, made.name)
    except NoPdf as error:
        say(str(error))
        return False
    write_whole(target, data)
    paths.append(target)
    return True


def _act(library: CorpusLibrary, entry: LedgerEntry) -> Act | None:
    """The act of a register row, where exactly one is meant."""
    if not entry.symbol:
        return None
    found = library.acts(entry.symbol, issuer=entry.issuer, issued=entry.date, kind=entry.kind)
    own = [act for act in found if entry.path and act.path == entry.path] or list(found)
    return own[0] if len(own) == 1 else None


def _whole(library: CorpusLibrary, act: Act, entry: LedgerEntry, state: State, by: By) -> Change:
    from outputs.forms.material import Change

    own = symbols.key(by.symbol) == symbols.key(act.symbol) if by.symbol else True
    return Change(
        by.type, None, by.from_, None if own else act_name(library, by.symbol, by.path), by.symbol, by.provision,
        certain=entry.certain, seen=state.seen,
    )  # fmt: skip


def _of_event(library: CorpusLibrary, act: Act, event: Event) -> Change:
    from outputs.forms.material import Change

    by = event.by
    return Change(
        event.type, event.provision, event.from_, act_name(library, by.symbol, by.path) if by else None,
        by.symbol if by else None, by.provision if by else None, event.until, event.sure == "chac_chan", event.whole,
        event.seen,
    )  # fmt: skip


def act_name(library: CorpusLibrary, symbol: str, path: str | None) -> str:
    """ "Quyết định số 09/2026/QĐ-UBND ngày 01 tháng 6 năm 2026" of an acting document, as far as it is known."""
    document = library.documents.get(path) if path else None
    head = document.masthead if document else None
    issued = head.date if head else None
    kind = (head.kind if head else None) or symbols.kind_of(symbol)
    name = f"{KIND_NAMES[kind]} số {symbol}" if kind in KIND_NAMES else f"Văn bản số {symbol}"
    return f"{name} {date_words(issued)}" if issued else name


def names() -> Mapping[str, str]:
    """Codes of the papers with their names, in the order of the officer's year."""
    from outputs.forms.catalogue import NAMES

    return NAMES
