"""Real facts to keep: the first turns of a bundled scenario, with counted time, ids and salts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from roleplay.engine.events import Fact, SessionStarted
from roleplay.library import Library, bundled_packs
from roleplay.practice import Practice, PracticeDesk
from roleplay.store.database import Store, open_store

REPLIES = (
    "邱先生您好，很抱歉讓您久等了，請問您最晚什麼時候要收到？",
    "我不知道。",
    "我馬上幫您查，三點前一定回電給您。",
)


def counter(prefix: str = "") -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers):032x}"


def opened(folder: Path, busy_ms: int = 200) -> Store:
    return open_store(f"sqlite:///{folder}/records.db", salts=counter(), busy_ms=busy_ms)


def desk(store: Store) -> PracticeDesk:
    clock = itertools.count(1_767_225_600_000, 1000)
    return PracticeDesk(Library([bundled_packs()]), store, lambda: next(clock), counter("id-"))


def played(store: Store, replies: tuple[str, ...] = REPLIES) -> Practice:
    practice = desk(store).start("A1", "zh", trainee="訓練生甲七")
    for reply in replies:
        practice.submit(reply)
    practice.retry()
    practice.submit("對不起，是我們的疏失。您希望怎麼處理？")
    return practice


def facts_of(store: Store, session: str) -> tuple[Fact, ...]:
    return store.facts(session).facts


def lines(practice: Practice, store: Store) -> list[str]:
    return list(store.export(practice.session))


def started(facts: tuple[Fact, ...]) -> Iterator[SessionStarted]:
    yield from (f for f in facts if isinstance(f, SessionStarted))
