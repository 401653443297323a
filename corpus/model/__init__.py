"""What every stage hands to the next: frozen value objects, and the protocols of what is handed in.

Units, everywhere: an offset counts Unicode code points of `Document.text`, ranges are half-open
`[start, end)`; pages are 1-based; dates are Vietnamese civil dates (`datetime.date`). `None` means
"not known", never a guess. Vocabularies are those of the machine contract (docs/contract.md).
"""

from __future__ import annotations

from corpus.model.document import Citation, Document, Effect, Masthead, Outline, Provision, Quote, Target, innermost
from corpus.model.findings import Decision, Evidence, Finding, NotedFile, Place, Run, UnreadFile, Verdict
from corpus.model.known import Known, KnownDocument, KnownEffect, KnownName
from corpus.model.lines import Line, NoteMark, Text, TextLine, Unsure
from corpus.model.office import (
    Assignment,
    Clock,
    CompleteYear,
    Conclusion,
    Correction,
    Desk,
    Handling,
    LedgerEntry,
    LedgerSource,
    OfficeSettings,
    Opinion,
    Progress,
    Publication,
    Record,
    ReviewRequest,
    SelfCheck,
)
from corpus.model.states import By, Consolidation, Library, Piece, Resolution, State
from corpus.model.vocabulary import (
    Certainty,
    Day,
    EffectType,
    FindingState,
    Level,
    Outcome,
    Role,
    Severity,
    Side,
    StateCertainty,
    StateName,
    TargetStatus,
)

__all__ = [
    "Assignment",
    "By",
    "Certainty",
    "Citation",
    "Clock",
    "CompleteYear",
    "Conclusion",
    "Consolidation",
    "Correction",
    "Day",
    "Decision",
    "Desk",
    "Document",
    "Effect",
    "EffectType",
    "Evidence",
    "Finding",
    "FindingState",
    "Handling",
    "Known",
    "KnownDocument",
    "KnownEffect",
    "KnownName",
    "LedgerEntry",
    "LedgerSource",
    "Level",
    "Library",
    "Line",
    "Masthead",
    "NoteMark",
    "NotedFile",
    "OfficeSettings",
    "Opinion",
    "Outcome",
    "Outline",
    "Piece",
    "Place",
    "Progress",
    "Provision",
    "Publication",
    "Quote",
    "Record",
    "Resolution",
    "ReviewRequest",
    "Role",
    "Run",
    "SelfCheck",
    "Severity",
    "Side",
    "State",
    "StateCertainty",
    "StateName",
    "Target",
    "TargetStatus",
    "Text",
    "TextLine",
    "Unsure",
    "UnreadFile",
    "Verdict",
    "innermost",
]
