"""Where lines of Chinese and English break, measured in terminal cells.

Owns line breaking (Unicode Standard Annex #14) and nothing that is drawn. Stock wrapping takes a run of Han characters for one word and
lets a line begin with a comma. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from unicode_segmentation_rs import graphemes, line_break_units

Line = tuple[int, int]
"""Start and end of a line in the text; blanks and newlines at its end are left out."""


def lines(text: str, width: int) -> tuple[Line, ...]:
    """Break `text` into lines of at most `width` cells. A grapheme wider than that stands alone. There is always one line."""
    found: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        found.extend((start + a, start + b) for a, b in _paragraph(paragraph, max(1, width)))
        start += len(paragraph) + 1
    return tuple(found)


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """The lines of `text` as strings."""
    return tuple(text[a:b] for a, b in lines(text, width))


def natural_width(text: str) -> int:
    """Cells of the longest line when nothing is broken."""
    return max(map(cell_len, text.split("\n")))


def _paragraph(text: str, width: int) -> Iterator[Line]:
    start = end = used = 0  # used: cells of text[start:end], blanks at its end included
    for unit in line_break_units(text):
        for piece in _pieces(unit, width):
            if used and used + cell_len(piece.rstrip()) > width:
                yield start, start + len(text[start:end].rstrip())
                start, used = end, 0
            end += len(piece)
            used += cell_len(piece)
    yield start, start + len(text[start:end].rstrip())


def _pieces(unit: str, width: int) -> Iterator[str]:
    """`unit` itself, or its graphemes in runs that fit where it is too wide for any line."""
    if cell_len(unit.rstrip()) <= width:
        yield unit
        return
    run = ""
    for grapheme in graphemes(unit, True):
        if run and cell_len(run + grapheme) > width:
            yield run
            run = ""
        run += grapheme
    yield run
