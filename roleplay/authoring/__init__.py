"""The trainer's desk: problems of packs, rehearsals, coverage and simulated trainees. Refuses to know how a turn is decided."""

from collections.abc import Callable

Write = Callable[[str], None]
"""Takes one line of what a command prints."""
DONE, WRONG = 0, 1
"""Exit status: all is well; something is wrong with what was given."""
