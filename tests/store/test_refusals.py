"""When the disk, the file or somebody else is in the way: one precise problem, and what was acknowledged stays."""

from __future__ import annotations

import random
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.engine.events import Fact, SessionStarted, TurnTaken
from roleplay.store.chain import RECORDS_AT_MOST
from roleplay.store.problems import _FLAWS, _PROBLEMS, Flaw, StoreProblem
from roleplay.store.transcript import read_transcript
from tests.store.made import PACK, TRAINEE, keep, kept_at, session_facts, started, turn

ROOT = Path(__file__).parent.parent.parent


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/records.db"


def run(script: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


# ---------------------------------------------------------------- files that are not ours, or no longer whole


def other_tables(raw: sqlite3.Connection) -> None:
    raw.execute("CREATE TABLE bookmarks (a)")


def other_meta(raw: sqlite3.Connection) -> None:
    raw.execute("CREATE TABLE meta (id, content)")


def meta_without_schema(raw: sqlite3.Connection) -> None:
    raw.execute("CREATE TABLE meta (key, value)")


@pytest.mark.parametrize("make", [other_tables, other_meta, meta_without_schema])
@pytest.mark.parametrize("read_only", [False, True])
def test_another_programs_database_is_left_as_it_is(
    tmp_path: Path, make: Callable[[sqlite3.Connection], None], read_only: bool
) -> None:
    path = tmp_path / "records.db"
    with sqlite3.connect(path) as raw:
        make(raw)
    raw.close()
    path.chmod(0o644)
    was = path.read_bytes()
    with pytest.raises(StoreProblem, match="not_a_store"):
        kept_at(url(tmp_path), read_only=read_only)
    assert path.read_bytes() == was
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [p.name for p in tmp_path.iterdir()] == ["records.db"]


def test_an_old_file_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        keep(store)
    (tmp_path / "records.db").chmod(0o644)
    with kept_at(url(tmp_path)) as store:
        assert store.verify("made-1").ok
    assert stat.S_IMODE((tmp_path / "records.db").stat().st_mode) == 0o600


def test_damaged_bytes_give_a_problem_or_the_truth(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        facts = keep(store)
    whole = (tmp_path / "records.db").read_bytes()
    chosen = random.Random(5)
    seen = set()
    for number in range(120):
        folder = tmp_path / str(number)
        folder.mkdir()
        if number < 20:
            broken = whole[: chosen.randrange(100, len(whole))]
        else:
            at = chosen.randrange(len(whole))
            broken = whole[:at] + bytes([whole[at] ^ (1 << chosen.randrange(8))]) + whole[at + 1 :]
        (folder / "records.db").write_bytes(broken)
        try:
            with kept_at(url(folder)) as store:
                store.sessions()
                if store.verify("made-1").ok:
                    assert store.facts("made-1").facts == facts
                else:
                    seen.add("not verified")
        except StoreProblem as problem:
            seen.add(problem.code)
    assert seen >= {"damaged", "not verified"}
    assert seen <= {"damaged", "not verified", "not_a_store", "no_such_session", "newer"}


TAMPERING = (
    ("UPDATE records SET public=replace(public, 'partly', 'met') WHERE seq=3", "hash"),
    ("UPDATE records SET hash=replace(hash, 'a', 'b') WHERE seq=2", "hash"),
    ("DELETE FROM records WHERE seq=2", "sequence"),
    ("DELETE FROM records WHERE seq=9", "count"),
    ("UPDATE sessions SET count=8", "count"),
    ("UPDATE sessions SET outcome='solved_warmed'", "listing"),
    ("UPDATE sessions SET turns=5, title='別的'", "listing"),
    ("UPDATE private SET text='喔！' WHERE seq=3", "words_changed"),
    ("UPDATE private SET text=x'ff00' WHERE seq=3", "unreadable"),
    ("DELETE FROM private WHERE seq=3", "words_missing"),
    ("INSERT INTO private VALUES ('made-1', 2, '00', 'x')", "words_unasked"),
    ("UPDATE records SET public='{' WHERE seq=4", "unreadable"),
    ("UPDATE records SET public=5 WHERE seq=4", "unreadable"),
)


@pytest.mark.parametrize(("statement", "code"), TAMPERING, ids=[f"{code}-{n}" for n, (_, code) in enumerate(TAMPERING)])
def test_tampering_with_the_tables_is_named(tmp_path: Path, statement: str, code: str) -> None:
    with kept_at(url(tmp_path)) as store:
        keep(store)
        assert store.verify("made-1").ok
        with sqlite3.connect(tmp_path / "records.db") as raw:
            assert raw.execute(statement).rowcount >= 1
        raw.close()
        verdict = store.verify("made-1")
        assert not verdict.ok
        assert verdict.flaw is not None
        assert verdict.flaw.code == code
        assert verdict.sentence("zh") != verdict.sentence("en") != ""


def test_records_that_cannot_be_a_session_are_a_problem_not_a_crash(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        keep(store)
        with sqlite3.connect(tmp_path / "records.db") as raw:
            raw.execute("DELETE FROM records WHERE seq IN (1, 3)")
        raw.close()
        for use in (store.facts, lambda session: list(store.export(session))):
            with pytest.raises(StoreProblem, match="damaged"):
                use("made-1")


# ---------------------------------------------------------------- disks


LIMITED = """
    import resource, sys
    from pathlib import Path
    from roleplay.store.problems import StoreProblem
    from tests.store.made import PACK, kept_at, started, turn
    store = kept_at(f"sqlite:///{sys.argv[1]}/records.db")
    store.create(started(), PACK)
    used = max(p.stat().st_size for p in Path(sys.argv[1]).iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (used + 300_000, used + 300_000))
    try:
        for number in range(1, 1000):
            store.append("made-1", number, (turn(number),))
            print(number)
    except StoreProblem as problem:
        print(problem.code)
        print(problem.sentence("zh"))
    import os; os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_disk_that_takes_no_more_keeps_what_it_took(tmp_path: Path) -> None:
    *numbers, code, sentence, _ = run(LIMITED, str(tmp_path))
    assert code in ("disk_failed", "disk_full")
    assert "先前的都在" in sentence
    acknowledged = int(numbers[-1])
    assert acknowledged > 3
    with kept_at(url(tmp_path)) as store:
        assert len(store.facts("made-1").facts) == acknowledged + 1
        assert store.verify("made-1").ok
        store.append("made-1", acknowledged + 1, (turn(acknowledged + 1),))


def test_a_sent_reply_stays_sent_when_its_draft_cannot_be_cleared(tmp_path: Path) -> None:
    with kept_at(url(tmp_path), busy_ms=50) as store:
        store.create(started(), PACK)
        store.save_draft("made-1", "很抱歉", 1)
        store.append("made-1", 1, (turn(1),))
        assert store.draft("made-1") == ""
        raw = sqlite3.connect(tmp_path / "records.db")
        raw.execute("BEGIN IMMEDIATE")
        store.clear_draft("made-1")  # nothing to do, so nothing to fail
        with pytest.raises(StoreProblem, match="locked"):
            store.save_draft("made-1", "x", 2)
        raw.rollback()
        raw.close()


IN_READ_ONLY_FOLDER = """
    import os, sys
    from pathlib import Path
    from roleplay.store.problems import StoreProblem
    import roleplay.store.database, sqlalchemy.dialects.sqlite
    from tests.store.made import kept_at, PACK, started
    address = f"sqlite:///{sys.argv[1]}/records.db"
    if os.geteuid() == 0:  # root may write anywhere
        os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
    def tried(what):
        try:
            print(what())
        except StoreProblem as problem:
            print(problem.code)
    def look():
        with kept_at(address, read_only=True) as store:
            return [store.verify(row.session).ok for row in store.sessions()]
    tried(lambda: kept_at(address))
    tried(lambda: kept_at(f"sqlite:///{sys.argv[1]}/new/records.db"))
    tried(look)
    tried(lambda: kept_at(f"sqlite:///{sys.argv[1]}/none.db", read_only=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_a_folder_that_cannot_be_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with kept_at(url(folder)) as store:
            keep(store)
        (folder / "records.db").chmod(0o444)
        folder.chmod(0o555)
        try:
            assert run(IN_READ_ONLY_FOLDER, name)[:4] == ["read_only", "read_only", "[True]", "not_there"]
        finally:
            folder.chmod(0o755)


# ---------------------------------------------------------------- looking only


def test_looking_changes_nothing(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        facts = keep(store)
    was = (tmp_path / "records.db").read_bytes()
    with kept_at(url(tmp_path), read_only=True) as store:
        assert store.facts("made-1").facts == facts
        assert store.pack_files(started().pins.pack_fingerprint) == PACK
        assert read_transcript(store.export("made-1")).verdict.ok
        for write in (
            lambda: store.append("made-1", 8, (turn(3),)),
            lambda: store.erase("made-1"),
            lambda: store.save_draft("made-1", "x", 1),
            lambda: store.create(started("made-2"), PACK),
            lambda: store.import_lines(store.export("made-1")),
        ):
            with pytest.raises(StoreProblem, match="read_only"):
                write()
    assert (tmp_path / "records.db").read_bytes() == was


def test_looking_sees_what_is_being_written(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store, kept_at(url(tmp_path), read_only=True) as looking:
        store.create(started(), PACK)
        assert len(looking.facts("made-1").facts) == 1
        store.append("made-1", 1, (turn(1),))
        assert len(looking.facts("made-1").facts) == 2


def test_looking_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="not_there"):
        kept_at(url(tmp_path / "none"), read_only=True)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- what is kept, and what is not


def test_the_same_facts_sent_twice_are_kept_once(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        assert store.create(started(), PACK) == store.create(started(), PACK)
        head = store.append("made-1", 1, (turn(1), turn(2)))
        assert store.append("made-1", 1, (turn(1), turn(2))) == head
        store.append("made-1", 3, (turn(3),))
        assert store.append("made-1", 1, (turn(1), turn(2))) == head
        assert len(store.facts("made-1").facts) == 4
        for expected, facts in ((1, (turn(1, "別的"),)), (4, (turn(9, turn_id="t-1-1"),)), (9, (turn(4),)), (0, ())):
            with pytest.raises(StoreProblem, match="moved_on"):
                store.append("made-1", expected, facts)
        with pytest.raises(StoreProblem, match="other_record"):
            store.create(started(trainee="別人"), PACK)
        assert store.verify("made-1").ok
        assert len(store.facts("made-1").facts) == 4


def test_of_several_facts_all_are_kept_or_none(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        store.create(started(), PACK)
        for bad in (turn(2, "\udc80"), turn(2, "\x00"), turn(2, turn_id="t-1-1")):
            with pytest.raises(StoreProblem, match=r"cannot_keep|clash"):
                store.append("made-1", 1, (turn(1), bad))
        assert store.facts("made-1").facts == (started(),)
        assert store.verify("made-1").ok


def test_a_pack_that_is_not_the_pinned_one_is_our_own_mistake(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store, pytest.raises(ValueError, match="fingerprint"):
        store.create(started(), {**PACK, "more.yaml": ""})


def test_a_session_takes_no_more_records_than_can_be_read_again(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        store.create(started(), PACK)
        with pytest.raises(StoreProblem, match="full_session"):
            store.append("made-1", 1, [turn(n) for n in range(RECORDS_AT_MOST)])
        assert len(store.facts("made-1").facts) == 1


@pytest.mark.parametrize(
    "text", ["[" * 100, '{"a":' * 200, "\u2028\u2029\x85\x0b", "\r\n\t", '"\\', "﷽" * 2000, "👩‍👩‍👧", "⌫"]
)
def test_whatever_is_typed_comes_back(tmp_path: Path, text: str) -> None:
    with kept_at(url(tmp_path)) as store:
        store.create(started(trainee=text), PACK)
        store.append("made-1", 1, (turn(1, text),))
        file = tmp_path / "record.jsonl"
        file.write_text("\n".join(store.export("made-1")), "utf-8", newline="\n")
    with kept_at(url(tmp_path)) as store:
        assert store.facts("made-1").facts == (started(trainee=text), turn(1, text))
    with kept_at(url(tmp_path / "elsewhere")) as other, file.open(encoding="utf-8", newline="\n") as stream:
        assert other.import_lines(stream) == "made-1"
        assert other.facts("made-1").facts == (started(trainee=text), turn(1, text))


# ---------------------------------------------------------------- erasing


def on_disk(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in folder.iterdir())


def test_no_byte_of_erased_text_is_left_among_others(tmp_path: Path) -> None:
    """Texts of many lengths, written in turn, so that pages fill, split and overflow."""
    chosen = random.Random(3)
    sessions = [f"s-{n}" for n in range(12)]
    words = {session: f"〈{session}的秘密〉" for session in sessions}
    with kept_at(url(tmp_path)) as store:
        for session in sessions:
            store.create(started(session, trainee=words[session]), PACK)
        for number in range(1, 16):
            for session in sessions:
                text = words[session] * chosen.choice((1, 3, 40, 400))
                store.append(session, number, (turn(number, text),))
                store.save_draft(session, text, number)
        for session in sessions[::2]:
            store.erase(session)
        left = on_disk(tmp_path)
        for n, session in enumerate(sessions):
            assert (words[session].encode() in left) == bool(n % 2), session
            verdict = store.verify(session)
            assert (verdict.ok, verdict.erased) == (True, 0 if n % 2 else 16)
            assert (store.draft(session) == "") == (n % 2 == 0)


def test_erasing_says_so_when_another_program_keeps_the_words(tmp_path: Path) -> None:
    with kept_at(url(tmp_path), busy_ms=50) as store:
        store.create(started(), PACK)
        reader = sqlite3.connect(tmp_path / "records.db")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM records").fetchall()
        with pytest.raises(StoreProblem, match="still_in_log"):
            store.erase("made-1")
        assert TRAINEE.encode() in on_disk(tmp_path)
        assert store.verify("made-1").erased == 1
        reader.rollback()
        reader.close()
        store.erase("made-1")
        assert TRAINEE.encode() not in on_disk(tmp_path)


def test_erased_words_do_not_come_back_by_import(tmp_path: Path) -> None:
    with kept_at(url(tmp_path)) as store:
        keep(store)
        before = list(store.export("made-1"))
        store.erase("made-1")
        after = list(store.export("made-1"))
        assert store.import_lines(before) == "made-1"
        assert list(store.export("made-1")) == after
    read = read_transcript(after)
    assert (read.verdict.ok, read.verdict.erased) == (True, 5)
    assert read.verdict.head == read_transcript(before).verdict.head
    assert {f.text for f in read.facts if isinstance(f, TurnTaken)} == {""}
    with kept_at(url(tmp_path / "other")) as other:
        other.import_lines(after)
        assert other.verify("made-1").erased == 5


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("code", sorted(_PROBLEMS))
def test_every_problem_has_a_sentence_in_both_languages(code: str) -> None:
    told(StoreProblem(code, "W", "Y").sentence)


@pytest.mark.parametrize("code", sorted(_FLAWS))
def test_every_flaw_has_a_sentence_in_both_languages(code: str) -> None:
    told(Flaw(code, 3, "D").sentence)
    told(StoreProblem("bad_transcript", "17", Flaw(code, 3, "D")).sentence)
    assert Flaw(code, 3, "D", line=17).sentence("en").startswith("line 17: ")


def told(sentence: Callable[..., str]) -> None:
    zh, en = sentence("zh"), sentence("en")
    assert zh.isascii() < en.isascii()
    assert "{" not in zh + en


def test_every_fact_of_the_sample_is_of_its_kind() -> None:
    """The builder knows every kind of fact; if one is added, the tests above must see it."""
    assert {type(fact) for fact in session_facts()} == set(Fact.__args__)
    assert isinstance(session_facts()[0], SessionStarted)
