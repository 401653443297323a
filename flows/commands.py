"""What the commands without Prefect do. Each takes the parsed options and returns the exit code."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import explaining, lookup, opening, pipeline
from flows.settings import CENTRAL, LOCAL, OWN_REGISTER, TEMPLATE, SettingsError, Workspace, today, workspace
from flows.summary import say_summary
from flows.terminal import plain

if TYPE_CHECKING:
    from rules.catalogue import RuleSettings


def version(options: Namespace) -> int:
    from importlib.metadata import version as installed

    if options.version:
        print(f"rasoat {installed('rasoat')}")
        return 0
    from flows.cli import parser

    parser().print_help(sys.stderr)
    return 2


def init(options: Namespace) -> int:
    """Make the folders of a workspace; existing files are never touched."""
    base = Path(options.workspace)
    try:
        return _make_workspace(base, options.samples)
    except OSError as error:
        note(f"Không tạo được thư mục làm việc {base}: {opening.reason(error)}.")
        return 2


def _make_workspace(base: Path, samples: bool) -> int:
    from flows.ruling import OWN_RULES, SAMPLE
    from flows.ruling import TEMPLATE as OWN_TEMPLATE
    from outputs.packing import write_whole

    for folder in (f"corpus/{LOCAL}", f"corpus/{CENTRAL}", f"corpus/{OWN_REGISTER}", "outputs"):
        (base / folder).mkdir(parents=True, exist_ok=True)
    settings = base / "rasoat.toml"
    if not settings.exists():
        write_whole(settings, TEMPLATE.encode())
    own = base / OWN_RULES
    if not own.exists():
        own.mkdir()
        write_whole(own / SAMPLE, OWN_TEMPLATE.encode())
    copied = 0
    if samples:
        source = Path(str(files("corpus") / "samples" / "corpus"))
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            target = base / "corpus" / path.relative_to(source)
            if not target.exists():
                write_whole(target, path.read_bytes())
                copied += 1
    note(f"Thư mục làm việc: {base}" + (f" (đã chép {copied} văn bản mẫu)" if copied else ""))
    return 0


def review(options: Namespace) -> int:
    """Review the corpus; the last line of standard output is the run's folder."""
    from flows.progress import for_terminal

    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    try:
        done = pipeline.review(space, options.as_of or today(), for_terminal(), options.all)
    except opening.CannotRun as error:
        note(str(error))
        return 2
    if not any(place.is_file() for place in (space.corpus / CENTRAL).rglob("*")):
        note(f"{space.corpus / CENTRAL} chưa có văn bản nào: chỉ đối chiếu được với danh mục kèm theo chương trình.")
    if not any(place.is_file() for place in (space.corpus / LOCAL).rglob("*")):
        note(f"{space.corpus / LOCAL} chưa có văn bản nào: chưa có gì để rà soát.")
    say_summary(done)
    if options.explain:
        print("\n".join(explaining.told(done.folder, done.again)))
    print(done.folder)
    return 1 if done.run.unread else 0


def status(options: Namespace) -> int:
    """State of a document or provision, as one JSON object."""
    from corpus.records import state_record

    nowhere = not (options.workspace or options.corpus or options.outputs) and not Path("workspace/corpus").is_dir()
    space = None if nowhere else space_of(options)
    if space is None and not nowhere:
        return 2
    library = lookup.library_for_reading(space, with_register=options.register, about=options.symbol)
    state = library.state(options.symbol, provision=options.provision, issuer=options.issuer,
                          issued=options.date, as_of=options.as_of or today())  # fmt: skip
    _print_json(state_record(state))
    return 0


