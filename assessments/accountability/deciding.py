"""From the proposal to the decision of the competent organ and its execution. The portal records what others decided."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.accountability import chosen as forms
from assessments.accountability import earlier
from assessments.accountability.chosen import enter_forms, require_not_heavier
from assessments.accountability.models import Sanction
from assessments.accountability.notices import to_head
from assessments.accountability.periods import effect_until
from assessments.accountability.recusal import handled
from assessments.accountability.sanctions import heaviest
from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from units.policies import numbers

BEFORE_THE_HEARING = "事实告知时告知"


@transaction.atomic
def propose(*, case, by, opinion, chosen, circumstances=(), version=None):
    """提出处理建议 after the hearing, nothing heavier than what was told before it.

    `chosen`: key of a respondent → codes; `circumstances`: codes that weigh. Side effects: state, rows, audit.
    """

    def proposed(row):
        require_not_heavier(row, chosen, forms.told(row), BEFORE_THE_HEARING)
        return {"opinion": opinion, "circumstances": [*circumstances], "remind_on": clock.today()}

    case = handled(case, "propose", by, version=version, changes=proposed)
    enter_forms(case, Sanction.Stage.PROPOSED, chosen)
    return case


@transaction.atomic
def decide(*, case, by, organ, document_number, decided_on, chosen, months=None, version=None):
    """登记处理决定 of the competent organ, nothing heavier than what was told before the hearing.

    `months`: key of a respondent → months of effect that the decision itself names, for the heaviest of its forms; the others
    have those of the table, counted from the day of the decision.
    Side effects: state, rows, audit with how often in the year, an announcement to the head.
    """
    number = canonical(document_number)

    def decided(row):
        require_day("decided_on", decided_on, since=clock.day_of(row.notified_at))
        require_not_heavier(row, chosen, forms.told(row), BEFORE_THE_HEARING)
        made["rows"] = rows = decided_rows(row, 1, chosen, months or {}, decided_on)
        return {"organ": organ, "document_number": number, "decided_on": decided_on, **period(rows)}

    made = {}
    occasions = earlier.occasions_of(case, decided_on)
    case = handled(case, "decide", by, version=version, changes=decided, occasions=occasions)
    Sanction.objects.bulk_create(made["rows"])
    notify(*to_head(case, "decide", "处理决定已登记"))
    return case


def decided_rows(case, round, chosen, months, decided_on) -> list[Sanction]:
    """The decided forms with their effect periods, not yet saved."""
    rows = []
    for respondent, form in forms.pairs(case, chosen):
        own = months.get(respondent.pk)
        named = own is not None and form is heaviest(chosen[respondent.pk])
        lasting = own if named else form.months
        rows.append(
            Sanction(
                respondent=respondent, stage=Sanction.Stage.DECIDED, round=round, form=form.code, rank=form.rank,
                in_force=True, starts_on=decided_on, months=lasting, effect_until=effect_until(decided_on, lasting),
            )
        )  # fmt: skip
    return rows


def period(rows) -> dict:
    """What the case keeps of its sanctions: the end of the longest, and when to look at it again."""
    return {
        "effect_until": max((row.effect_until for row in rows if row.effect_until), default=None),
        "is_endless": any(row.months is None for row in rows),
        "remind_on": clock.today(),
    }


def canonical(document_number: str) -> str:
    """The number with the brackets of the house. Raises ValidationError when it is none."""
    number = numbers.parse(document_number)
    if number is None:
        words = f"看不懂文号“{document_number}”。请写成“六效发〔2026〕3号”的形式。"
        raise ValidationError({"document_number": words})
    return str(number)


def require_day(field: str, day: dt.date, since: dt.date) -> None:
    """Not in the future, and not before what must come first."""
    if day > clock.today():
        raise ValidationError({field: "日期不能晚于今天，请核对文件后填写。"})
    if day < since:
        raise ValidationError({field: f"日期不能早于前一环节的{written(since)}，请核对文件后填写。"})


@transaction.atomic
def execute(*, case, by, executed_on, execution):
    """登记执行: the decision was read out and carried out. Side effects: state, audit."""

    def executed(row):
        require_day("executed_on", executed_on, since=row.decided_on)
        return {"executed_on": executed_on, "execution": execution}

    return handled(case, "execute", by, changes=executed)
