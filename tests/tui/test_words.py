"""Every label is there in both languages, takes the same places, and every key of the app has one."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest
from textual.binding import Binding

import roleplay.tui
from roleplay.words.interface import Keys, words


def labels(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if is_dataclass(value):
        for field in fields(value):
            yield from labels(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from labels(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from labels(item, f"{path}.{number}")
    else:
        assert isinstance(value, str)
        yield path, value


ZH, EN = dict(labels(words("zh"))), dict(labels(words("en")))


def places(text: str) -> int:
    return sum(name is not None for _, name, _, _ in string.Formatter().parse(text))


def test_both_languages_have_the_same_labels() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("path", ZH)
def test_a_label_says_something_and_takes_the_same_places(path: str) -> None:
    assert ZH[path].strip() and EN[path].strip()
    assert places(ZH[path]) == places(EN[path])


def bindings() -> Iterator[tuple[str, Binding]]:
    for module in pkgutil.walk_packages(roleplay.tui.__path__, "roleplay.tui."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, type) and value.__module__ == module.name:
                for binding in vars(value).get("BINDINGS", ()):
                    assert isinstance(binding, Binding)
                    yield f"{name}.{binding.key}", binding


BINDINGS = dict(bindings())


def test_the_walk_found_the_keys() -> None:
    assert {"PracticeScreen.f4", "Lobby.f3", "RoleplayApp.f1"} <= BINDINGS.keys()


@pytest.mark.parametrize("where", BINDINGS)
def test_a_key_that_is_shown_has_a_label(where: str) -> None:
    binding = BINDINGS[where]
    assert not binding.show or binding.description in {field.name for field in fields(Keys)}


@pytest.mark.parametrize("where", BINDINGS)
def test_no_key_is_a_letter_that_an_input_method_would_take(where: str) -> None:
    assert len(BINDINGS[where].key) > 1
