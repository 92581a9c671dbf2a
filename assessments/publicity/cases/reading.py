"""How a case reads for somebody: with names of persons or without, and what the office changed in it."""

import dataclasses

from assessments.publicity.cases import access
from assessments.publicity.cases.models import TEXTS, CaseVersion
from assessments.publicity.people import masked_people, people_in
from sanwei.core.questions import Question
from units.plans.compare import SAME, Line, paragraph_lines

VERSIONS = Question(
    lambda case: CaseVersion.objects.filter(case=case).select_related("by").defer("content"), case=int
)


def sayer(user):
    """`says(case, case.title)`: any words of a case as this person reads them."""

    def says(case, words: str) -> str:
        return words if access.can_see_people(user, case) else case.masked(words)

    return says


def in_public(case, words: str) -> str:
    """Any words of a case as everybody reads them."""
    return case.masked(words)


def persons_for(user, case) -> list[str]:
    known = access.can_see_people(user, case)
    return [str(person) for person in (people_in if known else masked_people)(case.persons)]


def versions_of(case) -> list[CaseVersion]:
    """Newest first, without their text."""
    return VERSIONS(case=case.pk)


@dataclasses.dataclass(frozen=True)
class Part:
    label: str
    lines: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        return any(line.status != SAME for line in self.lines)


def compared(old: dict, new: dict) -> list[Part]:
    """Every part of two frozen texts side by side; what is empty in both is left out."""
    return [
        Part(label, tuple(paragraph_lines(old[field].splitlines(), new[field].splitlines())))
        for field, label in TEXTS.items()
        if old[field] or new[field]
    ]
