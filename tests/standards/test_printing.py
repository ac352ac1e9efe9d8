"""What the catalogue prints: exact wording with its code, glosses marked as unofficial, both languages, JSON for programs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from roleplay.standards import UnknownName, catalogue, printing
from roleplay.standards.model import SHOWN
from roleplay.standards.phrases import GLOSS_MARK, Language, phrase

BOTH: tuple[Language, ...] = ("zh", "en")


@pytest.fixture(scope="module")
def parsed() -> Any:
    return json.loads(printing.as_json(catalogue()))


def shown(ref: str, language: Language) -> list[str]:
    return list(printing.indicator_lines(catalogue(), catalogue().indicator(ref), language))


@pytest.mark.parametrize("language", BOTH)
def test_the_list_has_every_standard_with_its_counts(language: Language) -> None:
    text = "\n".join(printing.list_lines(catalogue(), language))
    for standard in catalogue().standards:
        assert f"{standard.code}  {standard.name}" in text
    assert "112" in text
    assert re.search("175", text)
    assert re.search("96", text)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("standard", catalogue().standards, ids=lambda s: s.code)
def test_a_standard_is_printed_whole(standard: Any, language: Language) -> None:
    lines = list(printing.standard_lines(standard, language))
    text = "\n".join(lines)
    for indicator in standard.indicators:
        assert f"    {indicator.id} {indicator.text}  [{phrase(indicator.shown, language)}]" in lines
    for output in standard.outputs:
        assert f"    → {output.id} {output.text}" in lines
    for note in standard.notes:
        assert f"【註{note.number}】{note.term}：{note.text}" in lines
    for line in (*standard.knowledge, *standard.skills, *standard.attitudes, *standard.remarks):
        assert line.text in text
    for defect in standard.defects:
        assert (defect.zh if language == "zh" else defect.en) in text
    assert not any("\n" in line for line in lines)


def test_glosses_stand_in_the_english_interface_behind_a_mark_that_is_explained() -> None:
    standard = catalogue().standard("BAS1499-002v2")
    english, chinese = list(printing.standard_lines(standard, "en")), list(printing.standard_lines(standard, "zh"))
    assert phrase("gloss_legend", "en") in english
    assert "unofficial gloss" in phrase("gloss_legend", "en")
    for indicator in standard.indicators:
        assert f"        {GLOSS_MARK} {indicator.gloss}" in english
        assert not any(indicator.gloss in line for line in chinese)


def test_one_indicator_in_english() -> None:
    lines = shown("TRM3R0182v2:3.1", "en")
    assert lines[:4] == [
        "TRM3R0182v2:3.1  提昇顧客服務經驗",
        "三、1 運用提問技巧來確認和決定投訴【註6】的性質、可能原因和細節...等",
        "unofficial gloss: Use questioning techniques to establish and agree the nature, possible causes and details of "
        "the complaint",
        "can be shown: in a turn of the conversation",
    ]
    assert "says the same as: BAS4222-002v2:P1.2.2 透過積極傾聽和詢問，確認客戶投訴的性質。" in lines
    assert sum(line.startswith("【註6】投訴：") for line in lines) == 1
    assert not any(line.startswith("【註7】") for line in lines)


def test_one_indicator_in_chinese() -> None:
    lines = shown("BAS1499-002v2:P6.1.3", "zh")
    assert "P6.1.3 應用訪談技巧於員工遴選流程" in lines
    assert "工作任務：T6 管理客戶服務部門員工" in lines
    assert "工作活動：T6.1 開發並應用招募和員工留用策略" in lines
    assert any(line.startswith("英文釋義（非官方）：") for line in lines)
    assert any(line.startswith("屬於其中一部分：BGM4R0172v2:1.2 ") for line in lines)


def test_an_indicator_of_an_occupation_shows_the_notes_its_knowledge_refers_to() -> None:
    assert any(line.startswith("【註2】") for line in shown("BAS4222-002v2:P1.1.2", "zh"))
    assert not any(line.startswith("【註") for line in shown("BAS4222-002v2:P2.1.1", "zh"))


def test_an_indicator_shows_what_is_odd_about_it() -> None:
    assert any("併為一句" in line for line in shown("BGM4R0172v2:1.2", "zh"))
    assert any("O1.4.1" in line for line in shown("BAS1499-002v2:P1.4.1", "en"))
    assert not any("oddity" in line for line in shown("TRM3R0182v2:1.3", "en"))


@pytest.mark.parametrize("language", BOTH)
def test_every_indicator_can_be_printed(language: Language) -> None:
    for indicator in catalogue().indicators():
        lines = shown(indicator.ref, language)
        assert f"{indicator.ordinal} {indicator.text}" in lines
        assert sum(link.ref in line for link in indicator.links for line in lines) >= len(indicator.links)


@pytest.mark.parametrize("language", BOTH)
def test_every_way_of_showing_has_its_own_words(language: Language) -> None:
    assert len({phrase(s, language) for s in SHOWN}) == len(SHOWN)


@pytest.mark.parametrize("language", BOTH)
def test_search_results(language: Language) -> None:
    found = catalogue().search("kpis")
    lines = list(printing.found_lines(found, language))
    assert lines[0] == f"{found[0].ref}  {found[0].text}"
    assert phrase("found", language, count=len(found)) in lines
    assert phrase("gloss_legend", language) in lines
    assert list(printing.found_lines((), language)) == [phrase("none", language)]


def test_vocabularies() -> None:
    one = list(printing.vocabulary_lines(catalogue(), "complaint", "en"))
    assert one[0] == "complaint  kinds of complaint"
    assert "  from: TRM3R0182v2 註6" in one
    assert f"    late_delivery  產品無法按時交付  {GLOSS_MARK} product not delivered on time" in one
    everything = "\n".join(printing.vocabulary_lines(catalogue(), ""))
    for vocabulary in catalogue().vocabularies:
        assert f"{vocabulary.prefix}  {vocabulary.zh}" in everything
        assert all(f"    {e.id}  {e.zh}" in everything for e in vocabulary.entries)
    with pytest.raises(UnknownName):
        list(printing.vocabulary_lines(catalogue(), "complant"))


def test_json_has_every_standard_and_indicator(parsed: Any) -> None:
    assert list(parsed) == [s.code for s in catalogue().standards]
    for standard in catalogue().standards:
        tasks = parsed[standard.code]["tasks"]
        assert [t["id"] for t in tasks] == [t.id for t in standard.tasks]
        pairs = [(i["id"], i["text"]) for t in tasks for i in t["indicators"]]
        assert pairs == [(i.id, i.text) for i in standard.indicators]


def test_json_has_the_same_keys_for_every_standard(parsed: Any) -> None:
    assert len({tuple(s) for s in parsed.values()}) == 1
    assert len({tuple(i) for s in parsed.values() for t in s["tasks"] for i in t["indicators"]}) == 1


def test_json_names_glosses_unofficial_and_keeps_the_rest(parsed: Any) -> None:
    assert '"gloss"' not in printing.as_json(catalogue())
    manager, core = parsed["BAS1499-002v2"], parsed["TRM3R0182v2"]
    first = manager["tasks"][0]
    assert (first["id"], first["duty"], first["outputs"][0]["id"]) == ("T1.1", "T1", "O1.1.1")
    assert core["tasks"][0]["ordinal"] == "一"
    assert core["tasks"][0]["indicators"][0]["unofficial_gloss"].startswith("Determine and clarify")
    assert core["tasks"][0]["indicators"][0]["notes"] == [1]
    assert core["tasks"][2]["indicators"][0]["links"] == [{"relation": "same", "ref": "BAS4222-002v2:P1.2.2"}]
    assert core["notes"][4]["items"][0]["kind"] == "consideration"
    assert core["assessment"][2]["items"][0]["items"][4]["text"] == "解決客訴"
    assert manager["heads"]["task"] == "工作活動"
    assert {d["where"][0] for d in manager["defects"]} >= {"O1.5.1", "K39"}
