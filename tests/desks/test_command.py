"""The command line as somebody uses it: real processes, real files, exit statuses, one clear sentence when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def roleplay(
    *arguments: str, store: Path | None = None, typed: str = "", language: str = "en"
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "ROLEPLAY_LANG": language}
    environment.pop("ROLEPLAY_STORE", None)
    if store is not None:
        environment["ROLEPLAY_STORE"] = str(store)
    return subprocess.run(
        [sys.executable, "-m", "roleplay", *arguments],
        input=typed.encode("utf-8", "surrogateescape"),
        capture_output=True,
        cwd=ROOT,
        env=environment,
        check=False,
        timeout=60,
    )


def session_of(store: Path) -> str:
    return roleplay("transcripts", store=store).stdout.decode().split()[0]


def test_a_talk_line_by_line_from_first_line_to_evidence(tmp_path: Path) -> None:
    store = tmp_path / "r.db"
    typed = "邱先生您好，很抱歉讓您久等了，請問您最晚什麼時候要收到？\n/more\n/hint\n嗯\n/retry\n/cards\n/nonsense\n/to\n/quit\n"
    talk = roleplay("play", "A1", store=store, typed=typed, language="zh")
    said = talk.stdout.decode()
    assert talk.returncode == 0
    assert "✓ 做得好" in said
    assert "BAS4222-002v2:P1.2.1" in said or "P1." in said
    assert "/nonsense" in said
    session = session_of(store)
    assert roleplay("verify", session, store=store).returncode == 0
    replay = roleplay("replay", session, "--plain", store=store, language="zh")
    assert "重新評分：結果相同" in replay.stdout.decode()
    assert "（已重來，不計）" in replay.stdout.decode()
    record = tmp_path / "record.jsonl"
    assert roleplay("export", session, str(record), store=store).returncode == 0
    assert roleplay("export", session, str(record), store=store).returncode == 2
    assert record.stat().st_mode & 0o777 == 0o600
    elsewhere = tmp_path / "elsewhere.db"
    assert roleplay("import", str(record), store=elsewhere).returncode == 0
    assert session_of(elsewhere) == session
    assert roleplay("verify", str(record), store=elsewhere).returncode == 0
    record.write_text(record.read_text("utf-8").replace("久等", "久候"), "utf-8")
    changed = roleplay("verify", str(record), store=elsewhere)
    assert (changed.returncode, b"Traceback" in changed.stderr) == (1, False)
    assert roleplay("receipt", session, store=store).stdout.count(b"\n") >= 4
    assert roleplay("erase", session, store=store).returncode == 0
    assert roleplay("verify", session, store=store).returncode == 0
    assert "久等" not in roleplay("replay", session, "--plain", store=store).stdout.decode()


def test_a_session_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    store = tmp_path / "r.db"
    roleplay("play", "F3", store=store, typed="Good morning, I am sorry the bus is late.\n")
    session = session_of(store)
    again = roleplay("play", "--resume", session, store=store, typed="/end\n").stdout.decode()
    assert "I am sorry the bus is late" not in again.split("==")[0]
    assert "Debrief: left before the end" in again


def test_invalid_bytes_do_not_end_a_talk(tmp_path: Path) -> None:
    typed = "\udca7A\udcb7R\n" + "Sorry the gift is late, when do you need it?\n/quit\n"
    talk = roleplay("play", "A1", store=tmp_path / "r.db", typed=typed)
    assert talk.returncode == 0
    assert "when do you need it" in talk.stdout.decode() or "✓" in talk.stdout.decode()


def test_no_control_byte_reaches_the_terminal(tmp_path: Path) -> None:
    store = tmp_path / "r.db"
    roleplay("play", "A1", store=store, typed="Hello \x1b[31mred\x1b[0m \x07\u202e sorry it is late\n/more\n/quit\n")
    replay = roleplay("replay", session_of(store), "--plain", store=store).stdout
    assert b"\x1b" not in replay
    assert b"\x07" not in replay
    assert "\u202e".encode() not in replay
    assert "␛[31m".encode() in replay


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["play", "late_mothers_day_gif"], 2, "Did you mean “late_mothers_day_gift”?"),
        (["play"], 2, "Name a scenario"),
        (["play", "A1", "--script", "no/such/file"], 2, "Cannot read no/such/file"),
        (["check", "no/such/folder"], 2, "There is no no/such/folder"),
        (["check", "docs"], 2, "There is no pack.yaml"),
        (["verify", "nobody"], 2, "neither a session id nor a file"),
        (["verify", "README.md"], 2, "line 1"),
        (["replay", "nobody", "--plain"], 2, "neither a session id nor a file"),
        (["export", "nobody"], 2, "There is no session nobody"),
        (["receipt", "nobody"], 2, "neither a session id nor a file"),
        (["import", "README.md"], 2, "line 1"),
        (["standards", "TRM3R0182v2:3.9"], 2, "Did you mean"),
        (["techniques", "apolgy"], 2, "Did you mean “apology”?"),
        (["techniques", "show"], 2, "There is no technique"),
        (["techniques", "evalute"], 2, "Did you mean “evaluate”?"),
        (["explain", "RP999"], 2, "docs/errors.md"),
        (["--store", "README.md", "transcripts"], 2, "is not a record file"),
        (["--store", "/dev/null/x.db", "transcripts"], 2, "Cannot open"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    tmp_path: Path, arguments: list[str], status: int, sentence: str
) -> None:
    before = (ROOT / "README.md").read_bytes()
    done = roleplay(*arguments, store=tmp_path / "r.db")
    error = done.stderr.decode()
    assert done.returncode == status
    assert sentence in error
    assert "Traceback" not in error
    assert (ROOT / "README.md").read_bytes() == before


def test_a_script_plays_and_prints_the_scored_turns(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(
        "# two replies\nSorry the gift is late. When do you need it?\n\nLet me check that now.\n", "utf-8"
    )
    printed = roleplay("play", "A1", "--script", str(script)).stdout.decode()
    assert sum(line.startswith("You: ") for line in printed.splitlines()) == 2
    assert "Debrief" in printed
    records = roleplay("play", "A1", "--script", str(script), "--json").stdout.decode().splitlines()
    kinds = [json.loads(line).get("record", {}).get("kind") for line in records]
    assert kinds.count("turn_taken") == 2


def test_a_rehearsal_file_is_a_script_too() -> None:
    file = "scenario_packs/parcel_shop/late_mothers_day_gift.good.rehearsal.yaml"
    printed = roleplay("play", "A1", "--script", file).stdout.decode()
    assert "solved, and the customer warmed to you" in printed


def test_a_bad_pack_is_told_with_places_and_exit_status(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    for file in (ROOT / "scenario_packs" / "travel").glob("*.yaml"):
        (pack / file.name).write_text(file.read_text("utf-8").replace("level: working", "level: wroking"), "utf-8")
    done = roleplay("check", str(pack))
    assert done.returncode == 1
    assert "shuttle_is_late.yaml:" in done.stdout.decode()
    assert "working" in done.stdout.decode()
    rows = json.loads(roleplay("check", str(pack), "--json").stdout)
    assert rows[0]["line"] > 1
    assert roleplay("rehearse", str(pack)).returncode == 1


def test_a_failed_rehearsal_is_printed_in_the_trainers_own_words(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    for file in (ROOT / "scenario_packs" / "travel").glob("*.yaml"):
        if file.name.endswith(".replies.yaml"):
            continue  # thousands of replies; the rehearsals are what is looked at
        text = file.read_text("utf-8")
        if "poor" in file.name:
            text = text.replace("outcome: escalated", "outcome: solved_warmed").replace(
                "outcome: unsolved", "outcome: solved_warmed"
            )
        (pack / file.name).write_text(text, "utf-8")
    done = roleplay("rehearse", str(pack))
    assert done.returncode == 1
    assert "outcome: solved_warmed" in done.stdout.decode()
    assert "# came:" in done.stdout.decode()


def test_help_loads_nothing_that_draws_or_detects() -> None:
    code = (
        "import sys; from roleplay.cli import run\n"
        "try: run(['--help'])\nexcept SystemExit: pass\n"
        "heavy = [m for m in ('textual', 'rich', 'sqlalchemy', 'rapidfuzz', 'yaml', 'transitions') if m in sys.modules]\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_detect_loads_nothing_that_draws_or_stores() -> None:
    code = (
        "import sys, io; sys.stdin = io.TextIOWrapper(io.BytesIO(b''))\n"
        "from roleplay.cli import run; run(['detect'])\n"
        "heavy = [m for m in ('textual', 'rich', 'sqlalchemy') if m in sys.modules]\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_technique_and_a_code_are_explained() -> None:
    assert "no_such" not in roleplay("techniques").stdout.decode()
    assert "✗ I will not apologise" in roleplay("techniques", "apology").stdout.decode()
    assert "否定" in roleplay("techniques", "apology", language="zh").stdout.decode()
    assert roleplay("explain", "rp301").stdout.decode().startswith("RP301 (error)")


def test_a_reply_is_explained_with_frames_candidates_and_scores() -> None:
    shown = roleplay("techniques", "explain", "I will not apologise. Sorry you had to wait so long.").stdout.decode()
    assert "“I will not apologise.”" in shown
    assert "[negation]" in shown
    assert "✓ apology (apology)" in shown
    assert "r:apology" in shown
    assert "with:" in shown
    zh = roleplay("techniques", "explain", "很抱歉讓您等這麼久。", "--customer", "我等了兩小時！", language="zh").stdout
    assert "✓ 致歉 (apology)" in zh.decode()
    empty = roleplay("techniques", "explain", "  ")
    assert (empty.returncode, b"Write the reply" in empty.stderr) == (2, True)


def test_the_detector_is_measured_on_a_part_of_the_corpus() -> None:
    shown = roleplay("techniques", "evaluate", "--part", "tune").stdout.decode()
    assert "micro-F1" in shown
    assert "bait" in shown
    assert "= apology" in shown


def test_every_command_has_help_in_both_languages() -> None:
    for language in ("zh", "en"):
        shown = roleplay("--help", language=language).stdout.decode()
        for command in ("play", "check", "rehearse", "standards", "detect", "replay", "verify", "export", "import"):
            assert command in shown
            assert roleplay(command, "--help", language=language).returncode == 0
