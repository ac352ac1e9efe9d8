"""The catalogue is complete, numbered without gaps, and every name in it leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Protocol

import pytest

from roleplay.standards import Standard, UnknownName, catalogue
from roleplay.standards.codebook import TECHNIQUES
from roleplay.standards.model import SHOWN, Entry, Item

CODES = ("TRM3R0182v2", "BAS4222-002v2", "BGM4R0901v2", "BGM4R0172v2", "BAS1499-002v2")
STANDARDS = [pytest.param(s, id=s.code) for s in catalogue().standards]
HAN = re.compile(r"[\u4e00-\u9fff]")
ORDINALS = "一二三四五六七八九"


class Named(Protocol):
    @property
    def id(self) -> str: ...


class Glossed(Named, Protocol):
    @property
    def gloss(self) -> str: ...


def leaves(items: tuple[Item, ...]) -> int:
    """Lines that have nothing under them."""
    return sum(leaves(i.items) if i.items else 1 for i in items)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from walk(item.items)


def ids_of(standard: Standard) -> set[str]:
    """Every id a defect may name."""
    named: tuple[tuple[Named, ...], ...] = (
        standard.duties,
        standard.tasks,
        standard.indicators,
        standard.attitudes,
        standard.notes,
        tuple(walk((*standard.outputs, *standard.knowledge, *standard.skills))),
    )
    return {x.id for things in named for x in things}


def test_the_five_standards_are_there() -> None:
    assert tuple(s.code for s in catalogue().standards) == CODES


@pytest.mark.parametrize(
    ("code", "level", "tasks", "indicators", "knowledge", "skills", "attitudes", "outputs", "notes", "note_items"),
    [
        ("BAS4222-002v2", 2, 4, 15, (5, 5), (8, 8), 4, 4, 2, 10),
        ("TRM3R0182v2", 3, 4, 22, (6, 13), (8, 12), 0, 0, 9, 91),
        ("BGM4R0901v2", 4, 3, 11, (5, 5), (7, 7), 0, 0, 10, 71),
        ("BGM4R0172v2", 4, 5, 15, (9, 9), (7, 7), 0, 0, 7, 37),
        ("BAS1499-002v2", 4, 25, 112, (46, 49), (32, 42), 6, 26, 0, 0),
    ],
)
def test_counts(
    code: str,
    level: int,
    tasks: int,
    indicators: int,
    knowledge: tuple[int, int],
    skills: tuple[int, int],
    attitudes: int,
    outputs: int,
    notes: int,
    note_items: int,
) -> None:
    s = catalogue().standard(code)
    assert (s.level, len(s.tasks), len(s.indicators)) == (level, tasks, indicators)
    assert (len(s.knowledge), leaves(s.knowledge)) == knowledge
    assert (len(s.skills), leaves(s.skills)) == skills
    assert (len(s.attitudes), len(s.outputs), len(s.notes)) == (attitudes, outputs, notes)
    assert sum(len(n.items) for n in s.notes) == note_items


@pytest.mark.parametrize(
    ("code", "evidence", "context", "methods"),
    [("TRM3R0182v2", 5, 4, 4), ("BGM4R0901v2", 5, 3, 5), ("BGM4R0172v2", 5, 2, 3)],
)
def test_assessment_guidance(code: str, evidence: int, context: int, methods: int) -> None:
    parts = {g.part: len(g.items) for g in catalogue().standard(code).assessment}
    assert parts == {"evidence": evidence, "context": context, "methods": methods}


def test_the_role_play_method_of_the_core_names_five_abilities() -> None:
    methods = catalogue().standard("TRM3R0182v2").assessment[2]
    assert [len(i.items) for i in methods.items] == [5, 0, 3, 0]


def test_totals() -> None:
    found = catalogue().standards
    assert len(catalogue().indicators()) == 175
    assert sum(len(s.tasks) for s in found) == 41
    assert sum(len(s.knowledge) for s in found) == 71
    assert sum(len(s.skills) for s in found) == 62
    assert sum(len(s.attitudes) for s in found) == 10
    assert sum(len(s.outputs) for s in found) == 30
    assert sum(len(s.notes) for s in found) == 28


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("BAS4222-002v2", {"turn": 8, "session": 7}),
        ("TRM3R0182v2", {"turn": 14, "session": 8}),
        ("BGM4R0901v2", {"turn": 6, "session": 3, "manager": 2}),
        ("BGM4R0172v2", {"manager": 10, "product": 5}),
        ("BAS1499-002v2", {"manager": 38, "question": 7, "exercise": 32, "product": 35}),
    ],
)
def test_how_indicators_can_be_shown(code: str, counts: dict[str, int]) -> None:
    assert Counter(i.shown for i in catalogue().standard(code).indicators) == counts


@pytest.mark.parametrize("standard", STANDARDS)
def test_indicators_run_without_gaps(standard: Standard) -> None:
    prefix = "P" if standard.kind == "occupation" else ""
    for task in standard.tasks:
        stem = prefix + task.id.removeprefix("T")
        assert [i.id for i in task.indicators] == [f"{stem}.{n}" for n in range(1, len(task.indicators) + 1)]
        assert all(i.ref == f"{standard.code}:{i.id}" for i in task.indicators)


@pytest.mark.parametrize("standard", STANDARDS)
def test_tasks_run_without_gaps(standard: Standard) -> None:
    if standard.kind == "unit":
        assert [t.id for t in standard.tasks] == [str(n) for n in range(1, len(standard.tasks) + 1)]
        assert [t.ordinal for t in standard.tasks] == list(ORDINALS[: len(standard.tasks)])
        assert not standard.duties
        return
    assert [d.id for d in standard.duties] == [f"T{n}" for n in range(1, len(standard.duties) + 1)]
    for duty in standard.duties:
        under = [t.id for t in standard.tasks if t.duty is duty]
        assert under == [f"{duty.id}.{n}" for n in range(1, len(under) + 1)]


@pytest.mark.parametrize("standard", STANDARDS)
def test_outputs_run_without_gaps_but_for_the_code_printed_twice(standard: Standard) -> None:
    for task in standard.tasks:
        expected = [f"O{task.id.removeprefix('T')}.{n}" for n in range(1, len(task.outputs) + 1)]
        if (standard.code, task.id) == ("BAS1499-002v2", "T1.4"):
            expected = ["O1.5.1"]
        assert [o.id for o in task.outputs] == expected


@pytest.mark.parametrize("standard", STANDARDS)
def test_knowledge_skills_attitudes_and_notes_run_without_gaps(standard: Standard) -> None:
    padded = standard.code == "BAS4222-002v2"
    for letter, lines in (("K", standard.knowledge), ("S", standard.skills)):
        assert [i.id for i in lines] == [f"{letter}{n:0{2 if padded else 1}d}" for n in range(1, len(lines) + 1)]
        if standard.kind == "unit":
            assert [i.ordinal for i in lines] == list(ORDINALS[: len(lines)])
        for line in lines:
            assert [i.id for i in line.items] == [f"{line.id}.{n}" for n in range(1, len(line.items) + 1)]
    assert [a.id for a in standard.attitudes] == [f"A{n:02d}" for n in range(1, len(standard.attitudes) + 1)]
    assert [n.number for n in standard.notes] == list(range(1, len(standard.notes) + 1))


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_duty_names_knowledge_and_skills_and_none_is_left_over(standard: Standard) -> None:
    for have, used in (
        (standard.knowledge, [k for d in standard.duties for k in d.knowledge]),
        (standard.skills, [s for d in standard.duties for s in d.skills]),
    ):
        assert set(used) == ({i.id for i in have} if standard.duties else set())


def test_levels_of_the_managers_duties() -> None:
    levels = {d.id: d.level for d in catalogue().standard("BAS1499-002v2").duties}
    assert levels == {"T1": 4, "T2": 4, "T3": 5, "T4": 4, "T5": 5, "T6": 4}


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_note_referred_to_is_there_and_every_note_is_referred_to(standard: Standard) -> None:
    texts = [i.text for i in standard.indicators] + [k.text for k in standard.knowledge]
    referred = {int(n) for text in texts for n in re.findall(r"【註(\d+)】", text)}
    assert referred == {n.number for n in standard.notes}


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_defect_is_somewhere_and_told_in_both_languages(standard: Standard) -> None:
    places = ids_of(standard) | {"code", "notes", "assessment"}
    assert standard.defects
    for defect in standard.defects:
        assert defect.where
        assert set(defect.where) <= places
        assert HAN.search(defect.zh)
        assert re.search("[a-z]{3}", defect.en)


def test_defects_are_kept_in_the_wording() -> None:
    manager = catalogue().standard("BAS1499-002v2")
    tasks = {t.id: t for t in manager.tasks}
    knowledge = {k.id: k.text for k in manager.knowledge}
    assert tasks["T1.5"].text.startswith("向其其他")
    assert "如如" in knowledge["K39"]
    assert "連繫" in knowledge["K23"]
    assert knowledge["K22"] == knowledge["K30"]
    assert [o.id for t in ("T1.4", "T1.5") for o in tasks[t].outputs] == ["O1.5.1", "O1.5.1"]
    assert [t.id for t in manager.tasks if not t.outputs] == ["T2.2", "T2.3", "T3.2", "T4.2", "T5.3", "T6.5"]
    assert "計劃" in catalogue().indicator("BAS1499-002v2:P3.1.4").text


def glosses() -> Iterator[tuple[str, str]]:
    for s in catalogue().standards:
        yield s.code, s.gloss
        named: tuple[tuple[Glossed, ...], ...] = (s.duties, s.tasks, s.indicators, s.attitudes, s.notes)
        for thing in (x for things in named for x in things):
            yield f"{s.code}:{thing.id}", thing.gloss
        for part in s.assessment:
            yield f"{s.code}:{part.part}", part.gloss
        guidance = tuple(i for g in s.assessment for i in g.items)
        for item in walk((*s.outputs, *s.knowledge, *s.skills, *guidance)):
            yield f"{s.code}:{item.id}", item.gloss


def test_everything_has_an_english_gloss() -> None:
    for where, gloss in glosses():
        assert re.match(r"[A-Z]", gloss), where
        assert not HAN.search(gloss), where
        assert gloss == gloss.strip(), where
        assert not gloss.endswith("."), where


# ---------------------------------------------------------------- links


def test_links_lead_to_another_standard_and_back() -> None:
    back = {"same": "same", "alike": "alike", "part": "whole", "whole": "part"}
    count = 0
    for indicator in catalogue().indicators():
        for link in indicator.links:
            other = catalogue().indicator(link.ref)
            assert other.code != indicator.code
            assert [x.relation for x in other.links if x.ref == indicator.ref] == [back[link.relation]]
            count += 1
    # same: 3 + 9 pairs; alike: 1 pair and 3 pairs of a triple; parts: 15 of 6 wholes; each from both ends
    assert count == 2 * (3 + 9 + 1 + 3 + 15)


def test_known_links() -> None:
    def links(ref: str) -> set[tuple[str, str]]:
        return {(x.relation, x.ref) for x in catalogue().indicator(ref).links}

    assert links("BAS4222-002v2:P1.2.2") == {("same", "TRM3R0182v2:3.1")}
    assert links("TRM3R0182v2:1.3") == {("alike", "BAS4222-002v2:P1.3.1"), ("alike", "BGM4R0901v2:2.4")}
    assert links("BGM4R0172v2:1.2") == {("whole", f"BAS1499-002v2:P6.1.{n}") for n in (3, 4, 5)}
    assert links("BAS1499-002v2:P6.5.2") == {("part", "BGM4R0172v2:5.1")}


def test_the_managers_sixth_duty_and_the_unit_on_staff_cover_each_other() -> None:
    manager, unit = catalogue().standard("BAS1499-002v2"), catalogue().standard("BGM4R0172v2")
    sixth = [i for i in manager.indicators if i.id.startswith("P6.")]
    assert all(i.links for i in (*sixth, *unit.indicators))
    assert not any(i.links for i in manager.indicators if i not in sixth)


# ---------------------------------------------------------------- vocabularies


@pytest.mark.parametrize("standard", STANDARDS)
def test_note_items_are_words_of_their_note(standard: Standard) -> None:
    for note in standard.notes:
        assert len({e.id for e in note.items}) == len(note.items)
        for entry in note.items:
            assert entry.zh in note.text
            assert entry.en
            assert all(inner.zh in entry.zh for inner in entry.items)


def every_entry() -> Iterator[tuple[str, Entry]]:
    yield from ((v.prefix, e) for v in catalogue().vocabularies for s in v.sources for e in s.entries)


def test_vocabulary_names_are_plain_words() -> None:
    for prefix, entry in every_entry():
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", entry.id), (prefix, entry.id)
        assert set(entry.seen_as) <= set(TECHNIQUES)


@pytest.mark.parametrize(
    ("prefix", "count"),
    [
        ("complaint", 14),
        ("need", 10),
        ("want", 21),
        ("recovery", 7),
        ("technique", 18),
        ("add_on", 22),
        ("partner", 10),
    ],
)
def test_vocabulary_sizes(prefix: str, count: int) -> None:
    ids = [e.id for e in catalogue().vocabulary(prefix)]
    assert len(ids) == len(set(ids)) == count


def test_every_note_is_drawn_on_by_a_vocabulary() -> None:
    drawn = {(s.standard, s.where) for v in catalogue().vocabularies for s in v.sources}
    assert {(s.code, n.id) for s in catalogue().standards for n in s.notes} <= drawn


def test_compensation_has_the_seven_kinds_and_not_the_consideration() -> None:
    assert [e.id for e in catalogue().vocabulary("recovery")] == [
        "negotiate_with_partner",
        "service_free_or_reduced",
        "voucher_future",
        "cheaper_add_on",
        "small_gift",
        "special_attention",
        "special_service_next_time",
    ]


def test_ways_of_finding_out_are_not_wants_and_conditions_are_needs() -> None:
    wants = {e.id for e in catalogue().vocabulary("want")}
    needs = {e.id for e in catalogue().vocabulary("need")}
    assert not {w for w in wants if w.startswith("via_")}
    assert {"prior_knowledge", "social_cultural", "special_needs", "disability"} <= needs
    assert not wants & {"prior_knowledge", "social_cultural", "special_needs"}


def test_named_parts_of_an_item_can_be_used_where_they_stand_alone() -> None:
    assert "favourite_product" in {e.id for e in catalogue().vocabulary("file")}
    assert "personal_data_protection_act" in {e.id for e in catalogue().vocabulary("legal")}
    assert "free_of_charge" not in {e.id for e in catalogue().vocabulary("recovery")}


def test_entries_given_for_an_item_are_words_of_that_item() -> None:
    found = 0
    for source in (s for v in catalogue().vocabularies for s in v.sources if not s.where.startswith("註")):
        standard = catalogue().standard(source.standard)
        text = next(i.text for i in standard.knowledge if i.id == source.where)
        for entry in source.entries:
            assert entry.zh in text
            found += 1
    assert found == 2


# ---------------------------------------------------------------- finding


def test_names_are_found_whatever_their_case_and_width() -> None:
    assert catalogue().indicator("ｂａｓ4222-002V2：p1.1.1").ref == "BAS4222-002v2:P1.1.1"
    assert catalogue().standard("trm3r0182V2").code == "TRM3R0182v2"


@pytest.mark.parametrize(
    ("ref", "near"),
    [
        ("TRM3R0182v2:1.11", "TRM3R0182v2:1.1"),
        ("TRM3R0182v1:3.1", "TRM3R0182v2:3.1"),
        ("BAS4222-002v2P1.2.3", "BAS4222-002v2:P1.2.3"),
        ("完全不同", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_an_unknown_indicator_suggests_the_nearest(ref: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        catalogue().indicator(ref)
    assert (caught.value.name, caught.value.near) == (ref, near)
    assert isinstance(caught.value, KeyError)


def test_other_unknown_names_suggest_the_nearest() -> None:
    with pytest.raises(UnknownName) as standard:
        catalogue().standard("BGM4R0901")
    with pytest.raises(UnknownName) as vocabulary:
        catalogue().vocabulary("complaints")
    with pytest.raises(UnknownName) as shown:
        catalogue().search("", shown="managr")
    assert (standard.value.near, vocabulary.value.near, shown.value.near) == ("BGM4R0901v2", "complaint", "manager")


def refs(query: str, shown: str | None = None, standard: str | None = None) -> list[str]:
    return [i.ref for i in catalogue().search(query, shown, standard)]


def test_search_in_chinese_and_english() -> None:
    assert "TRM3R0182v2:3.2" in refs("溝通技巧")
    assert "TRM3R0182v2:3.2" in refs("communication techniques")
    assert "TRM3R0182v2:3.2" in refs("COMMUNICATION 釐清")
    assert refs("同理心與量子力學") == []


def test_search_folds_width_and_finds_ids() -> None:
    assert refs("ＫＰＩｓ") == refs("kpis")
    assert "BAS1499-002v2:P6.3.2" in refs("kpis")
    assert refs("p6.4.4") == ["BAS1499-002v2:P6.4.4"]
    assert refs("三、5") == ["TRM3R0182v2:3.5"]


def test_search_can_be_narrowed() -> None:
    assert len(refs("")) == 175
    assert len(refs("", standard="bgm4r0901v2")) == 11
    assert len(refs("", shown="question")) == 7
    assert sum(len(refs("", shown=s)) for s in SHOWN) == 175
    assert refs("投訴", shown="turn", standard="BAS4222-002v2") == [f"BAS4222-002v2:P1.2.{n}" for n in (1, 2, 3)]


def test_every_indicator_is_found_by_its_own_words() -> None:
    for indicator in catalogue().indicators():
        assert indicator in catalogue().search(indicator.text.split()[0])
        assert indicator in catalogue().search(indicator.gloss)
        assert indicator in catalogue().search(indicator.ref)
