"""The command line's arguments: which commands there are, what they take, and in which language they are explained.

Owns the shape of a call. Refuses to know what a command does.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from roleplay import __version__
from roleplay.scenarios.model import Language
from roleplay.words.command import say


def language_of(argv: Sequence[str], environment: Mapping[str, str]) -> Language:
    """--lang, else ROLEPLAY_LANG, else the locale's; Traditional Chinese where none of them speaks."""
    named = next((argv[i + 1] for i, a in enumerate(argv[:-1]) if a == "--lang"), None)
    named = named or next((a[7:] for a in argv if a.startswith("--lang=")), None) or environment.get("ROLEPLAY_LANG")
    if named in ("zh", "en"):
        return "zh" if named == "zh" else "en"
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "en" if locale.startswith("en") else "zh"


def parser(language: Language) -> argparse.ArgumentParser:
    """The parser, explained in `language`."""

    def text(key: str) -> str:
        return say(key, language).replace("%", "%%")

    made = argparse.ArgumentParser(prog="roleplay", description=text("about"))
    made.add_argument("--version", action="version", version=f"roleplay {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    for place, missing in ((made, None), (common, argparse.SUPPRESS)):
        place.add_argument("--lang", choices=("zh", "en"), default=missing, help=text("lang"))
        place.add_argument("--store", metavar="URL", default=missing, help=text("store"))
        place.add_argument("--packs", metavar="DIR", action="append", type=Path, default=missing, help=text("packs"))
    commands = made.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text(name), description=text(name), parents=[common])

    play = command("play")
    play.add_argument("scenario", nargs="?", help=text("play.scenario"))
    play.add_argument("--in", dest="talk", choices=("zh", "en"), help=text("play.in"))
    play.add_argument("--assess", action="store_true", help=text("play.assess"))
    play.add_argument("--hints", choices=("always", "on_request", "off"), default="on_request", help=text("play.hints"))
    play.add_argument("--resume", metavar="SESSION", help=text("play.resume"))
    play.add_argument("--trainee", default="", help=text("play.trainee"))
    play.add_argument("--plain", action="store_true", help=text("play.plain"))
    play.add_argument("--script", type=Path, metavar="FILE", help=text("play.script"))
    play.add_argument("--json", action="store_true", help=text("play.json"))
    command("scenarios")
    for name in ("check", "rehearse", "coverage"):
        checking = command(name)
        checking.add_argument("paths", nargs="*", type=Path, help=text("paths"))
        checking.add_argument("--json", action="store_true", help=text("as_json"))
    for name, many in (("simulate", "runs"), ("strangers", "replies")):
        trying = command(name)
        trying.add_argument("scenario", nargs="*", help=text("simulate.scenario"))
        trying.add_argument("--in", dest="talk", choices=("zh", "en"), help=text("play.in"))
        trying.add_argument(f"--{many}", type=int, metavar="N", help=text(f"{name}.{many}"))
        trying.add_argument("--seed", type=int, default=1, metavar="N", help=text("simulate.seed"))
        trying.add_argument("--json", action="store_true", help=text("as_json"))
    standards = command("standards")
    standards.add_argument("ref", nargs="?", help=text("standards.ref"))
    standards.add_argument("--search", metavar="WORDS", help=text("standards.search"))
    standards.add_argument("--shown", help=text("standards.shown"))
    standards.add_argument("--vocabulary", metavar="KIND", nargs="?", const="", help=text("standards.vocabulary"))
    standards.add_argument("--json", action="store_true", help=text("as_json"))
    command("detect")
    techniques = command("techniques")
    techniques.add_argument("what", nargs="?", help=text("techniques.what"))
    techniques.add_argument("text", nargs="?", help=text("techniques.text"))
    techniques.add_argument("--customer", metavar="LINE", default="", help=text("techniques.customer"))
    techniques.add_argument("--part", choices=("train", "tune", "test"), default="tune", help=text("techniques.part"))
    techniques.add_argument("--out", metavar="DIR", help=text("techniques.out"))
    command("explain").add_argument("code", help=text("explain.code"))
    command("transcripts")
    replay = command("replay")
    replay.add_argument("source", help=text("session_or_file"))
    replay.add_argument("--plain", action="store_true", help=text("play.plain"))
    command("verify").add_argument("source", nargs="+", help=text("session_or_file"))
    export = command("export")
    export.add_argument("session", help=text("session"))
    export.add_argument("file", nargs="?", default="-", help=text("file"))
    command("import").add_argument("file", help=text("file"))
    command("receipt").add_argument("session", help=text("session"))
    command("erase").add_argument("session", help=text("session"))
    return made
