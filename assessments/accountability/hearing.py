"""Telling the facts and hearing those who answer, which nobody may skip (事实告知、陈述申辩; dossier [L5] art. 43)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.accountability import access, recusal
from assessments.accountability.chosen import enter_forms
from assessments.accountability.models import Respondent, Sanction, Statement
from assessments.accountability.notices import to_handlers, to_head
from assessments.accountability.recusal import handled
from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.rows import append
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.policies.models import Policy

HEARING_WORKDAYS = 5  # proposed for the limit of a hearing; whoever tells the facts may set another
BASIS = "六办发〔2006〕14号"


def the_basis() -> Policy:
    """The measures of 2006 in the library. Raises ValidationError when they are not there."""
    policy = Policy.objects.filter(number=BASIS).first()
    if policy is None:
        words = f"文件库中没有{BASIS}，不能引用追究依据。请先由领导组办公室在文件库录入该文件。"
        raise ValidationError(words)
    return policy


def usual_limit(today: dt.date) -> dt.date:
    return calendar.add_workdays(today, HEARING_WORKDAYS)


@transaction.atomic
def notify_facts(*, case, by, facts, due_on, chosen, version=None, **basis):
    """事实告知: facts, basis and the forms in view are told, and until `due_on` everybody may speak.

    `chosen`: key of a respondent → codes of forms; `basis`: situation, clause, clause_text. From here on the unit's head
    sees the case. Side effects: state, rows, audit, an announcement to the head.
    """
    return tell(case, "notify_facts", by, lambda row: facts, due_on, chosen, version, basis)


@transaction.atomic
def notify_again(*, case, by, new_facts, due_on, chosen, version=None, **basis):
    """补充告知: new facts, which may lead to heavier forms, want a new hearing. Side effects: as of notify_facts()."""
    said = f"补充事实（{written(clock.today())}）：{new_facts}"
    return tell(
        case, "notify_again", by, lambda row: f"{row.facts_told}\n\n{said}", due_on, chosen, version, basis
    )


def tell(case, verb, by, facts_of, due_on, chosen, version, basis):
    require_later(due_on)

    def told(row):
        return {
            **basis,
            "round": row.round + 1,
            "facts_told": facts_of(row),
            "policy": the_basis(),
            "notified_at": clock.now(),
            "hearing_due_on": due_on,
            "heard_at": None,
            "remind_on": clock.today(),
        }

    case = handled(case, verb, by, version=version, changes=told, due_on=due_on.isoformat())
    enter_forms(case, Sanction.Stage.TOLD, chosen)
    notify(*to_head(case, verb, f"事实已告知，请于{written(due_on)}前陈述申辩"))
    return case


def require_later(due_on: dt.date) -> None:
    if due_on <= clock.today():
        raise ValidationError({"due_on": "陈述申辩期限须晚于今天，请重新选择日期。"})


@transaction.atomic
def make_statement(*, case, by, respondent, waived, text=""):
    """陈述申辩 of one respondent, or that it is waived. When all have spoken or waived it the hearing is held.

    Side effects: row, mark, audit, an announcement to those who handle the case.
    """
    by_unit = access.is_head(by, case)
    if not by_unit:
        recusal.require_impartial(case, by)
    if respondent.case_id != case.pk:
        raise ValidationError({"respondent": "请选择本案的追究对象。"})
    if not waived and not text.strip():
        raise ValidationError({"text": "请写明陈述申辩意见；不陈述的，请选择“放弃陈述申辩”。"})

    def spoken(row):
        words = {"waived": waived, "text": text.strip(), "by": by, "by_unit": by_unit}
        append(Statement(respondent=respondent, round=row.round, **words))
        return {} if unheard(row) else {"heard_at": clock.now()}

    case = advance(case, "make_statement", by, changes=spoken, waived=waived)
    if case.heard_at:
        notify(*to_handlers(case, "make_statement", "已陈述申辩，请提出处理建议", but=by))
    return case


def unheard(case) -> list[Respondent]:
    """Those who have neither spoken nor waived it since the facts were told last."""
    spoken = Statement.objects.filter(respondent__case=case, round=case.round).values("respondent")
    return [*case.respondents.in_order().exclude(pk__in=spoken)]
