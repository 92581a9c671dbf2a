"""The forms of accountability that somebody chose for the respondents of a case: key of a respondent → codes."""

from django.core.exceptions import ValidationError

from assessments.accountability import sanctions
from assessments.accountability.models import Respondent, Sanction

TOO_HEAVY = (
    "对{who}的“{form}”重于{said}的“{limit}”。陈述申辩和申诉不得加重处理；"
    "发现新的事实的，请先办理“补充告知”，重新听取陈述申辩。"
)


def pairs(case, chosen) -> list[tuple[Respondent, sanctions.Form]]:
    """Each respondent with each of its forms. Raises ValidationError unless everybody has one, and each can be applied."""
    found = []
    for respondent in case.respondents.in_order():
        respondent.case = case
        codes = set(chosen.get(respondent.pk, ()))
        applicable = [form for form in respondent.forms if form.code in codes]
        if not codes:
            raise ValidationError(f"请为{respondent.called}选择责任追究方式；不应追究的，请办理“不予追究”。")
        if wrong := codes - {form.code for form in applicable}:
            raise ValidationError(f"“{sanctions.named(wrong)}”不适用于{respondent.called}，请重新选择。")
        found += [(respondent, form) for form in applicable]
    return found


def enter_forms(case, stage, chosen) -> None:
    """What was told or proposed in this round. Side effects: rows."""
    rows = [
        Sanction(respondent=respondent, stage=stage, round=case.round, form=form.code, rank=form.rank)
        for respondent, form in pairs(case, chosen)
    ]
    Sanction.objects.bulk_create(rows)


def told(case) -> dict[int, list[str]]:
    """The forms told before the last hearing."""
    return codes(Sanction.objects.filter(respondent__case=case, stage=Sanction.Stage.TOLD, round=case.round))


def proposed(case) -> dict[int, list[str]]:
    stage = Sanction.Stage.PROPOSED
    return codes(Sanction.objects.filter(respondent__case=case, stage=stage, round=case.round))


def standing(case) -> dict[int, list[str]]:
    """The forms decided and in force."""
    return codes(Sanction.objects.in_force().filter(respondent__case=case))


def codes(rows) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, code in rows.order_by("rank", "pk").values_list("respondent", "form"):
        found.setdefault(key, []).append(code)
    return found


def require_not_heavier(case, chosen, limit, said: str) -> None:
    """No respondent gets more than `limit` allows; `said` tells where the limit stands. Raises ValidationError."""
    for respondent in case.respondents.in_order():
        respondent.case = case
        most = limit.get(respondent.pk, [])
        if over := sanctions.heavier(chosen.get(respondent.pk, []), most):
            top = sanctions.heaviest(most)
            words = {"who": respondent.called, "form": over.label, "limit": top.label if top else "—"}
            raise ValidationError(TOO_HEAVY.format(said=said, **words))
