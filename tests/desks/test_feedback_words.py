"""What feedback may say: nothing that the trainee has still to find out, and no more than anybody reads."""

from __future__ import annotations

from dataclasses import replace

from roleplay.engine.events import Missing
from roleplay.scenarios.model import Text
from roleplay.scenarios.packs import load_pack
from roleplay.scenarios.sample import FILES
from roleplay.words.feedback import missing_texts

SCENARIO = load_pack(FILES).sound[0]


def _texts(*found: Missing, known: tuple[str, ...] | None) -> tuple[str, ...]:
    return missing_texts(found, SCENARIO, str, "en", known)


def test_a_fact_that_can_still_be_learned_is_counted_and_not_named() -> None:
    wanted = Missing("ask", ("order_number",))
    assert _texts(wanted, known=()) == ("and 1 more",)
    assert _texts(wanted, known=("order_number",)) == ("not asked: order C305",)
    assert _texts(wanted, known=None) == ("not asked: order C305",)


def test_a_fact_that_nobody_tells_is_the_trainees_to_say() -> None:
    of_nobody = replace(SCENARIO.facts[1], id="we_call_back", text=Text("我們回電", "we call back"))
    scenario = replace(SCENARIO, facts=(*SCENARIO.facts, of_nobody))
    found = [Missing("fact", ("we_call_back",)), Missing("fact", ("cause", "we_call_back"))]
    assert missing_texts(found, scenario, str, "en", ()) == ("not said: we call back",)


def test_each_is_said_once_and_what_is_too_much_is_counted() -> None:
    many = [Missing("technique", (name,)) for name in ("validate", "greeting", "thanks", "farewell", "apology")]
    shown = _texts(*many, *many, Missing("ask", ("order_number",)), known=())
    assert shown[-1] == "and 2 more"
    assert len(shown) == 5
