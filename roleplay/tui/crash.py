"""What is left behind when the app fails: a log with the traceback and no local variables, and where it is.

Owns the log file. What people typed stands in local variables, so they are never written.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from platformdirs import user_log_path


def log_crash(error: BaseException) -> Path | None:
    """Append the traceback of `error` to the log, readable by its owner only; where it is, None if it cannot be written."""
    path = user_log_path("roleplay", appauthor=False) / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(target, "a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.writelines(traceback.format_exception(error))
            stream.write("\n")
    except OSError:
        return None
    return path
