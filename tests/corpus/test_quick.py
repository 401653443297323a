"""`corpus.model.quick`: objects that are quick to make are what their dataclass says."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from corpus.model import Citation, Effect, Line, Provision, Target, TextLine
from corpus.model.quick import quick
from corpus.model.quick import replace as changed


@dataclass(frozen=True, slots=True)
class Plain:
    name: str
    year: int | None = None
    parts: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    name: str
    year: int | None = None
    parts: tuple[str, ...] = ()


def test_the_same_values_by_place_and_by_name() -> None:
    one, other = Quick("Luật", parts=("a",)), Quick("Luật", None, ("a",))
    assert one == other
    assert hash(one) == hash(other)
    assert type(one) is Quick
    assert [getattr(one, f.name) for f in fields(one)] == ["Luật", None, ("a",)]
    assert repr(one).endswith(repr(Plain("Luật", None, ("a",))).removeprefix("Plain"))


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Quick("Luật", month=3)  # type: ignore[call-arg]


@pytest.mark.parametrize("value", [
    Line("Điều 1."), TextLine(0, 7), Provision("art_1", "dieu", "1", None, 0, 7), Target(symbol="1/2025/NĐ-CP"),
    Citation(0, 3, "này", 1, None, "body", (Target(self_=True),)), Effect("commence", None, 0, 3, Target(self_=True)),
])  # fmt: skip
def test_the_model_stays_frozen_and_travels(value: object) -> None:
    name = fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "x")
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        value.other = 1  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(value)) == value
    assert replace(value, **{name: getattr(value, name)}) == value  # type: ignore[type-var]


def test_one_field_changed() -> None:
    assert changed(Quick("Luật", 2025), year=2026) == Quick("Luật", 2026)
    assert changed(Plain("Luật", 2025), year=2026) == Plain("Luật", 2026)
    with pytest.raises(TypeError):
        changed(Quick("Luật"), month=3)


def test_a_class_that_computes_its_fields_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Made:
        parts: list[str] = field(default_factory=list)

    with pytest.raises(TypeError):
        quick(Made)
