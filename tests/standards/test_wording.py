"""The wording of the standards does not change by accident.

It was compared with the published texts, character by character, when it was entered; the sums below hold it there. Glosses and
judgements of our own are not in the sums. Whoever changes a sum has compared the wording with the published text again.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from roleplay.standards import Standard, catalogue
from roleplay.standards.model import Item

SUMS = {
    "TRM3R0182v2": "c3a44fb97a1f7207314db247df9673892d1c0d52c68ca84af539b0340047b4f0",
    "BAS4222-002v2": "71831e32a8e8a2111a3918191e4fe61278a656aab4126f4bcde5b8f692c467ac",
    "BGM4R0901v2": "b578b071a4cbc9aa639d35c5280e6ba302c055b28eb09749ee81fe5c0e6a76a5",
    "BGM4R0172v2": "2f1b232917485451c641891d1a4240cf48c5305da495e798186f717e021505f8",
    "BAS1499-002v2": "0fbdf256c98bbea91eabc32ff2a9a881df7ada9cd123b1c589d6c52b4b2a28a8",
}
FILES = (*SUMS, "vocabularies", "links")


def lines(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield f"{item.id}\t{item.ordinal}\t{item.text}"
        yield from lines(item.items)


def wording(s: Standard) -> Iterator[str]:
    """Everything of `s` that is the source's own, one thing a line, in the order of the source."""
    yield f"{s.code}\t{s.version}\t{s.name}\t{s.kind_name}\t{s.level}\t{s.description}\t{s.updated}"
    yield from (f"{key}\t{head}" for key, head in sorted(s.heads.items()))
    yield from (f"{c.name}\t{c.text}\t{c.code}" for c in s.categories)
    yield from (f"{e.version}\t{e.code}\t{e.name}\t{e.status}\t{e.note}\t{e.date}" for e in s.history)
    for d in s.duties:
        yield f"{d.id}\t{d.text}\t{d.level}\t{' '.join(d.knowledge)}\t{' '.join(d.skills)}"
    for t in s.tasks:
        yield f"{t.id}\t{t.ordinal}\t{t.duty.id if t.duty else ''}\t{t.text}"
        yield from lines(t.outputs)
        yield from (f"{i.id}\t{i.ordinal}\t{i.text}" for i in t.indicators)
    yield from lines(s.knowledge)
    yield from lines(s.skills)
    yield from (f"{a.id}\t{a.name}\t{a.text}" for a in s.attitudes)
    for g in s.assessment:
        yield f"{g.part}\t{g.ordinal}\t{g.heading}"
        yield from lines(g.items)
    yield from (f"{n.id}\t{n.term}\t{n.text}" for n in s.notes)
    yield from lines(s.remarks)


@pytest.mark.parametrize("code", SUMS)
def test_the_wording_is_as_it_was_compared(code: str) -> None:
    text = "\n".join(wording(catalogue().standard(code)))
    assert hashlib.sha256(text.encode()).hexdigest() == SUMS[code]


def test_every_standard_has_a_sum() -> None:
    assert set(SUMS) == {s.code for s in catalogue().standards}


@pytest.mark.parametrize("code", SUMS)
def test_no_markup_or_stray_space_came_along(code: str) -> None:
    for line in wording(catalogue().standard(code)):
        assert not re.search(r"</?[a-z]+>|\^\{|\||\n|\r|\u3000", line), line
        assert all(field == field.strip() for field in line.split("\t")), line
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") for c in line.replace("\t", "")), line


@pytest.mark.parametrize("name", FILES)
def test_the_files_can_be_reviewed(name: str) -> None:
    """Pretty-printed in one way only, so that a change shows as the lines that changed."""
    raw = (files("roleplay.standards") / "data" / f"{name}.json").read_text(encoding="utf-8")
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, indent=1) + "\n"


def test_the_page_on_the_standards_lists_every_oddity_and_vocabulary() -> None:
    page = (Path(__file__).parents[2] / "docs" / "standards.md").read_text(encoding="utf-8")
    for standard in catalogue().standards:
        for defect in standard.defects:
            assert f"| {standard.code} | {', '.join(defect.where)} | {defect.zh}<br>{defect.en} |" in page
    for vocabulary in catalogue().vocabularies:
        assert f"| `{vocabulary.prefix}` {vocabulary.zh} | {len(vocabulary.entries)} |" in page
