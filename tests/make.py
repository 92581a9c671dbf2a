"""One-line builders. Each returns a saved row; everything not named gets a plain default."""

import datetime as dt
import itertools
from decimal import Decimal

from assessments.bulletins import actions as bulletins
from assessments.ledger import actions as ledger
from assessments.ledger.models import LedgerEntry
from assessments.publicity.cases import actions as cases
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import actions as exposures
from assessments.publicity.exposures.models import Exposure
from sanwei.core import clock
from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from sanwei.core.workdays import calendar
from units.campaigns.models import Campaign
from units.organisation.models import Department, Post, Unit
from units.organisation.naming import terms_of
from units.plans import actions, drafting
from units.plans.content import MEASURE_FIELDS, SectionKind
from units.plans.models import Plan, Section
from units.rectification import actions as tasks
from units.rectification.models import Task

counter = itertools.count(1)


def unit(name="市发展和改革委员会", **fields) -> Unit:
    n = next(counter)
    defaults = {
        "code": f"U{n:04d}",
        "short_name": name,
        "category": Unit.Category.GOVERNMENT,
        "affiliation": Unit.Affiliation.CITY,
        "tier": Unit.Tier.GOOD,
        "order": n,
    }
    return Unit.objects.create(name=name, **{**defaults, **fields})


def searchable_unit(name) -> Unit:
    """A unit that is found by its name, its abbreviations and their pinyin, as one that was entered is."""
    return unit(name, search_terms=terms_of(name))


def department(unit, name="办公室", **fields) -> Department:
    return Department.objects.create(unit=unit, name=name, **fields)


def user(name="王敏", **fields) -> User:
    n = next(counter)
    defaults = {"username": f"user{n}", "must_change_password": False}
    return User.objects.create_user(name=name, **{**defaults, **fields})


def post(user, role, unit=None, **fields) -> Post:
    defaults = {"starts_on": dt.date(2020, 1, 1)}
    return Post.objects.create(user=user, role=role, unit=unit, **{**defaults, **fields})


def clerk(unit, name="李芳") -> User:
    return post(user(name), Role.UNIT_CLERK, unit).user


def head(unit, name="张建国") -> User:
    return post(user(name), Role.UNIT_HEAD, unit).user


def officer(name="陈静") -> User:
    return post(user(name), Role.OFFICE).user


def holder(role, name="周明", unit=None) -> User:
    """Somebody who holds `role` (and nothing else)."""
    return post(user(name), role, unit).user


def campaign(year=2026, **fields) -> Campaign:
    """An open campaign, due on the last day of February at 24:00."""
    due_on = dt.date(year, 3, 1) - dt.timedelta(days=1)
    defaults = {
        "title": f"{year}年市直创建“三型机关”活动",
        "theme": "提高服务效能，优化发展环境",
        "state": Campaign.State.OPEN,
        "plan_due_on": due_on,
        "plan_due_at": clock.end_of_day(due_on),
    }
    return Campaign.objects.create(year=year, **{**defaults, **fields})


def plan(campaign, unit, **fields) -> Plan:
    defaults = {"unit_order": unit.order, "due_at": campaign.plan_due_at}
    return Plan.objects.create(campaign=campaign, unit=unit, **{**defaults, **fields})


def measure_row(title="压减审批材料", **fields) -> dict:
    """One row of the measures as a clerk types it."""
    row = dict.fromkeys(MEASURE_FIELDS, "")
    row.update(
        title=title, kind="服务", department="审批科", due_on="2026年6月30日", deliverable="材料减少三成"
    )
    return {**row, **fields}


