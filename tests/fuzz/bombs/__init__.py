"""Every bomb by its file name; each is generated, soon made, and the same each time."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.bombs import office, package, pdf, picture, plain, web

BOMBS: dict[str, Callable[[], bytes]] = {
    f"{name}{suffix}": build
    for suffix, kind in (
        (".pdf", pdf.BOMBS),
        (".docx", package.DOCX),
        (".odt", package.ODT),
        (".html", web.HTML),
        (".mht", web.MHT),
        (".rtf", office.RTF),
        (".doc", office.DOC),
        (".txt", plain.TEXT),
        (".md", plain.MARKDOWN),
    )
    for name, build in kind.items()
} | {f"{name}{suffix}": build for name, (suffix, build) in picture.BOMBS.items()}

# A choice of each kind that ends at once, and the dearest of some: what `make test` runs.
QUICK = (
    "itself.pdf",
    "pages-100000.pdf",
    "pages-4000-of-one.pdf",
    "count.pdf",
    "loop.pdf",
    "flate-spaces.pdf",
    "object-stream-count.pdf",
    "reference-loop-inside.pdf",
    "xref-index.pdf",
    "chain.pdf",
    "fax.pdf",
    "ratio.docx",
    "lies-main.docx",
    "lies-mimetype.docx",
    "entries.docx",
    "one-body-often.docx",
    "laughs.docx",
    "laughs-behind-space.docx",
    "outside-entity.docx",
    "depth.docx",
    "numbers-of-letters.docx",
    "numbers-padded.docx",
    "runs-unlike.docx",
    "columns-repeated.odt",
    "laughs.odt",
    "depth.html",
    "attributes.html",
    "own-entities.html",
    "less-than.html",
    "boundaries.mht",
    "marks.txt",
    "one-line-of-50-mb.txt",
    "spaces.txt",
    "nul.txt",
    "grid.md",
    "giant.png",
    "claims.png",
    "texts.png",
    "giant-tiff.tif",
    "ring.tif",
    "pages.tif",
    "scans.jpg",
)
