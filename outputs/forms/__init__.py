"""Papers as DOCX, XLSX and PDF: those of a year by `outputs.forms.catalogue`; a run's own drafts of the lists here."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.model import Run


def lists(run: Run) -> Mapping[str, bytes]:
    """The lists of a run by file name, in the order of the forms: Mẫu số 01, 02 and 04 of NĐ 79/2025."""
    from outputs.forms.yearly import ended_list, handling_list

    return {
        "Mau-so-01.docx": ended_list(run, "01"),
        "Mau-so-02.docx": ended_list(run, "02"),
        "Mau-so-04.docx": handling_list(run),
    }
