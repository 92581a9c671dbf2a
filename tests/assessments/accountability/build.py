"""A case of accountability in one line, in any state: each returns the case as it now stands."""

import datetime as dt

import time_machine

from assessments.accountability import actions, deciding, fault_notices, hearing, reviewing
from assessments.accountability.models import AccountabilityCase
from sanwei.core import clock
from sanwei.core.roles import Role
from tests import make
from tests.cast import beijing
from tests.units.policies.build import policy
from units.organisation.models import Post
from units.policies.models import Policy

TODAY = dt.date(2026, 3, 2)
NAME = "欧阳若愚"  # nobody else's in any test
BASIS = {"situation": "p_slack", "clause": "第五条第二项", "clause_text": "上班时间擅离岗位的"}
PAPER = {"organ": "市纪委监委", "document_number": "六纪〔2026〕8号"}


def person(name=NAME, **fields) -> dict:
    return {"name": name, "kind": "section", "department": "审批科", "title": "科长", **fields}


def disciplinarian():
    """冯涛, the discipline officer; one however often it is asked."""
    held = Post.objects.filter(role=Role.DISCIPLINE, user__name="冯涛").select_related("user").first()
    return held.user if held else make.holder(Role.DISCIPLINE, "冯涛")


def basis() -> Policy:
    found = Policy.objects.filter(number=hearing.BASIS).first()
    return found or policy(number="六办发[2006]14号", title="责任追究暂行办法", kind="rules")


def registered(cast, unit=None, persons=(NAME,), by=None, **fields) -> AccountabilityCase:
    about = {"concerned": "persons", "respondents": [person(name) for name in persons]} if persons else {}
    words = {"facts": "三月二日上午九时，审批窗口无人值守。", "source": "finding", **about, **fields}
    return actions.register(
        campaign=cast.campaign, unit=unit or cast.unit, by=by or disciplinarian(), **words
    )


def verifying(cast, **fields) -> AccountabilityCase:
    return actions.verify(case=registered(cast, **fields), by=disciplinarian())


def all_get(case, *codes) -> dict:
    return {respondent.pk: list(codes) for respondent in case.respondents.all()}


def told(cast, *codes, due_on=None, **fields) -> AccountabilityCase:
    """The facts are told, with these forms in view (通报批评 if none is named)."""
    basis()
    case = verifying(cast, **fields)
    words = {**BASIS, "situation": "p_slack" if case.for_persons else "u_service"}
    limit = due_on or hearing.usual_limit(clock.today())
    return hearing.notify_facts(
        case=case, by=disciplinarian(), facts="审批窗口擅自离岗。", due_on=limit,
        chosen=all_get(case, *(codes or ("circular",))), **words,
    )  # fmt: skip


def heard(cast, *codes, **fields) -> AccountabilityCase:
    return all_waive(told(cast, *codes, **fields))


def all_waive(case) -> AccountabilityCase:
    for respondent in case.respondents.all():
        case = hearing.make_statement(case=case, by=disciplinarian(), respondent=respondent, waived=True)
    return case


def proposed(cast, *codes, **fields) -> AccountabilityCase:
    case = heard(cast, *codes, **fields)
    chosen = all_get(case, *(codes or ("circular",)))
    return deciding.propose(case=case, by=disciplinarian(), opinion="建议按办法处理。", chosen=chosen)


def decided(cast, *codes, months=None, **fields) -> AccountabilityCase:
    case = proposed(cast, *codes, **fields)
    chosen = all_get(case, *(codes or ("circular",)))
    return deciding.decide(
        case=case, by=disciplinarian(), decided_on=clock.today(), chosen=chosen, months=months, **PAPER
    )


def in_effect(cast, *codes, **fields) -> AccountabilityCase:
    case = decided(cast, *codes, **fields)
    return deciding.execute(case=case, by=disciplinarian(), executed_on=clock.today(), execution="已宣布。")


def appealed(cast, *codes, **fields) -> AccountabilityCase:
    case = in_effect(cast, *codes, **fields)
    return reviewing.appeal(case=case, by=disciplinarian(), appealed_on=clock.today(), appeal="事实不清。")


def with_notice(cast, **fields) -> AccountabilityCase:
    case = proposed(cast, **fields)
    words = {"grade": "fault", "requirement": "书面检查。", "due_on": hearing.usual_limit(clock.today())}
    return fault_notices.issue_notice(case=case, by=disciplinarian(), **words)


def on(year, month, day, hour=9):
    """At nine in the morning of a day."""
    return time_machine.travel(beijing(year, month, day, hour), tick=False)
