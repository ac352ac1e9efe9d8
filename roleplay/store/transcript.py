"""One session as one JSONL file that verifies elsewhere, without the store or the pack. Format version 1.

Owns the file. Pure: lines in, lines out. See docs/transcript-format.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roleplay.engine.codec import BadRecord, Json, canonical, join
from roleplay.engine.events import Fact, SessionStarted
from roleplay.scenarios.model import Language
from roleplay.scenarios.packs import fingerprint
from roleplay.store.chain import Private, Record, Verdict, verify
from roleplay.store.problems import StoreProblem

FORMAT = "roleplay-transcript"
VERSION = 1
_LINE_AT_MOST = 4 << 20
_TOTAL_AT_MOST = 64 << 20
_LINES_AT_MOST = 100_000
_DEEP = re.compile(r"[\[{]{64}")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file that could be read. `verdict.ok` False: it reads, but does not fit; `line` says where."""

    facts: tuple[Fact, ...]
    records: tuple[Record, ...]
    pack_files: Mapping[str, str]
    verdict: Verdict
    line: int = 0


def write_transcript(
    session: str, count: int, head: str, pack_files: Mapping[str, str], records: Iterable[Record]
) -> Iterator[str]:
    """The lines of the file: header, the pack's texts, the records, the receipt."""
    chain = {"count": count, "head": head}
    yield _line({"format": FORMAT, "version": VERSION, "session": session, "chain": chain})
    for name, text in sorted(pack_files.items()):
        yield _line({"pack_file": name, "text": text})
    for record in records:
        private = None if record.private is None else {"salt": record.private.salt, "text": record.private.text}
        yield _line({"record": record.public, "hash": record.hash, "private": private})
    yield _line({"receipt": chain})


def _line(value: Json) -> str:
    return canonical(value).decode("utf-8", "surrogatepass")


def parse(line: str, where: str) -> Json:
    """One JSON object, without floats and not deep. StoreProblem `damaged` if it is not one."""
    try:
        value = _loads(line)
    except ValueError as problem:
        raise StoreProblem("damaged", where, str(problem)) from None
    return value


def _loads(line: str) -> Json:
    def refuse(text: str) -> Any:
        raise ValueError(f"{text} is no whole number")

    if _DEEP.search(line):
        raise ValueError("too deep")
    try:
        value = json.loads(line, parse_float=refuse, parse_constant=refuse, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _once(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def read_transcript(lines: Iterable[str]) -> Transcript:
    """Read and verify. StoreProblem `bad_transcript` with the line where it cannot be read at all."""
    header: Json | None = None
    receipt: Json | None = None
    files: dict[str, str] = {}
    records: list[Record] = []
    number = 0
    for number, value in _numbered(lines):
        if header is None:
            header = _header(value)
        elif receipt is not None:
            raise _bad(number, "something follows the receipt")
        elif value.keys() == {"pack_file", "text"} and not records:
            _want(number, isinstance(value["pack_file"], str) and isinstance(value["text"], str), "pack text")
            files[value["pack_file"]] = value["text"]
        elif value.keys() == {"record", "hash", "private"}:
            records.append(_record(number, value))
        elif value.keys() == {"receipt"}:
            receipt = value["receipt"]
        else:
            raise _bad(number, f"a line of unknown kind: {sorted(value)[:4]}")
    if header is None or not records:
        raise _bad(max(number, 1), "the header or the records are missing")
    facts = _facts(records, first=number - len(records))
    verdict = _verdict(header, receipt, files, records, facts)
    place = number if verdict.ok else number - len(records) + min(verdict.count, len(records) - 1)
    return Transcript(facts, tuple(records), files, verdict, place)


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, Json]]:
    total = 0
    for number, line in enumerate(lines, 1):
        total += len(line)
        if number > _LINES_AT_MOST or total > _TOTAL_AT_MOST or len(line) > _LINE_AT_MOST:
            raise _bad(number, "the file is larger than a transcript can be")
        if line.strip():
            try:
                yield number, _loads(line)
            except ValueError as problem:
                raise _bad(number, str(problem)) from None


def _header(value: Json) -> Json:
    if value.get("format") != FORMAT:
        raise _bad(1, "this is not a roleplay transcript")
    if value.get("version") != VERSION:
        raise _bad(1, f"version {value.get('version')!r} is not known; a newer program wrote it")
    chain = value.get("chain")
    _want(1, isinstance(value.get("session"), str) and isinstance(chain, dict), "session and chain")
    return value


def _record(number: int, value: Json) -> Record:
    public, private = value["record"], value["private"]
    _want(number, isinstance(public, dict) and isinstance(value["hash"], str), "record and hash")
    if private is None:
        return Record(public, value["hash"])
    sound = isinstance(private, dict) and private.keys() == {"salt", "text"} and isinstance(private["salt"], str)
    _want(number, sound and isinstance(private["text"], str | None), "private part")
    return Record(public, value["hash"], Private(private["salt"], private["text"]))


def _facts(records: list[Record], first: int) -> tuple[Fact, ...]:
    facts = []
    for number, record in enumerate(records, first):
        public = {key: item for key, item in record.public.items() if key not in ("seq", "commitment")}
        try:
            facts.append(join(public, record.private.text if record.private else ""))
        except BadRecord as problem:
            raise _bad(number, str(problem)) from None
    if not isinstance(facts[0], SessionStarted):
        raise _bad(first, "the first record is not the start of a session")
    return tuple(facts)


def _verdict(
    header: Json, receipt: Json | None, files: Mapping[str, str], records: list[Record], facts: tuple[Fact, ...]
) -> Verdict:
    started = facts[0]
    assert isinstance(started, SessionStarted)
    verdict = verify(header["session"], records)
    if not verdict.ok:
        return verdict
    chain = {"count": verdict.count, "head": verdict.head}
    for wrong, problem in (
        (started.session != header["session"], "the header names another session"),
        (header["chain"] != chain, "the header's count and hash are not those of the records"),
        (receipt != chain, "the receipt is missing or not that of the records"),
        (any(r.private is None for r in records if "commitment" in r.public), "a typed text is missing"),
        (
            any(r.private is not None for r in records if "commitment" not in r.public),
            "a typed text nobody committed to",
        ),
        (
            bool(files) and fingerprint(files) != started.pins.pack_fingerprint,
            "the pack's texts are not those it was played with",
        ),
    ):
        if wrong:
            return Verdict(False, verdict.count, verdict.head, problem)
    return verdict


def _want(number: int, sound: bool, what: str) -> None:
    if not sound:
        raise _bad(number, f"the {what} is not as it should be")


def _bad(number: int, why: str) -> StoreProblem:
    return StoreProblem("bad_transcript", str(number), why)


def receipt_text(started: SessionStarted, verdict: Verdict, language: Language) -> str:
    """What the trainee keeps: enough to notice later that a record was changed."""
    rows = {
        "zh": ("收據", "場次", "情境", "筆數", "雜湊"),
        "en": ("Receipt", "session", "scenario", "records", "hash"),
    }[language]
    values = (started.session, started.title, str(verdict.count), verdict.head)
    return "\n".join((rows[0], *(f"{name}: {value}" for name, value in zip(rows[1:], values, strict=True))))
