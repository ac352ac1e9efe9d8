"""The way in: sets what must be set before anything else is imported, then hands over to `cli`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line; the exit status."""
    if sys.platform != "win32":
        # Under the kitty keyboard protocol an input method's commit of several characters arrives as escape garbage or not at
        # all. Textual reads this when first imported. On Windows the switch would lose Ctrl keys instead.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from roleplay.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
