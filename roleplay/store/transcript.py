"""One session as one JSONL file that verifies elsewhere, without the store or the pack. Format version 1.

Owns the file. Pure: lines in, lines out. Limits come first, every line is compared with how it must have been written, and whatever does
not fit is named with its line. See docs/transcript-format.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from roleplay.engine.codec import BadRecord, Json, canonical
from roleplay.engine.events import Fact, SessionStarted, TurnTaken
from roleplay.engine.session import OutOfOrder, SessionState, evolve
from roleplay.scenarios.model import Language
from roleplay.scenarios.packs import fingerprint
from roleplay.store.chain import RECORDS_AT_MOST, Private, Record, Verdict, broken, fact_of, verify
from roleplay.store.problems import Flaw, StoreProblem

FORMAT = "roleplay-transcript"
VERSION = 1
_LINE_AT_MOST = 4 << 20
_TOTAL_AT_MOST = 64 << 20
_LINES_AT_MOST = 2 * RECORDS_AT_MOST


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file that could be read. `verdict.ok` False: it reads, but does not fit; `line` says where."""

    facts: tuple[Fact, ...]
    records: tuple[Record, ...]
    pack_files: Mapping[str, str]
    verdict: Verdict
    line: int = 0

    @property
    def flaw_there(self) -> Flaw | str:
        """The flaw for a sentence that names the line itself, "" if there is none."""
        return replace(self.verdict.flaw, line=0) if self.verdict.flaw else ""


