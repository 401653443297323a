"""What a clause tells the clauses below it, and how units that it leaves open are completed.

"Sửa đổi, bổ sung một số điều của Nghị định X như sau:" names the act for all that follows; "Sửa đổi Điều 8 như
sau:" the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model.quick import replace
from extractors.effects import targets as targets
from extractors.effects.drafts import Draft
from extractors.effects.scope import Scope
from extractors.effects.targets import Context, Hit
from extractors.patterns import lazy

_ARTICLE = lazy(r"art_(\d{1,3})")


def in_turn(scope: Scope, below: Context) -> Context:
    """"Điều 2" whose heading repeats all acts of a title that lists several: by custom it amends the second of them.

    Source: the amending acts of the reference set with several acts in the title, whose articles keep its order.
    """
    clause, acts = scope.clause, scope.mentions.title_hosts
    match = _ARTICLE.fullmatch(clause.unit.id) if clause.unit and clause.first and len(acts) > 1 else None
    if match is None or not 1 <= int(match[1]) <= len(acts) or below.host is None:
        return below
    named = {t.symbol for c in scope.mentions.within(clause.start, clause.end) for t in c.targets if not t.self_}
    if len({act.symbol for act in acts}) < len(acts) or not named >= {act.symbol for act in acts}:
        return below
    return replace(below, host=acts[int(match[1]) - 1])


def context_of(hits: Sequence[Hit], context: Context, verb: str | None, *, amends: bool = False) -> Context:
    """The context that an instruction gives to the clauses below it."""
    host, prefix = context.host, context.prefix
    acts = [hit for hit in hits if hit.target is not None and not hit.target.self_]
    if acts and acts[0].target is not None:
        paths = [hit.path or "" for hit in acts]
        lead = paths[0].split("__")[0] if paths[0].startswith("att_") else None
        lead = lead if lead and all(path.split("__")[0] == lead for path in paths) else None
        host = replace(acts[0].target, provision=lead)
        prefix = _common([path.removeprefix(lead or "").lstrip("_") for path in paths])
    elif hits:
        named = [hit.path for hit in hits if hit.path]
        # "khoản 1 và một số điểm, khoản của Điều 23": the article named last holds what stands before it
        article = named[-1:] if named and named[-1].startswith("art_") and "__" not in named[-1] else []
        prefix = _common([targets.complete(path, [*article, context.prefix]) for path in named]) or context.prefix
    return Context(verb, host, prefix, context.time, context.amends or amends)


def names_article(context: Context) -> bool:
    """Whether the clauses above have named one article."""
    return (context.prefix or "").startswith("art_") and "__" not in (context.prefix or "")


def _common(paths: Sequence[str]) -> str | None:
    """What all paths begin with, whole parts only."""
    kept: list[str] = []
    for parts in zip(*(path.split("__") for path in paths), strict=False):
        if len(set(parts)) > 1 or not parts[0]:
            break
        kept.append(parts[0])
    return "__".join(kept) or None


def completed(drafts: list[Draft], context: Context) -> list[Draft]:
    """Open paths closed by the unit above, by what follows in the clause, or by what came before."""
    out: list[Draft] = []
    for i, draft in enumerate(drafts):
        if draft.open and draft.path:
            after = [d.path for d in drafts[i + 1 :]]
            earlier = [d.path for d in reversed(out)]
            deep = [path for path in after if path and "__" in path]
            around = [*deep, context.prefix, *earlier] if context.prefix else [*after, *earlier]
            act = draft.target or next((d.target for d in drafts[i + 1 :] if d.target), None)
            draft = replace(draft, path=targets.complete(draft.path, around), open=False, target=act)
        elif draft.path is None and draft.target is None and not draft.annex:
            draft = replace(draft, path=context.prefix)
        out.append(draft)
    return out
