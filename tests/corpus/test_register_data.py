# ruff: noqa: PT018  (one row, one line of checks: the failing row is shown whole)
"""The shipped facts keep their own rules (corpus/register/README.md)."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from corpus import symbols
from corpus.register import load, rows
from corpus.register.index import HERE
from corpus.text import fold

AS_OF = date(2026, 11, 24)
SYMBOL = re.compile(r"\d{1,5}(?:\.\d+)?[a-zđ]?(?:/\d{4})?(?:[-/][A-ZĐ][A-Za-zĐđƯ0-9&]*)+|Hiến pháp \d{4}")
PROVISION = re.compile(r"(?:art_\d+[a-zđ]*(?:__cl_\d+[a-zđ]?)?(?:__pt_[a-zđ]\d?)?|att_[IVX\d]+)?")
KINDS = set(symbols.KIND_NAMES)
STATES = {"chua_hieu_luc", "con_hieu_luc", "het_hieu_luc_mot_phan", "het_hieu_luc_toan_bo", "tam_ngung", "khong_ro"}
TYPES = {"amend", "insert", "repeal", "replace", "suspend", "extend", "declare_expired", "correct"}
SOURCES = {"van_ban", "vbpl", "phap_dien", "trich_dan", "chua_ro"}


def table(name: str) -> list[dict[str, str]]:
    raw = (HERE / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw, "UTF-8 without BOM, LF"
    lines = raw.decode("utf-8").splitlines(keepends=True)
    reader = csv.DictReader(lines)
    assert tuple(reader.fieldnames or ()) == rows.COLUMNS[name]
    found = list(reader)
    for row in found:
        assert None not in row and None not in row.values(), row
        assert all(value == value.strip() for value in row.values()), row
    return found


@pytest.fixture(scope="module")
def documents() -> list[dict[str, str]]:
    return table("documents")


@pytest.fixture(scope="module")
def effects() -> list[dict[str, str]]:
    return table("effects")


def ordered(*days: str) -> bool:
    known = [day for day in days if day]
    return known == sorted(known)


def test_documents_are_well_formed(documents):
    for row in documents:
        assert SYMBOL.fullmatch(row["symbol"]), row
        assert row["kind"] in KINDS and row["state"] in STATES and row["source_kind"] in SOURCES, row
        rows.known_document(row)  # dates and certainty parse
        assert ordered(row["date"], row["effective"], row["ended"]), row
        assert row["seen"] <= AS_OF.isoformat(), row
        year = re.match(r"[\d.]+[a-zđ]?/(\d{4})/", row["symbol"])
        assert not (year and row["date"]) or row["date"][:4] == year[1], row


def test_a_document_stands_once(documents):
    keys = Counter((row["symbol"], row["issuer"], row["date"]) for row in documents)
    assert [key for key, n in keys.items() if n > 1] == []


def test_state_agrees_with_the_dates(documents):
    today = AS_OF.isoformat()
    for row in documents:
        if row["state"] == "het_hieu_luc_toan_bo":
            assert row["ended"] <= today, row
        if row["state"] in ("con_hieu_luc", "het_hieu_luc_mot_phan"):
            assert not (row["ended"] and row["ended"] <= today) and row["effective"] <= today, row
        if row["state"] == "chua_hieu_luc" and row["effective"]:
            assert row["effective"] > today, row


def test_speaks_is_what_the_rule_gives_for_its_day(documents, effects):
    wrong = [r for r in documents if r["speaks"] != rows.speaks_document(rows.known_document(r), AS_OF)]
    wrong += [r for r in effects if r["speaks"] != rows.speaks_effect(rows.known_effect(r))]
    assert wrong == []
    counts = Counter(rows.speaks_document(rows.known_document(row), AS_OF) for row in documents)
    assert counts == {"chac_chan": 338, "can_kiem_tra": 1012, "chua_xac_minh": 8932}


def test_in_force_goes_stale_and_an_ending_does_not(documents):
    later = date(2030, 1, 1)
    for row in documents:
        known = rows.known_document(row)
        if known.state == "con_hieu_luc":
            assert rows.speaks_document(known, later) == "chua_xac_minh"
        if known.state == "het_hieu_luc_toan_bo":
            assert rows.speaks_document(known, later) == rows.speaks_document(known, AS_OF)


def test_effects_speak_of_documents_that_are_there(documents, effects):
    symbols_there = {row["symbol"] for row in documents}
    issued = defaultdict(set)
    for row in documents:
        issued[row["symbol"]].add(row["date"])
    keys = Counter((r["affected_symbol"], r["affected_provision"], r["type"], r["by_symbol"]) for r in effects)
    assert [key for key, n in keys.items() if n > 1] == []
    for row in effects:
        assert row["affected_symbol"] in symbols_there, row
        assert row["by_symbol"].startswith("external:") or row["by_symbol"] in symbols_there, row
        assert row["type"] in TYPES and row["scope"] in ("whole", "part"), row
        assert PROVISION.fullmatch(row["affected_provision"]), row
        dates = issued[row["affected_symbol"]]
        if len(dates) == 1:
            assert ordered(*dates, row["from"]), row


def test_no_lower_act_surely_changes_a_higher_one(documents, effects):
    """Only the issuer or a competent higher body changes or ends a document (Luật 64/2025 Art. 8)."""
    ranks = defaultdict(set)
    for row in documents:
        force = symbols.rank(row["kind"], "trung_uong", row["issuer"])
        if force:
            ranks[row["symbol"]].add(force)
    wrong = []
    for row in effects:
        over, under = ranks[row["affected_symbol"]], ranks[row["by_symbol"]]
        # Ministers jointly could end what each had issued alone: ranks 8 and 9 are the same bodies.
        joint = over == {8} and under == {9}
        if over and under and min(under) > max(over) and not joint and row["certainty"] != "thap":
            wrong.append(row)
    assert wrong == []


def test_no_act_ends_itself_or_in_a_circle(effects):
    ends = defaultdict(set)
    for row in effects:
        if not row["affected_provision"] and row["type"] in ("repeal", "replace") and row["scope"] == "whole":
            ends[row["affected_symbol"]].add(row["by_symbol"])
    done: set[str] = set()
    for start in ends:
        trail: list[str] = []
        work = [(start, 0)]
        while work:
            node, depth = work.pop()
            del trail[depth:]
            assert node not in trail, [*trail, node]
            if node in done:
                continue
            trail.append(node)
            work += [(other, depth + 1) for other in ends.get(node, ())]
        done.add(start)


def test_names_do_not_overlap(documents):
    names = table("names")
    symbols_there = {row["symbol"] for row in documents}
    spans = defaultdict(list)
    for row in names:
        assert re.fullmatch(r"\d{4}", row["year"]) and ordered(row["from"], row["until"]), row
        assert not row["symbol"] or row["symbol"] in symbols_there, row
        if row["from"]:
            spans[fold(row["name"])].append((row["from"], row["until"] or "9999", row["symbol"]))
    for found in spans.values():
        found.sort()
        for (_, until, first), (start, _, second) in itertools.pairwise(found):
            assert until in ("9999", start) or until <= start, (first, second)


def test_institutional_changes_are_well_formed():
    changes = load().institutions()
    assert len(changes) == 102
    assert len({row.id for row in changes}) == 102
    for row in changes:
        assert row.old_names, row
        assert row.alert in ("cao", "trung_binh", "thap", "thong_tin", "khong"), row
        assert row.source_kind in SOURCES, row
        # A finding is certain only where the row's source and ground carry it.
        assert (row.strength == "chac_chan") <= (row.certainty == "cao" and row.source_kind in ("van_ban", "trich_dan"))
