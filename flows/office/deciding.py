"""`rasoat decide`, `decisions`, `audit`: what the officer decided, and the log that nobody can change unseen."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import Namespace
from collections.abc import Iterable

from corpus import symbols
from corpus.model import Decision, Desk, Finding
from corpus.office.decisions import VERDICTS, WrongDecision, reasons
from corpus.records import iso
from corpus.store import Store
from flows.commands import note, space_of
from flows.office import door
from flows.opening import CannotRun
from outputs.words import PROPOSALS


def decide(options: Namespace) -> int:
    """Keep one decision for the findings named, or take the last batch back. 1 where a finding is not known."""
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    by = who(options)
    if not options.undo and options.verdict is None:
        note("Cần nêu --verdict, hoặc --undo để rút lại lần quyết định gần nhất.")
        return 2
    try:
        with door.opened(space, write=not options.preview) as store:
            return _undone(store, by) if options.undo else _decided(store, options, by)
    except (CannotRun, WrongDecision) as error:
        note(str(error))
        return 2


def _undone(store: Store, by: str) -> int:
    taken = door.undo(store, by)
    if not taken:
        note(f"{by} không có quyết định nào để rút lại.")
        return 1
    for one in taken:
        print(one.finding)
    note(f"Đã rút lại {len(taken)} quyết định của lần gần nhất.")
    return 0


def _decided(store: Store, options: Namespace, by: str) -> int:
    standing = {one.id: one for one in store.standing()}
    missing = [one for one in options.findings if one not in standing]
    for one in missing:
        note(f"Không có phát hiện {one} ở lượt rà soát gần nhất. Xem cột id trong findings.jsonl.")
    if missing:
        return 1
    chosen = [standing[one] for one in dict.fromkeys(options.findings)]
    if options.rule or options.document:
        chosen += [one for one in _undecided(store, standing.values(), options) if one not in chosen]
    if not chosen:
        note("Không có phát hiện nào để quyết định; nêu mã phát hiện, hoặc --rule, --document.")
        return 1
    like = Decision(
        "", options.verdict, options.proposal, options.reason, options.note, by, door.now(), options.text,
        options.field, options.unit, options.due, options.until,
    )  # fmt: skip
    made = door.preview(chosen, like) if options.preview else door.decide(store, chosen, like)
    for one in made:
        print("\t".join((one.finding, standing[one.finding].rule, VERDICTS[one.verdict], standing[one.finding].path)))
    note(f"{'Sẽ ghi' if options.preview else 'Đã ghi'} {len(made)} quyết định: {VERDICTS[like.verdict]}.")
    return 0


def _undecided(store: Store, findings: Iterable[Finding], options: Namespace) -> list[Finding]:
    taken = store.decisions()
    return [
        one for one in findings
        if one.id not in taken and options.rule in (None, one.rule) and options.document in (None, one.path)
    ]  # fmt: skip


def decisions(options: Namespace) -> int:
    """Decisions that stand, one a line, and how far the work is."""
    if options.reasons:
        for reason in reasons().values():
            print(f"{reason.code}\t{reason.name}{' (cần ghi chú)' if reason.needs_note else ''}")
        return 0
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    try:
        with door.opened(space) as store:
            if options.history:
                for one in store.decision_history(options.history):
                    _say(one, options.json, None, False, False)
                return 0
            desk = door.desk(space, store)
    except CannotRun as error:
        note(str(error))
        return 2
    findings = {one.id: one for one in desk.findings}
    for finding, one in desk.decisions.items():
        if not options.again or finding in desk.again:
            _say(one, options.json, findings.get(finding), finding in desk.again, finding in desk.handled)
    _say_progress(desk)
    return 0


def _say(one: Decision, as_json: bool, finding: Finding | None, again: bool, handled: bool) -> None:
    if as_json:
        names = ("finding", "verdict", "proposal", "reason", "note", "text", "field", "unit", "batch", "by", "at")
        record = {name: getattr(one, name) for name in names} | {"due": iso(one.due), "until": iso(one.until)}
        more = {"rule": finding.rule if finding else None, "path": finding.path if finding else None,
                "stands": finding is not None, "again": again, "handled": handled}  # fmt: skip
        print(json.dumps(record | more, ensure_ascii=False))
        return
    proposal = one.proposal or (finding.proposal if finding else None)
    told = [
        one.finding, finding.rule if finding else "", VERDICTS[one.verdict], PROPOSALS.get(proposal or "", ""),
        _reason(one.reason), one.by, one.at[:10],
        "hỏi lại" if again else "đã xử lý" if handled else "",
    ]  # fmt: skip
    print("\t".join(told))


def _reason(code: str | None) -> str:
    found = reasons().get(code or "")
    return found.name if found else ""


def _say_progress(desk: Desk) -> None:
    done = desk.progress
    note(
        f"{done.done}/{done.total} phát hiện được xử lý hoặc kiến nghị xử lý (đã xử lý {done.handled}, kiến nghị "
        f"{done.proposed}, hoãn {done.postponed}, chưa quyết định {done.open}; không đồng ý {done.rejected})."
    )


def audit(options: Namespace) -> int:
    """Verify the chain of the audit, or print it. 1 where a row does not hold."""
    space = space_of(options, need_outputs=True)
    if space is None:
        return 2
    try:
        with door.opened(space) as store:
            rows, fault = store.audit(), store.audit_fault()
    except CannotRun as error:
        note(str(error))
        return 2
    if options.action == "export":
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
    if fault is not None:
        where = f"dòng số {fault.number} " if fault.number else ""
        note(f"Nhật ký hoặc dữ liệu đã bị thay đổi: {where}{fault.what}. Hãy giữ nguyên tệp, báo người quản trị.")
        return 1
    last = f"; mã cuối {rows[-1]['hash']}" if rows else ""
    note(f"Nhật ký nguyên vẹn: {len(rows)} dòng{last}.")
    return 0


def who(options: Namespace) -> str:
    """Who acts: `--by`, else the name of the login, where the machine knows one."""
    try:
        return str(options.by or getpass.getuser())
    except (KeyError, OSError):
        return "không rõ"


def key_of(desk: Desk, name: str) -> str | None:
    """Key of the document of the register that a user names: by key, path, or symbol where only one has it."""
    found = [one.key for one in desk.ledger if name in (one.key, one.path)]
    if not found:
        wanted = symbols.key(name)
        found = [one.key for one in desk.ledger if one.symbol and symbols.key(one.symbol) == wanted]
    return found[0] if len(found) == 1 else None
