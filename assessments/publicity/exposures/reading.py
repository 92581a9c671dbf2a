"""How an exposure reads for somebody: by name for those who have to know the persons, masked for all others."""

from assessments.publicity.exposures import access
from assessments.publicity.exposures.models import Explanation
from assessments.publicity.people import masked_people, people_in
from sanwei.core.questions import Question

SHOWN = 50
EXPLANATIONS = Question(
    lambda exposure: Explanation.objects.filter(exposure=exposure).select_related("by")[:SHOWN],
    exposure=int,
)


def sayer(user):
    """`says(exposure, exposure.title)`: any words of an exposure as this person reads them."""

    def says(exposure, words: str) -> str:
        return words if access.can_see_people(user, exposure) else exposure.masked(words)

    return says


def in_public(exposure, words: str) -> str:
    """Any words of an exposure as everybody reads them."""
    return exposure.masked(words)


def persons_for(user, exposure) -> list[str]:
    known = access.can_see_people(user, exposure)
    people = people_in(exposure.persons) if known else masked_people(exposure.persons)
    return [str(person) for person in people]


def explanations_of(exposure) -> list[Explanation]:
    return EXPLANATIONS(exposure=exposure.pk)