class Unreadable(ValueError):
    """Text that is no record. `flaw`: why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.sentence("en"))
        self.flaw = flaw


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


def parse(text: str) -> Json:
    """One JSON object without floats and doubled keys. Unreadable if it is not one."""

    def refuse(found: str) -> Any:
        raise ValueError(f"{found[:40]} is no whole number")

    try:
        value = json.loads(text, parse_float=refuse, parse_constant=refuse, object_pairs_hook=_once)
    except RecursionError:
        raise Unreadable(Flaw("not_json", detail="too deep")) from None
    except ValueError as problem:
        raise Unreadable(Flaw("not_json", detail=str(problem)[:100])) from None
    if not isinstance(value, dict):
        raise Unreadable(Flaw("not_json", detail=type(value).__name__))
    return value


def _once(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


# ---------------------------------------------------------------- reading


@dataclass(slots=True)
class _Read:
    """What has been read so far. `places`: the line of each record; `ended`: the line of the receipt. A record is understood as soon as
    it is read, so that a file of nonsense ends at its first line."""

    header: Json | None = None
    receipt: object = None
    ended: int = 0
    files: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def read_transcript(lines: Iterable[str]) -> Transcript:
    """Read and verify. StoreProblem `bad_transcript` with the line where it cannot be read at all."""
    read = _Read()
    number = 1
    for number, value in _numbered(lines):
        _take(read, number, value)
    if read.header is None or not read.records:
        raise _bad(number, Flaw("incomplete"))
    facts = tuple(read.facts)
    verdict, line = _verdict(read, facts, number)
    return Transcript(facts, tuple(read.records), read.files, verdict, line)


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, Json]]:
    total, number = 0, 0
    try:
        for number, line in enumerate(lines, 1):
            total += len(line)
            if number > _LINES_AT_MOST or total > _TOTAL_AT_MOST or len(line) > _LINE_AT_MOST:
                raise _bad(number, Flaw("too_large"))
            line = line.removesuffix("\n").removesuffix("\r")  # how a line ends is not part of it
            if number == 1:
                line = line.removeprefix("\ufeff")
            if line:
                yield number, _as_written(number, line)
    except UnicodeDecodeError:
        raise _bad(number + 1, Flaw("not_utf8")) from None


def _as_written(number: int, line: str) -> Json:
    try:
        value = parse(line)
        same = _line(value) == line
    except Unreadable as problem:
        raise _bad(number, problem.flaw) from None
    except RecursionError:
        raise _bad(number, Flaw("not_json", detail="too deep")) from None
    if not same:
        raise _bad(number, Flaw("not_canonical"))
    return value


def _take(read: _Read, number: int, value: Json) -> None:
    keys = value.keys()
    if read.header is None:
        read.header = _header(number, value)
    elif read.ended:
        raise _bad(number, Flaw("after_receipt"))
    elif keys == {"pack_file", "text"}:
        name, text = value["pack_file"], value["text"]
        _want(number, isinstance(name, str) and isinstance(text, str), "pack text")
        if read.records or name <= next(reversed(read.files), ""):
            raise _bad(number, Flaw("pack_late"))
        read.files[name] = text
    elif keys == {"record", "hash", "private"}:
        if len(read.records) == RECORDS_AT_MOST:
            raise _bad(number, Flaw("too_large"))
        record = _record(number, value)
        read.facts.append(_fact(number, record, len(read.records) + 1))
        read.records.append(record)
        read.places.append(number)
    elif keys == {"receipt"}:
        read.receipt, read.ended = value["receipt"], number
    else:
        raise _bad(number, Flaw("unknown_line", detail=", ".join(key[:20] for key in sorted(keys)[:4])))


def _header(number: int, value: Json) -> Json:
    if value.get("format") != FORMAT:
        raise _bad(number, Flaw("not_a_transcript"))
    version = value.get("version")
    if type(version) is not int or version != VERSION:
        raise _bad(number, Flaw("version", detail=repr(version)[:20]))
    _want(number, value.keys() == {"format", "version", "session", "chain"}, "header")
    _want(number, isinstance(value["session"], str) and isinstance(value["chain"], dict), "header")
    return value


def _record(number: int, value: Json) -> Record:
    public, hash, private = value["record"], value["hash"], value["private"]
    _want(number, isinstance(public, dict) and isinstance(hash, str), "record")
    if private is None:
        return Record(public, hash)
    _want(number, isinstance(private, dict) and private.keys() == {"salt", "text"}, "private part")
    _want(number, isinstance(private["salt"], str) and isinstance(private["text"], str | None), "private part")
    return Record(public, hash, Private(private["salt"], private["text"]))


def _fact(number: int, record: Record, which: int) -> Fact:
    try:
        fact = fact_of(record)
    except BadRecord as problem:
        raise _bad(number, Flaw("unreadable", which, str(problem))) from None
    if which == 1 and not isinstance(fact, SessionStarted):
        raise _bad(number, Flaw("no_start"))
    return fact


def _verdict(read: _Read, facts: tuple[Fact, ...], last: int) -> tuple[Verdict, int]:
    """The verdict with the line of its flaw, or the last line."""
    started = facts[0]
    assert isinstance(started, SessionStarted)
    assert read.header is not None
    verdict = verify(read.header["session"], read.records)
    flaw, line = _whole(read, facts, started, verdict)
    if flaw is None:
        return verdict, last
    return broken(verdict, replace(flaw, line=line)), line


def _whole(read: _Read, facts: tuple[Fact, ...], started: SessionStarted, verdict: Verdict) -> tuple[Flaw | None, int]:
    """The first thing in the whole file that does not fit, with its line."""
    assert read.header is not None
    if started.session != read.header["session"] and (verdict.ok or verify(started.session, read.records).ok):
        return Flaw("other_session"), 1  # else it is the record that was changed
    if verdict.flaw is not None:
        return verdict.flaw, read.places[verdict.count]
    chain = {"count": verdict.count, "head": verdict.head}
    if _line(read.header["chain"]) != _line(chain):
        return Flaw("header_head"), 1
    if not isinstance(read.receipt, dict) or _line(read.receipt) != _line(chain):
        return Flaw("receipt_head"), read.ended or read.places[-1]
    if read.files and fingerprint(read.files) != started.pins.pack_fingerprint:
        return Flaw("pack_changed"), 2
    return _order(read, facts)


def _order(read: _Read, facts: tuple[Fact, ...]) -> tuple[Flaw | None, int]:
    """Whether these facts can have happened in this order: whoever replays the file relies on it. Turn ids are unique."""
    state: SessionState | None = None
    seen: set[str] = set()
    for place, fact in zip(read.places, facts, strict=True):
        try:
            state = evolve(state, fact)
        except OutOfOrder as problem:
            return Flaw("order", detail=str(problem)[:200]), place
        if isinstance(fact, TurnTaken):
            if fact.turn_id in seen:
                return Flaw("order", detail=f"turn {fact.turn_id[:40]!r} twice"), place
            seen.add(fact.turn_id)
    return None, 0


def _want(number: int, sound: bool, what: str) -> None:
    if not sound:
        raise _bad(number, Flaw("shape", detail=what))


def _bad(number: int, flaw: Flaw) -> StoreProblem:
    return StoreProblem("bad_transcript", str(number), flaw)


def receipt_text(started: SessionStarted, verdict: Verdict, language: Language) -> str:
    """What the trainee keeps: enough to notice later that a record was changed."""
    rows = {
        "zh": ("收據", "場次", "情境", "筆數", "雜湊"),
        "en": ("Receipt", "session", "scenario", "records", "hash"),
    }[language]
    values = (started.session, started.title, str(verdict.count), verdict.head)
    return "\n".join((rows[0], *(f"{name}: {value}" for name, value in zip(rows[1:], values, strict=True))))
