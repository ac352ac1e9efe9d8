"""Records on a real disk: kept before they are acknowledged, whole, private, and honest about what is wrong."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from roleplay.engine.events import TurnTaken
from roleplay.engine.session import fold
from roleplay.store.database import open_store
from roleplay.store.problems import StoreProblem
from roleplay.store.transcript import read_transcript
from tests.store.play import counter, desk, facts_of, lines, opened, played

ROOT = Path(__file__).parent.parent.parent


def test_what_was_played_is_what_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        practice = played(store)
        practice.save_draft("還沒打完")
    with opened(tmp_path) as store:
        assert fold(facts_of(store, practice.session)) == practice.state
        assert store.draft(practice.session) == "還沒打完"
        resumed = desk(store).resume(practice.session)
        assert resumed.state == practice.state
        assert resumed.scenario == practice.scenario
        assert store.verify(practice.session).ok
        (row,) = store.sessions()
        assert (row.turns, row.ended, row.title) == (3, False, practice.state.started.title)


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with opened(tmp_path / "new") as store:
            played(store)
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "new").iterdir()}
    finally:
        os.umask(old)
    assert set(modes) >= {"records.db", "records.db-wal"}
    assert set(modes.values()) == {0o600}


def test_a_session_that_moved_on_elsewhere_is_not_forked(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        practice = desk(store).start("A1", "zh")
        other = desk(store).resume(practice.session)
        practice.submit("您好。")
        before = other.state
        with pytest.raises(StoreProblem, match="moved_on"):
            other.submit("你好。")
        assert other.state == before
        assert len(facts_of(store, practice.session)) == 2


def test_erasing_removes_the_words_and_the_chain_still_verifies(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        practice = played(store)
        store.erase(practice.session)
        verdict = store.verify(practice.session)
        assert (verdict.ok, verdict.erased) == (True, 5)
        texts = [f.text for f in facts_of(store, practice.session) if isinstance(f, TurnTaken)]
        assert set(texts) == {""}
    raw = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert "訓練生甲七".encode() not in raw
    assert "三點前一定回電".encode() not in raw


def test_an_export_verifies_elsewhere_and_comes_back_the_same(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as store:
        practice = played(store)
        exported = lines(practice, store)
    read = read_transcript(exported)
    assert read.verdict.ok
    assert fold(read.facts) == practice.state
    with opened(tmp_path / "two") as other:
        assert other.import_lines(exported) == practice.session
        assert other.import_lines(exported) == practice.session
        assert list(other.export(practice.session)) == exported
        assert other.sessions()[0].turns == 3


def test_a_different_record_of_the_same_session_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as store, opened(tmp_path / "two") as other:
        one = lines(played(store), store)
        two = lines(played(other, ("嗯。",)), other)
        with pytest.raises(StoreProblem, match="other_record"):
            store.import_lines(two)
        assert one != two


def test_any_changed_character_is_noticed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        exported = lines(played(store, ("您好。",)), store)
    chosen = random.Random(7)
    whole = "\n".join(exported)
    for _ in range(150):
        at = chosen.randrange(len(whole))
        new = "x" if whole[at] != "x" else "y"
        changed = whole[:at] + new + whole[at + 1 :]
        try:
            ok = read_transcript(changed.splitlines()).verdict.ok
        except StoreProblem:
            ok = False
        assert not ok, f"character {at}: {whole[at - 20 : at + 20]!r}"


def test_dropped_and_swapped_lines_are_noticed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        exported = lines(played(store), store)
    for number in range(len(exported)):
        shorter = exported[:number] + exported[number + 1 :]
        try:
            ok = read_transcript(shorter).verdict.ok
        except StoreProblem as problem:
            ok = False
            assert problem.sentence("en")
        assert not ok or "pack_file" in exported[number][:12]


def test_the_same_play_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(
        "很抱歉讓您久等了，請問您最晚什麼時候要？\n我馬上查。\n我送您兩百元購物金，明天中午前送到。\n", "utf-8"
    )
    outs = set()
    for seed in ("1", "2", "77"):
        done = subprocess.run(
            [sys.executable, "-m", "roleplay", "play", "A1", "--script", str(script), "--json", "--lang", "zh"],
            cwd=ROOT,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
            check=True,
        )
        outs.add(done.stdout)
    (only,) = outs
    assert read_transcript(only.decode().splitlines()).verdict.ok


WRITER = """
    import sys, itertools
    from tests.store.play import desk, opened
    from pathlib import Path
    store = opened(Path(sys.argv[1]))
    practice = desk(store).start("A1", "zh")
    print(practice.session, flush=True)
    for n in itertools.count():
        practice.submit(f"我查到第{n}個資料了，請問您怎麼稱呼？")
        print(len(practice.state.turns), flush=True)
        if practice.state.ended:
            practice.retry()
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    chosen = random.Random(11)
    for round in range(8):
        folder = tmp_path / str(round)
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(folder)], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        assert writer.stdout is not None
        session = writer.stdout.readline().strip()
        for _ in range(chosen.randrange(1, 12)):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else 0
        writer.wait()
        writer.stdout.close()
        with opened(folder) as store:
            turns = fold(facts_of(store, session)).turns
            assert len(turns) >= acknowledged
            assert store.verify(session).ok