def write_plan(plan, by, experience="坚持一线工作法。", rows=None) -> Plan:
    """Fill every section so that the plan is complete, and return it as it now stands."""
    typed = {
        SectionKind.EXPERIENCE: {"text": experience},
        SectionKind.WEAKNESSES: {
            "rows": [{"problem": "审批环节多", "cause": "流程老化", "remedy": "压减环节"}]
        },
        SectionKind.MEASURES: {"rows": rows or [measure_row()]},
        SectionKind.LEADERSHIP: {
            "head": "张建国 主任",
            "deputy": "李强 副主任",
            "party": "机关党委",
            "text": "",
        },
    }
    Department.objects.get_or_create(unit=plan.unit, name="审批科")
    for kind, content in typed.items():
        version = drafting.sections_of(plan)[kind].version
        drafting.save_section(plan=plan, kind=kind, typed=content, version=version, by=by)
    return Plan.objects.for_detail().get(pk=plan.pk)


def awaiting_plan(plan, clerk) -> Plan:
    return actions.request_signature(plan=write_plan(plan, clerk), by=clerk)


def submitted_plan(plan, clerk, head, received_at=None) -> Plan:
    signed = actions.sign(plan=awaiting_plan(plan, clerk), by=head, received_at=received_at or clock.now())
    return Plan.objects.for_detail().get(pk=signed.plan_id)


def approved_plan(plan, clerk, head, officer, received_at=None) -> Plan:
    plan = submitted_plan(plan, clerk, head, received_at)
    actions.approve(plan=plan, by=officer)
    return Plan.objects.for_detail().get(pk=plan.pk)


def in_force(plan, cast) -> Plan:
    """A plan that is written already, sent, signed and approved by the people of the cast."""
    plan = actions.request_signature(plan=plan, by=cast.clerk)
    signed = actions.sign(plan=plan, by=cast.head, received_at=clock.now())
    actions.approve(plan=Plan.objects.for_detail().get(pk=signed.plan_id), by=cast.officer)
    return Plan.objects.for_detail().get(pk=signed.plan_id)


def published_plan(plan, officer) -> Plan:
    return actions.publish(plan=plan, by=officer)


def published_bulletin(cast):
    """The submission bulletin, signed by the head of the office, issued and open to everybody."""
    row = bulletins.draft(kind="submission", campaign=cast.campaign, by=cast.officer)
    row = bulletins.request_review(bulletin=row, by=cast.officer)
    row = bulletins.sign(bulletin=row, by=cast.office_head)
    row = bulletins.publish(bulletin=bulletins.number(bulletin=row, by=cast.officer), by=cast.officer)
    return bulletins.open(bulletin=row, by=cast.officer)


def write_plan_directly(plan) -> None:
    """Complete sections as rows, whatever the plan's state (drafting would refuse)."""
    Department.objects.get_or_create(unit=plan.unit, name="审批科")
    content = {
        SectionKind.EXPERIENCE: {"text": "坚持一线工作法。"},
        SectionKind.WEAKNESSES: {"rows": [{"uid": "w1", "problem": "环节多", "cause": "", "remedy": ""}]},
        SectionKind.MEASURES: {"rows": [{"uid": "m1", **measure_row()}]},
        SectionKind.LEADERSHIP: {"head": "张建国", "deputy": "李强", "party": "机关党委", "text": ""},
    }
    Section.objects.bulk_create(
        Section(plan=plan, kind=kind, content=value) for kind, value in content.items()
    )


def task(campaign, unit, by, **fields) -> Task:
    """A rectification task as the office opens it by hand, due in ten working days."""
    defaults = {
        "title": "窗口排队时间长",
        "requirement": "增开窗口，压减排队时间。",
        "due_on": calendar.add_workdays(clock.today(), 10),
        "source": "bulletin",
    }
    return tasks.open_task(campaign=campaign, unit=unit, by=by, **{**defaults, **fields})


def task_in_progress(campaign, unit, by, clerk, **fields) -> Task:
    return tasks.sign_for(task=task(campaign, unit, by, **fields), by=clerk)


def reported_task(campaign, unit, by, clerk, head, **fields) -> Task:
    """Reported as done by the unit and waiting to be verified."""
    row = task_in_progress(campaign, unit, by, clerk, **fields)
    row = tasks.report_done(task=row, by=clerk, result="已增开两个窗口，排队时间降至10分钟以内。")
    return tasks.confirm(task=row, by=head)