def text(options: Namespace) -> int:
    """Consolidated text on a day."""
    from corpus.records import by_record, iso

    space = space_of(options)
    if space is None:
        return 2
    as_of = options.as_of or today()
    library = lookup.library_for_reading(space, light=False, about=options.symbol)
    found = library.consolidated(options.symbol, provision=options.provision, issuer=options.issuer,
                                 issued=options.date, as_of=as_of)  # fmt: skip
    if found is None:
        where = f", {options.provision}" if options.provision else ""
        note(f"Không có nội dung của {options.symbol}{where} trong kho văn bản {space.corpus}.")
        return 1
    if not options.json:
        print(found.text)
        return 0
    _print_json({
        "schema": 1, "symbol": found.symbol, "provision": found.provision, "as_of": iso(found.as_of),
        "text": found.text,
        "pieces": [{"provision": p.provision, "text": p.text, "from": iso(p.from_),
                    "source": {"symbol": p.source_symbol, "provision": p.source_provision}} for p in found.pieces],
        "not_applied": [{**by_record(by), "quote": by.quote} for by in found.not_applied],
    })  # fmt: skip
    return 0


def impact(options: Namespace) -> int:
    """Local provisions that a new document touches, as JSON Lines."""
    from corpus.records import finding_record

    space = space_of(options)
    if space is None:
        return 2
    if options.apply and space.outputs is None:
        note("Lệnh impact --apply cần thư mục kết quả: thêm --outputs DIR hoặc --workspace DIR.")
        return 2
    try:
        touched = lookup.impact(space, Path(options.file), options.as_of or today())
    except opening.CannotRun as error:
        note(str(error))
        return 1
    if not touched.findings:
        note(f"{options.file} không chạm đến điều khoản nào của văn bản đang có trong kho.")
    for finding in touched.findings:
        record = finding_record(finding, touched.documents)
        _print_json({**record, "touch": lookup.touch(finding, touched.document)})
    if not touched.whole:
        note("Kho văn bản lớn: chỉ đối chiếu các văn bản có viện dẫn, căn cứ chung với văn bản mới.")
    if options.apply:
        done = lookup.take_in(space, Path(options.file), options.as_of or today(), touched)
        say_summary(done)
        note(f"Đã đưa {options.file} vào kho và rà soát lại: {done.folder}")
    return 0


def rules(options: Namespace) -> int:
    """The catalogue as the workspace has it, one rule a line; the office's own rules last."""
    from rules import catalogue

    settings = _chosen(options)
    if settings is None:
        return 2
    for row in catalogue.table(settings):
        print("\t".join(row))
    return 0


def explain(options: Namespace) -> int:
    """The page of one rule, with what the workspace set for it."""
    from difflib import get_close_matches

    from rules import catalogue, pages

    settings = _chosen(options)
    if settings is None:
        return 2
    try:
        print(pages.explain(options.code, settings))
    except KeyError:
        codes = [rule.code for rule in (*catalogue.RULES, *settings.own)]
        close = get_close_matches(options.code.upper(), codes, 1)
        meant = f" (có phải “{close[0]}”?)" if close else ""
        note(f"Không có quy tắc “{options.code}”{meant}. Xem các mã: rasoat rules")
        return 2
    return 0


def _chosen(options: Namespace) -> RuleSettings | None:
    """What the workspace chose of the rules; the faults of its own rules are told. None, after a message, where wrong.

    The catalogue can be read without a workspace: then it is as the program has it.
    """
    from flows import ruling

    try:
        space = workspace(options.workspace, options.corpus, options.outputs)
        for fault in ruling.own_of(space).faults:
            note(fault)
        return ruling.rule_settings(space)
    except SettingsError as error:
        note(str(error))
        return None


def space_of(options: Namespace, need_outputs: bool = False) -> Workspace | None:
    """The workspace of the options; None, after a message, where it cannot be used."""
    try:
        space = workspace(options.workspace, options.corpus, options.outputs)
    except SettingsError as error:
        note(str(error))
        return None
    if not space.corpus.is_dir():
        note(f"Không có thư mục văn bản {space.corpus}. Hãy tạo bằng lệnh: rasoat init --workspace DIR")
        return None
    if need_outputs and space.outputs is None:
        note("Lệnh này cần thư mục kết quả: thêm --outputs DIR hoặc --workspace DIR.")
        return None
    return space


def note(message: str) -> None:
    """One line for the user, on standard error. A file's name in it does not steer the terminal."""
    print(plain(message), file=sys.stderr)


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False))
