"""Cases of accountability in the open year of the demo city, at the steps somebody may want to try."""

from assessments.accountability import actions, deciding, fault_notices, hearing
from assessments.accountability.states import Concerned, Source
from assessments.demo import people
from sanwei.core import clock
from units.organisation.models import Unit

# (clue, source, persons, forms, how far it has come); the first two are about the demo unit
MATTERS = (
    (
        "明察时审批窗口无人值守，群众等候四十分钟。", Source.FINDING,
        (("郝运来", "section", "审批科", "科长"), ("钱多多", "general", "审批科", "科员")),
        ("admonish", "circular"), "told",
    ),
    (
        "办事指南与实际要求不一致，群众两次往返。", Source.COMPLAINT, (("郝运来", "section", "审批科", "科长"),),
        ("admonish",), "in_effect",
    ),
    ("媒体反映窗口工作人员态度生硬，推诿扯皮。", Source.EXPOSURE, (), ("apologise", "circular"), "noticed"),
    ("限时办结事项超期三个月，未说明理由。", Source.FINDING, (), (), "registered"),
    (
        "工作时间上网炒股。", Source.FINDING, (("苟安之", "general", "办公室", "科员"),),
        ("warn", "transfer"), "decided",
    ),
    ("举报收受服务对象土特产。", Source.COMPLAINT, (("甄清白", "county", "", "副主任"),), (), "not_pursued"),
)  # fmt: skip
BASIS = {"clause": "第五条", "clause_text": "违反机关工作纪律和服务承诺，造成不良影响的。"}
PAPER = {"organ": "市纪委监委派驻纪检监察组"}


def call_to_account(campaign, users) -> None:
    """Six cases. One person whose facts have just been told has a decision in the same year."""
    mine = people.demo_unit()
    others = [*Unit.objects.active().exclude(pk=mine.pk).in_order()[20:24]]
    for unit, matter in zip([mine, mine, *others], MATTERS, strict=True):
        live(campaign, unit, users["discipline"], *matter)


def live(campaign, unit, by, clue, source, persons, forms, became) -> None:
    """One case, verb by verb."""
    rows = [dict(zip(("name", "kind", "department", "title"), person, strict=True)) for person in persons]
    case = actions.register(
        campaign=campaign, unit=unit, facts=clue, source=source, by=by, respondents=rows,
        concerned=Concerned.PERSONS if persons else Concerned.UNIT,
    )  # fmt: skip
    if became == "registered":
        return
    case = actions.verify(case=case, by=by)
    if became == "not_pursued":
        actions.not_pursue(case=case, by=by, reason="经核实，举报内容不属实。")
        return
    chosen = {respondent.pk: [*forms] for respondent in case.respondents.all()}
    situation = "p_slack" if persons else "u_service"
    limit = hearing.usual_limit(clock.today())
    words = {"facts": clue, "situation": situation, "due_on": limit, "chosen": chosen}
    case = hearing.notify_facts(case=case, by=by, **words, **BASIS)
    if became != "told":
        conclude(case, by, chosen, became)


def conclude(case, by, chosen, became) -> None:
    """Heard, proposed, and what came of it."""
    for respondent in case.respondents.all():
        case = hearing.make_statement(case=case, by=by, respondent=respondent, waived=True)
    case = deciding.propose(case=case, by=by, opinion="事实清楚，建议按告知的方式处理。", chosen=chosen)
    if became == "noticed":
        words = {"requirement": "限期整改，并书面报告结果。", "due_on": case.hearing_due_on}
        fault_notices.issue_notice(case=case, by=by, grade="serious", **words)
        return
    number = f"六纪〔{clock.today().year}〕{case.pk}号"
    paper = {**PAPER, "document_number": number, "decided_on": clock.today()}
    case = deciding.decide(case=case, by=by, chosen=chosen, **paper)
    if became == "in_effect":
        deciding.execute(case=case, by=by, executed_on=clock.today(), execution="已在单位干部大会上宣布。")
