"""Several programs at once, and programs that die: no fork, nothing acknowledged lost.

With ROLEPLAY_TEST_POSTGRES set to the URL of a database for tests, the same tests run there too.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from roleplay.engine.events import TurnTaken
from roleplay.store.chain import RECORDS_AT_MOST
from roleplay.store.problems import StoreProblem
from roleplay.store.transcript import read_transcript
from tests.store.made import PACK, keep, kept_at, new_id, session_facts, started, turn

ROOT = Path(__file__).parent.parent.parent
POSTGRES = os.environ.get("ROLEPLAY_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.db"
    if not POSTGRES:
        pytest.skip("ROLEPLAY_TEST_POSTGRES names no database")
    return POSTGRES


def program(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def together(programs: list[subprocess.Popen[str]]) -> list[list[str]]:
    """Let all begin at the same moment; what each said."""
    for running in programs:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
    for running in programs:
        assert running.stdin is not None
        running.stdin.write("go\n")
        running.stdin.flush()
    said = [running.communicate(timeout=60)[0].split() for running in programs]
    assert [running.returncode for running in programs] == [0] * len(programs)
    return said


APPENDING = """
    import sys
    from roleplay.store.problems import StoreProblem
    from tests.store.made import kept_at, turn
    url, session, mine = sys.argv[1:]
    with kept_at(url) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        kept = tries = 0
        while kept < 50:
            expected = len(store.facts(session).facts)
            tries += 1
            try:
                store.append(session, expected, (turn(expected, mine, turn_id=f"{mine}-{tries}"),))
            except StoreProblem as problem:
                assert problem.code in ("moved_on", "locked"), problem
            else:
                kept += 1
                print(expected + 1, flush=True)
"""


def test_two_programs_never_fork_a_session(url: str) -> None:
    session = new_id()
    with kept_at(url) as store:
        store.create(started(session), PACK)
        said = together([program(APPENDING, url, session, mine) for mine in ("甲", "乙")])
        places = [{int(place) for place in one} for one in said]
        assert places[0] & places[1] == set()
        assert places[0] | places[1] == set(range(2, 102))
        assert store.verify(session).ok
        texts = [fact.text for fact in store.facts(session).facts if isinstance(fact, TurnTaken)]
        assert [n for n, text in enumerate(texts, 2) if text == "甲"] == sorted(places[0])


CREATING = """
    import sys
    from tests.store.made import PACK, kept_at, new_id, started
    if not sys.argv[1].startswith("sqlite"):
        import psycopg  # loading it takes longer than the race
    print("ready", flush=True)
    sys.stdin.readline()
    with kept_at(sys.argv[1]) as store:
        for _ in range(5):
            session = new_id()
            store.create(started(session), PACK)
            print(session)
"""


def test_a_class_that_starts_at_once_finds_new_records(url: str) -> None:
    """All make the tables, and keep the same pack."""
    made = [session for one in together([program(CREATING, url) for _ in range(4)]) for session in one]
    with kept_at(url) as store:
        assert {row.session for row in store.sessions()} >= set(made)
        assert all(store.verify(session).ok for session in made)
    assert len(set(made)) == 20


def test_verifying_while_it_grows_sees_one_moment(url: str) -> None:
    session = new_id()
    with kept_at(url) as store, kept_at(url) as assessor:
        store.create(started(session), PACK)
        stop = threading.Event()

        def grow() -> None:
            number = 1
            while not stop.is_set() and number < RECORDS_AT_MOST:
                store.append(session, number, (turn(number),))
                number += 1

        growing = threading.Thread(target=grow)
        growing.start()
        try:
            until = time.monotonic() + 1.5
            verdicts = []
            while time.monotonic() < until:
                verdicts.append(assessor.verify(session))
                assert read_transcript(assessor.export(session)).verdict.ok
        finally:
            stop.set()
            growing.join()
    assert all(verdict.ok for verdict in verdicts), [v.problem for v in verdicts if not v.ok][:1]
    assert len({verdict.count for verdict in verdicts}) > 2


WRITING = """
    import itertools, sys
    from tests.store.made import PACK, kept_at, started, turn
    url, session = sys.argv[1:]
    store = kept_at(url)
    store.create(started(session), PACK)
    print(1, flush=True)
    for number in itertools.count(1):
        store.save_draft(session, f"草稿{number}", number)
        store.append(session, number, (turn(number, f"第{number}句" * 50),))
        print(number + 1, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_nothing_acknowledged_is_lost_when_programs_are_killed(url: str) -> None:
    chosen = random.Random(23)
    counts = []
    for _ in range(15):
        session = new_id()
        writer = program(WRITING, url, session)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        time.sleep(chosen.random() * 0.15)
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read()
        writer.wait()
        for pipe in (writer.stdin, writer.stdout):
            if pipe is not None:
                pipe.close()
        whole = said[: said.rfind("\n") + 1].split()
        acknowledged = int(whole[-1]) if whole else 1
        with kept_at(url) as store:
            facts = store.facts(session).facts
            assert acknowledged <= len(facts) <= acknowledged + 1
            assert store.verify(session).ok
            assert [f.text for f in facts if isinstance(f, TurnTaken)] == [
                f"第{n}句" * 50 for n in range(1, len(facts))
            ]
            store.append(session, len(facts), (turn(len(facts)),))
        counts.append(acknowledged)
    assert max(counts) > 5


def test_the_same_records_in_every_database(url: str) -> None:
    session = new_id()
    with kept_at(url) as store:
        facts = keep(store, session)
        assert store.facts(session).facts == facts == session_facts(session)
        store.save_draft(session, "還沒\x00打完\ud800", 5)
        assert store.draft(session) == "還沒打完?"
        exported = list(store.export(session))
        assert store.import_lines(exported) == session
        (row,) = (row for row in store.sessions() if row.session == session)
        assert (row.ended, row.outcome, row.turns, row.count) == (True, "solved", 2, 9)
        store.erase(session)
        assert (store.verify(session).ok, store.verify(session).erased) == (True, 5)
        with pytest.raises(StoreProblem, match="no_such_session"):
            store.verify("nobody")
    with kept_at(url, read_only=True) as looking:
        assert looking.facts(session).erased == 5
        with pytest.raises(StoreProblem, match="read_only"):
            looking.erase(session)
    assert read_transcript(exported).facts == facts
