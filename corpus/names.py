"""Bodies, titles, papers and places found in a text, and who holds the duty now."""

from __future__ import annotations
