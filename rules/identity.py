"""The identity of findings over runs: given once, kept while the finding stands.

A new run matches the old findings of the same rule, document and target in steps (design: identity):
same path and quotation; same quotation; same path; quotation at least 0.9 alike. The first step that
matches one to one keeps the identity; only the first step leaves the finding `unchanged`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import symbols
from corpus.model import Document, Finding
from corpus.office.keys import full_key
from corpus.text import fold

ALIKE = 0.9
"""Least likeness of two quotations (rapidfuzz ratio, 0–1) that can still be one finding."""


@dataclass(frozen=True, slots=True)
class Matched:
    """This run's findings with ids and states, in the order given, and last run's that are gone."""

    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def match(
    previous: Sequence[Finding],
    current: Sequence[Finding],
    keys: Mapping[str, str],
    resting: Sequence[Finding] = (),
) -> Matched:
    """Give this run's findings their identities.

    `previous` are the findings that stood at the end of the last run. `keys` maps a document's path to
    its key (`document_key`); a path without key is its own. `resting` are findings of earlier runs that
    are gone: one that comes back is `reopened` under its old id. Ids in `previous` and `resting` are kept
    as they are; a new id is never one of them.
    """
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, finding in enumerate(current):
        groups[_group(finding, keys)].append(i)
    old_groups = _grouped(previous, keys)
    resting_groups = _grouped(resting, keys)
    used = {finding.id for finding in (*previous, *resting)}
    done: dict[int, Finding] = {}
    kept: set[str] = set()
    for group, indexes in groups.items():
        fresh = {i: current[i] for i in indexes}
        for old, i, step in _pair(old_groups.get(group, []), fresh):
            same = step == 0 and _evidence(old) == _evidence(current[i])
            done[i] = replace(current[i], id=old.id, state="unchanged" if same else "updated")
            kept.add(old.id)
        for old, i, _ in _pair(resting_groups.get(group, []), {i: current[i] for i in indexes if i not in done}):
            done[i] = replace(current[i], id=old.id, state="reopened")
        for i in indexes:
            if i not in done:
                done[i] = replace(current[i], id=_new_id(group, used), state="new")
                used.add(done[i].id)
    gone = tuple(finding for finding in previous if finding.id not in kept)
    return Matched(tuple(done[i] for i in range(len(current))), gone)


def document_key(document: Document, chain: str) -> str:
    """Issuer + symbol + date, or `chain` (the chain of the file's hashes at its path) where it has not all three."""
    head = document.masthead
    return (full_key(head.issuer, head.symbol, head.date) if head else None) or chain


def _group(finding: Finding, keys: Mapping[str, str]) -> Hashable:
    target = symbols.key(finding.target_symbol) if finding.target_symbol else ""
    return (finding.rule, keys.get(finding.path, finding.path), target, finding.target_provision or "")


def _grouped(findings: Iterable[Finding], keys: Mapping[str, str]) -> dict[Hashable, list[Finding]]:
    groups: dict[Hashable, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[_group(finding, keys)].append(finding)
    return groups


def _pair(old: Sequence[Finding], new: Mapping[int, Finding]) -> list[tuple[Finding, int, int]]:
    """Pairs (old finding, index of the new one, step), each step one to one on what is still free."""
    free_old, free_new = list(old), dict(new)
    pairs: list[tuple[Finding, int, int]] = []
    steps: tuple[Callable[[Finding], Hashable], ...] = (
        lambda f: (f.path, f.places[0].provision, _quote(f)), _quote, lambda f: (f.path, f.places[0].provision),
    )  # fmt: skip
    for step, key in enumerate(steps):
        found = _one_to_one(free_old, free_new, key)
        pairs += [(a, i, step) for a, i in found]
        free_old = [a for a in free_old if all(a is not b for b, _ in found)]
        free_new = {i: f for i, f in free_new.items() if all(i != j for _, j in found)}
    if free_old and free_new:
        pairs += [(a, i, len(steps)) for a, i in _alike(free_old, free_new)]
    return pairs


def _one_to_one(
    old: Sequence[Finding], new: Mapping[int, Finding], key: Callable[[Finding], Hashable]
) -> list[tuple[Finding, int]]:
    """Pairs whose key is that of exactly one finding on each side."""
    left: dict[Hashable, list[Finding]] = defaultdict(list)
    right: dict[Hashable, list[int]] = defaultdict(list)
    for finding in old:
        left[key(finding)].append(finding)
    for i, finding in new.items():
        right[key(finding)].append(i)
    return [(a[0], right[k][0]) for k, a in left.items() if len(a) == 1 and len(right[k]) == 1]


def _alike(old: Sequence[Finding], new: Mapping[int, Finding]) -> list[tuple[Finding, int]]:
    """Pairs whose quotations are at least `ALIKE`, where neither has a second such partner."""
    from rapidfuzz import fuzz

    partners = [
        (a, i) for a in old for i, b in new.items() if fuzz.ratio(_quote(a), _quote(b)) >= 100 * ALIKE
    ]  # fmt: skip
    return [
        (a, i) for a, i in partners
        if sum(b is a for b, _ in partners) == 1 and sum(j == i for _, j in partners) == 1
    ]  # fmt: skip


def _quote(finding: Finding) -> str:
    return fold(finding.places[0].quote)


def _evidence(finding: Finding) -> Hashable:
    """What makes an old decision due again when it changes: places, evidence, severity, proposal, certainty."""
    return (
        tuple(place.quote for place in finding.places),
        tuple((e.symbol, e.provision, e.type, e.from_) for e in finding.evidence),
        finding.severity, finding.proposal, finding.certainty,
    )  # fmt: skip


def evidence_hash(finding: Finding) -> str:
    """Hash (hex) of what a decision on the finding rests on: another one means that the officer is asked again."""
    return hashlib.sha256(repr(_evidence(finding)).encode()).hexdigest()


def _new_id(group: Hashable, used: set[str]) -> str:
    """Hash of rule, document key, target and a counter: the first that is free."""
    counter = 0
    while True:
        digest = hashlib.sha256(repr((group, counter)).encode()).hexdigest()[:16]
        if digest not in used:
            return digest
        counter += 1
