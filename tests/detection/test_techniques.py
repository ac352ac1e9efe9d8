"""Every technique's own examples hold, and the rules file is in step with what people read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from roleplay.engine.detection.detector import found
from roleplay.engine.detection.model import Situation
from roleplay.engine.detection.reasons import REASONS
from roleplay.library import detector, techniques
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.standards.codebook import TECHNIQUES

ROOT = Path(__file__).parent.parent.parent
CASES = [(t, language) for t in TECHNIQUES for language in LANGUAGES]


@pytest.mark.parametrize(("id", "language"), CASES, ids=[f"{t}-{lang}" for t, lang in CASES])
def test_examples(id: str, language: Language) -> None:
    technique = techniques().technique(id)
    examples = technique.examples[language]
    assert sum(not e.reason for e in examples) >= 2
    assert any(e.reason for e in examples)
    for example in examples:
        analysis = detector().analyse(example.text, language, Situation(customer_line=example.context))
        assert (id in found(analysis)) == (not example.reason), example.text


def test_every_technique_of_the_codebook_is_there_with_its_words() -> None:
    assert [t.id for t in techniques().techniques] == list(TECHNIQUES)
    for technique in techniques().techniques:
        assert all(technique.label[language] and technique.means[language] for language in LANGUAGES)
        reasons = {e.reason for es in technique.examples.values() for e in es} - {""}
        reasons |= {p.partial or p.reject for ps in technique.patterns.values() for p in ps} - {""}
        assert reasons <= set(REASONS)


def test_rules_are_compiled_from_the_files() -> None:
    done = subprocess.run([sys.executable, "scripts/compile_rules.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run scripts/compile_rules.py"


def test_detect_reads_and_writes_lines() -> None:
    lines = '{"id": 7, "lang": "zh", "context": "", "text": "很抱歉讓您久等了。", "more": 1}\nnot json\n'
    done = subprocess.run(
        [sys.executable, "-m", "roleplay", "detect"], input=lines.encode(), capture_output=True, cwd=ROOT, check=False
    )
    (row,) = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert b"line 2" in done.stderr
    assert row["id"] == 7
    assert row["techniques"] == ["apology"]
    (evidence,) = row["evidence"]
    assert "很抱歉讓您久等了。"[evidence["start"] : evidence["end"]] == evidence["text"] == "很抱歉讓您久等了"