def test_a_locked_store_says_so_and_nothing_is_lost(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        practice = desk(store).start("A1", "zh")
        other = sqlite3.connect(tmp_path / "records.db")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreProblem, match="locked"):
            practice.submit("您好。")
        other.rollback()
        other.close()
        assert practice.state.turns == ()
        practice.submit("您好。")
        assert len(facts_of(store, practice.session)) == 2


def test_a_full_disk_says_so_and_what_was_kept_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        practice = desk(store).start("A1", "zh")
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreProblem, match="disk_full"):
            for _ in range(200):
                practice.submit("很抱歉讓您久等了，我馬上幫您查，請問您怎麼稱呼？" * 20)
        acknowledged = len(practice.state.turns)
    with opened(tmp_path) as store:
        assert len(fold(facts_of(store, practice.session)).turns) == acknowledged
        assert store.verify(practice.session).ok


@pytest.mark.parametrize(
    ("content", "code"), [(b"not a database, just some text " * 40, "not_a_store"), (b"", None)], ids=["text", "empty"]
)
def test_a_file_that_is_no_store(tmp_path: Path, content: bytes, code: str | None) -> None:
    (tmp_path / "records.db").write_bytes(content)
    if code is None:
        with opened(tmp_path) as store:
            assert store.sessions() == ()
    else:
        with pytest.raises(StoreProblem, match=code):
            opened(tmp_path)
        assert (tmp_path / "records.db").read_bytes() == content


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "records.db") as raw:
        raw.execute("UPDATE meta SET value='99'")
    raw.close()
    with pytest.raises(StoreProblem, match="newer"):
        opened(tmp_path)


def test_an_unknown_session_and_a_missing_driver(tmp_path: Path) -> None:
    with opened(tmp_path) as store, pytest.raises(StoreProblem, match="no_such_session"):
        store.facts("nobody")
    with pytest.raises(StoreProblem, match="driver_missing"):
        open_store("nosuchdatabase://x/y", salts=counter())


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    for code in ("locked", "read_only", "disk_full", "damaged", "not_a_store", "newer", "bad_transcript"):
        zh, en = (StoreProblem(code, "W", "Y").sentence(language) for language in ("zh", "en"))  # type: ignore[arg-type]
        assert zh != en
        assert "{" not in zh + en


def test_the_documented_thirty_lines_verify_an_export_and_notice_a_change(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "transcript-format.md").read_text("utf-8")
    script = tmp_path / "verify.py"
    script.write_text(page.split("```python\n")[1].split("```")[0], "utf-8")
    record = tmp_path / "record.jsonl"
    with opened(tmp_path) as store:
        record.write_text("\n".join(lines(played(store), store)) + "\n", "utf-8")
    run = [sys.executable, str(script), str(record)]
    assert subprocess.run(run, capture_output=True, check=True).stdout.startswith(b"whole and unchanged")
    record.write_text(record.read_text("utf-8").replace('"mood":', '"mood" :', 1).replace("三點前", "四點前"), "utf-8")
    assert subprocess.run(run, capture_output=True, check=False).returncode == 1


def test_a_transcript_of_version_1_stays_readable_for_ever() -> None:
    sample = ROOT / "tests" / "store" / "samples" / "version1.jsonl"
    read = read_transcript(sample.read_text("utf-8").splitlines())
    assert (read.verdict.ok, read.verdict.count) == (True, 6)
    assert fold(read.facts).turns[0].taken.text == "邱先生您好，很抱歉讓您久等了，請問您最晚什麼時候要收到？"