def ledger_entry(campaign, unit, by, **fields) -> LedgerEntry:
    """Half a point less for something that was found out today."""
    number = next(counter)
    defaults = {
        "indicator": "F2",
        "points": Decimal("-0.50"),
        "event": f"finding:{number}",
        "cause": f"finding:{number}",
        "cause_label": "窗口无人值守",
        "rule": "督查发现问题（一般）：每人次扣0.5分（指标F2）。",
        "occurred_on": clock.today(),
    }
    return ledger.enter(campaign=campaign, unit=unit, by=by, **{**defaults, **fields})


def exposure(campaign, unit, by, **fields) -> Exposure:
    """An exposure as the press enters it, with a link, two persons, and a day that has passed."""
    defaults = {
        "media": "皖西日报",
        "media_kind": "newspaper",
        "appeared_on": clock.today(),
        "title": "办事大厅张三态度生硬",
        "summary": "审批窗口张三、欧阳修推诿，联系电话13812345678。",
        "link": "https://news.example.com/a/1",
        "persons": "张三 审批科科长\n欧阳修（窗口人员）",
    }
    return exposures.register(campaign=campaign, unit=unit, by=by, **{**defaults, **fields})


def verified_exposure(cast, finding="true", **fields) -> Exposure:
    row = exposure(cast.campaign, cast.unit, cast.officer, **fields)
    return exposures.verify(exposure=row, by=cast.officer, finding=finding, basis="经查监控，张三确有推诿。")


def proposed_exposure(cast, **fields) -> Exposure:
    """With a reply, proposed by 陈静 of the office."""
    row = verified_exposure(cast, **fields)
    row = exposures.reply(exposure=row, by=cast.officer, text="经核实，张三服务态度生硬，已批评教育。")
    return exposures.propose(exposure=row, by=cast.officer)


def published_exposure(cast, **fields) -> Exposure:
    return exposures.publish(exposure=proposed_exposure(cast, **fields), by=cast.office_head)


def withdrawn_exposure(cast, **fields) -> Exposure:
    words = {"correction": "原答复所述办理时间有误，特此更正。", "reason": "时间有误"}
    return exposures.withdraw(exposure=published_exposure(cast, **fields), by=cast.officer, **words)


def model_case(cast, **fields) -> ModelCase:
    """A draft of the clerk 李芳 of 市发展改革委."""
    defaults = {
        "kind": "service",
        "title": "一窗受理的李四经验",
        "practice": "一、整合窗口\n窗口负责人李四带头，把十二个窗口并为一个。",
        "effect": "平均办理时间由五天减为一天，咨询可致电李四0564-3331234。",
        "replicability": "有综合窗口的单位都可以照着做。",
        "persons": "李四 窗口负责人",
    }
    words = {"campaign": cast.campaign, "unit": cast.unit, "by": cast.clerk, **defaults, **fields}
    return cases.create(**words)


def submitted_case(cast, **fields) -> ModelCase:
    row = cases.request_signature(case=model_case(cast, **fields), by=cast.clerk)
    return cases.sign(case=row, by=cast.head)


def adopted_case(cast, **fields) -> ModelCase:
    row = cases.start_editing(case=submitted_case(cast, **fields), by=cast.officer)
    return cases.adopt(case=row, by=cast.officer)


def proposed_case(cast, **fields) -> ModelCase:
    return cases.propose(case=adopted_case(cast, **fields), by=cast.officer)


def published_case(cast, **fields) -> ModelCase:
    return cases.publish(case=proposed_case(cast, **fields), by=cast.office_head)


def withdrawn_case(cast, **fields) -> ModelCase:
    words = {"correction": "所列数据有误，特此更正。", "reason": "数据有误"}
    return cases.withdraw(case=published_case(cast, **fields), by=cast.officer, **words)
