"""What a case's page shows beside the case: asked once for each kind."""

import dataclasses

from django.db.models import Prefetch

from assessments.accountability import chosen, earlier, sanctions
from assessments.accountability.models import Respondent, Sanction, Statement
from sanwei.core.audit.models import LOOK, Entry

WITH_SPEAKERS = Prefetch("statements", Statement.objects.select_related("by"))


@dataclasses.dataclass(frozen=True)
class Answering:
    """One respondent with what was told, proposed and decided, and what it said."""

    respondent: Respondent
    told: str
    proposed: str
    decided: list[Sanction]
    statements: list


def respondents_of(case) -> list[Answering]:
    """Who answers, with everything about each. Three queries."""
    rows = [*case.respondents.in_order().prefetch_related("sanctions", WITH_SPEAKERS)]
    for row in rows:
        row.case = case
    return [answering(case, row) for row in rows]


def answering(case, respondent) -> Answering:
    rows = respondent.sanctions.all()
    told, proposed = (
        [one.form for one in rows if one.stage == stage and one.round == case.round] for stage in ("told", "proposed")
    )  # fmt: skip
    return Answering(
        respondent=respondent,
        told=sanctions.suggested(told),
        proposed=sanctions.suggested(proposed),
        decided=[one for one in rows if one.in_force],
        statements=[*respondent.statements.all()],
    )


def codes_in_view(case, answering) -> dict[int, list[str]]:
    """key of a respondent → the forms decided, or else those proposed or told last."""
    found = {}
    for one in answering:
        rows = [*one.respondent.sanctions.all()]
        last = [row for row in rows if row.stage != "decided" and row.round == case.round]
        stage = max((row.stage for row in last), key=("told", "proposed").index, default="")
        found[one.respondent.pk] = [row.form for row in one.decided] or [
            row.form for row in last if row.stage == stage
        ]
    return found


def counts_of(case, answering) -> tuple[list[earlier.Count], str]:
    """What the table says of each respondent, and of the unit. Two queries."""
    respondents = [one.respondent for one in answering]
    return earlier.counts(case, respondents, codes_in_view(case, answering))


def notices_of(case) -> list:
    """Issued from the proposal on, so not asked for before."""
    return [*case.notices.all()] if case.opinion else []


def reviews_of(case) -> list:
    """Entered once the decision was executed, so not asked for before."""
    return [*case.reviews.all()] if case.executed_on else []


def looks_at(case):
    """Who opened the case, as a queryset of entries."""
    return Entry.objects.about(case).for_timeline().filter(verb=LOOK)


def forms_on_paper(case) -> dict[int, list[str]]:
    """What a notice says is to be done: what was decided, else what was proposed."""
    return chosen.standing(case) or chosen.proposed(case)
