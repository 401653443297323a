"""What rules ask of the whole corpus, so that a run knows which documents rest on the answer (docs/decisions/0012).

`made_once` keeps something large (an index of sentences) for the run: whoever uses it rests on all documents and
answers that it was made from. `asked` makes a question of a function with a small answer: whoever asks rests on the
answer alone, so that a change behind it that leaves the answer as it was touches nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from corpus.asking import Question

if TYPE_CHECKING:
    from rules.base import Context

T = TypeVar("T")

QUESTIONS: dict[str, Asked[Any]] = {}
"""Every question of a rule by its name."""
RULE = "rule"


class Asked(Generic[T]):
    """A question: `make(context, *arguments)`; arguments are strings, numbers, None and tuples of them.

    `told(context, answer)`: what of the answer is compared with that of the next run; it prints the same when it is the
    same. The answer must not rest on `context.told`.
    """

    def __init__(
        self, name: str, make: Callable[..., T], told: Callable[[Context, T], object] | None
    ) -> None:  # fmt: skip
        self.name, self._make, self._told = name, make, told
        self.__doc__ = make.__doc__

    def __call__(self, context: Context, *arguments: Any) -> T:
        told = self._told

        def made() -> T:
            context.library.note(f"{RULE}:{self.name}")
            return self._make(context, *arguments)

        return context.library.ask(
            (RULE, self.name, *arguments), made, None if told is None else lambda answer: told(context, answer)
        )  # fmt: skip


def asked(
    name: str, told: Callable[[Context, Any], object] | None = None
) -> Callable[[Callable[..., T]], Asked[T]]:  # fmt: skip
    """Decorator: a function of the context and plain arguments as a question."""

    def made(make: Callable[..., T]) -> Asked[T]:
        assert name not in QUESTIONS, name
        QUESTIONS[name] = found = Asked(name, make, told)
        return found

    return made


def made_once(name: str, context: Context, make: Callable[[], T]) -> T:
    """What `make` gives for the library of this context, made once for the run."""
    return context.library.kept(name, make)


def answer(question: Question, context: Context) -> bool:
    """Ask a question of an earlier run again; False where no rule asks it any more."""
    known = QUESTIONS.get(question[1])
    if known is not None:
        known(context, *question[2:])
    return known is not None
