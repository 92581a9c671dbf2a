"""Earlier decisions on the same respondents within a year, found by keys of names (累计追究)."""

import dataclasses
import datetime as dt
from typing import NamedTuple

from assessments.accountability import escalation, sanctions
from assessments.accountability.escalation import Earlier
from assessments.accountability.models import EscalationRule, Respondent, Sanction
from assessments.accountability.periods import a_year_before


class Decided(NamedTuple):
    """One sanction in force on somebody of the unit, or on the unit."""

    case: int
    number: str
    respondent: int
    kind: str
    key: str
    decided_on: dt.date
    code: str
    rank: int


@dataclasses.dataclass(frozen=True)
class Count:
    """What is to be known of one respondent: how often, and what the table says."""

    respondent: Respondent
    earlier: list[Earlier]
    consequences: list[str]
    effects: list[str]

    @property
    def occasion(self) -> int:
        """Which time within the year this is, this case included."""
        return len(self.earlier) + 1


def day_of(case) -> dt.date:
    """The day up to which a year is counted back: of the decision, before it of the registration."""
    return case.decided_on or case.registered_on


def year_of_unit(case, day) -> list[Decided]:
    """What was decided on the unit and its people in the year up to `day`, this case included. One query."""
    rows = Sanction.objects.of_unit(case.unit_id, since=a_year_before(day), until=day)
    return [Decided(*row) for row in rows.values_list(
        "respondent__case", "respondent__case__number", "respondent", "respondent__kind", "respondent__name_key",
        "starts_on", "form", "rank",
    )]  # fmt: skip


def before(case, respondent, decided) -> list[Earlier]:
    """The earlier decisions on a respondent, one for each case, the oldest first."""
    cases: dict[tuple, list] = {}
    for one in decided:
        if one.case != case.pk and one.key == respondent.name_key:
            cases.setdefault((one.number, one.decided_on), []).append(one.code)
    return [Earlier(number, day, tuple(codes)) for (number, day), codes in cases.items()]


def occasions_of(case, day) -> list[int]:
    """For each respondent, which time it is within the year up to `day`."""
    decided = year_of_unit(case, day)
    return [len(before(case, respondent, decided)) + 1 for respondent in case.respondents.in_order()]


def counts(case, respondents, chosen) -> tuple[list[Count], str]:
    """What the table in force says of each respondent, and of the unit. Two queries.

    `chosen`: key of a respondent → codes decided or in view.
    """
    day = day_of(case)
    decided, scheme = year_of_unit(case, day), EscalationRule.objects.scheme_on(day)
    told = []
    for respondent in respondents:
        past, codes = before(case, respondent, decided), chosen.get(respondent.pk, [])
        ranks = [sanctions.BY_CODE[code].rank for code in codes]
        said = escalation.consequences(scheme, codes, past) if codes or past else []
        told.append(Count(respondent, past, said, escalation.effects(codes, ranks)))
    return told, unit_loses(decided)


def unit_loses(decided) -> str:
    """Whether the unit loses its chance of an honour by person-times within the year, in words; nothing if not."""
    persons = {one.respondent for one in decided if one.rank >= escalation.UNIT_RANK and one.kind != "unit"}
    times = len(persons)
    return f"{escalation.UNIT_EFFECT}（已有{times}人次）" if times >= escalation.UNIT_TIMES else ""
