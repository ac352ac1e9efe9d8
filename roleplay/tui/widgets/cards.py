"""The brief's cards as text: policy, authority with what it costs, time limits, catalogue, customer file, people. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from roleplay.engine.session import SessionState
from roleplay.scenarios.model import Authority, CatalogueItem, Language, Opportunity, Scenario
from roleplay.tui.widgets.prose import EMPTY, block, plain
from roleplay.words.amounts import amount_text
from roleplay.words.feedback import find_opportunity
from roleplay.words.interface import Words

Section = tuple[str, Content]
"""Heading and body."""


def task(scenario: Scenario, language: Language, words: Words) -> tuple[Section, ...]:
    """Who one is, where, and what for."""
    brief, b = scenario.brief, words.brief
    channel = f"{words.brief.channel}  {words.terms.channels[brief.channel]}"
    return (
        (b.you, plain(brief.you.in_(language))),
        (b.setting, block(plain(brief.setting.in_(language)), plain(channel, "$quiet"))),
        (b.goal, plain(brief.goal.in_(language))),
    )


def cards(scenario: Scenario, language: Language, words: Words, granted: tuple[str, ...] = ()) -> tuple[Section, ...]:
    """Everything to look up during the talk; headings without anything under them are left out."""
    brief, b = scenario.brief, words.brief
    sections = (
        (b.authority, [_authority(card, language, words, card.id in granted) for card in brief.authority]),
        (b.policies, [_titled(p.title.in_(language), plain(p.text.in_(language))) for p in brief.policies]),
        (b.times, [_pair(t.label.in_(language), words.common.minutes.format(t.minutes)) for t in brief.response_times]),
        (
            b.catalogue,
            [_item(item, language, words) for item in brief.catalogue],
        ),
        (b.file, [_pair(f.label.in_(language), f.value.in_(language)) for f in brief.customer_file]),
        (b.parties, [_titled(p.name.in_(language), plain(p.about.in_(language))) for p in scenario.parties]),
    )
    return tuple((heading, block(*rows)) for heading, rows in sections if rows)


def laid_out(sections: tuple[Section, ...]) -> Content:
    """Sections one below the other, as one text."""
    return block(*(block(Content.styled(heading, "bold $primary"), body) for heading, body in sections), between="\n\n")


def limit_words(card: Authority, language: Language, words: Words, granted: bool) -> str:
    """What the trainee may give of a remedy as things stand."""
    b = words.brief
    limit = card.approved_limit if granted and card.approved_limit is not None else card.limit
    if limit == -1:
        return b.no_amount
    if limit > 0:
        return b.up_to.format(amount_text(limit, card.unit, language))
    if card.approved_limit is not None and card.approved_limit > 0:
        return f"{b.needs_approval} · {b.approved_to.format(amount_text(card.approved_limit, card.unit, language))}"
    return b.needs_approval


def tip(scenario: Scenario, state: SessionState, language: Language, words: Words, *, shown_only: bool) -> Content:
    """The tips of what is open here. `shown_only`: those the trainee asked for."""
    rows = [
        Content.assemble(("→ ", "bold $text-accent"), plain(o.tip.in_(language)))
        for o in open_here(scenario, state)
        if o.tip.in_(language) and (o.id in state.hinted or not shown_only)
    ]
    return block(Content.styled(words.practice.tip_here, "bold $primary"), *rows) if rows else EMPTY


def open_here(scenario: Scenario, state: SessionState) -> Iterator[Opportunity]:
    """What can still be shown to the customer where the session stands, and what was hinted at and not yet shown."""
    here = scenario.state(state.state).opportunities
    yield from (o for o in here if o.id not in state.taken)
    for id in state.hinted:
        found = find_opportunity(id, scenario)
        if found is not None and found not in here and id not in state.taken:
            yield found


def _authority(card: Authority, language: Language, words: Words, granted: bool) -> Content:
    cost = words.brief.cost.format(amount_text(card.cost, card.unit, language)) if card.cost else ""
    facts = " · ".join(part for part in (limit_words(card, language, words, granted), cost) if part)
    mark = "✓ " if granted else ""
    return block(
        Content.assemble(plain(f"{mark}{card.label.in_(language)}", "bold"), plain(f"  {facts}", "$quiet")),
        plain(card.note.in_(language), "$quiet"),
    )


def _item(item: CatalogueItem, language: Language, words: Words) -> Content:
    facts = f"  {amount_text(item.price, 'TWD', language)} · {words.brief.stock.format(item.stock)}"
    head = Content.assemble(plain(item.label.in_(language), "bold"), plain(facts, "$quiet"))
    return block(head, plain(item.note.in_(language), "$quiet"))


def _titled(title: str, body: Content) -> Content:
    return block(plain(title, "bold"), body)


def _pair(label: str, value: str) -> Content:
    return Content.assemble(plain(f"{label}  ", "$quiet"), plain(value))
