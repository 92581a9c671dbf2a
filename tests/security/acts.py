"""Every act that is no verb of a workflow: each prepares its ground and returns what is to be done, which may be
done again after it was undone. The name is the verb that the record must show."""

import datetime as dt
from decimal import Decimal

from assessments.accountability import actions as cases
from assessments.accountability import fault_notices, schemes
from assessments.bulletins import actions as bulletins
from assessments.ledger import actions as ledger
from assessments.ledger.gathering import gather_now
from assessments.ledger.rules import set_point_rule
from assessments.publicity.cases import actions as model_cases
from assessments.publicity.exposures import actions as exposures
from sanwei.core.accounts import actions as accounts
from sanwei.core.accounts.second_factor import new_device
from sanwei.core.roles import Role
from sanwei.core.workdays.actions import import_year
from sanwei.core.workdays.models import CalendarDay
from tests import make
from tests.assessments.accountability import build as accountability
from tests.security.people import PASSWORD
from tests.security.workflows import LATER, NOW, a_bulletin, a_policy
from tests.units.policies.build import policy
from units.campaigns import actions as campaigns
from units.organisation import actions as organisation
from units.organisation import imports
from units.plans import actions as plans
from units.plans import drafting, measures
from units.plans.models import Plan
from units.policies import actions as policies


def fresh(row):
    """The row as it stands now, so that nothing left in memory by an act undone is taken for true."""
    return type(row).objects.get(pk=row.pk)


def account(cast):
    cast.clerk.set_password(PASSWORD)
    cast.clerk.save(update_fields=["password"])
    return cast.clerk


def sign_in(cast):
    user = account(cast)
    return lambda: accounts.verify(username=user.username, password=PASSWORD, address="10.0.0.1")


def create_account(cast):
    return lambda: accounts.create_account(username="new", name="新人", by=cast.officer)


def edit_account(cast):
    return lambda: accounts.edit_account(user=fresh(cast.clerk), by=cast.clerk, phone="13900000000")


def issue_password(cast):
    return lambda: accounts.issue_password(user=fresh(cast.clerk), by=cast.officer)


def change_password(cast):
    return lambda: accounts.change_password(user=fresh(cast.clerk), password="Another-2026-word")


def end_sessions(cast):
    return lambda: accounts.end_sessions(user=fresh(cast.clerk), by=cast.clerk)


def disable_account(cast):
    return lambda: accounts.disable_account(user=fresh(cast.clerk), by=cast.officer)


def enable_account(cast):
    accounts.disable_account(user=cast.clerk, by=None)
    return lambda: accounts.enable_account(user=fresh(cast.clerk), by=cast.officer)


def enrol(cast):
    device = new_device(cast.clerk)
    return lambda: accounts.enrol(user=fresh(cast.clerk), device=fresh(device))


def use_recovery_code(cast):
    code = accounts.enrol(user=cast.clerk, device=new_device(cast.clerk))[0]
    return lambda: accounts.use_recovery_code(user=cast.clerk, code=code)


def appoint(cast):
    return lambda: organisation.appoint(user=cast.stranger, role=Role.OFFICE, by=cast.officer)


def end_post(cast):
    post = cast.clerk.posts.get()
    return lambda: organisation.end_post(post=fresh(post), by=cast.officer, reason="调离")


def delegate(cast):
    words = {"post": cast.head.posts.get(), "user": cast.stranger, "by": cast.head}
    return lambda: organisation.delegate(**words, starts_on=NOW.date(), ends_on=LATER)


def create_unit(cast):
    words = {"code": "N1", "name": "市数据局", "short_name": "数据局", "category": "government"}
    more = {"affiliation": "city", "tier": "good", "order": 900}
    return lambda: organisation.create_unit(by=cast.officer, **words, **more)


def edit_unit(cast):
    return lambda: organisation.edit_unit(unit=fresh(cast.unit), by=cast.officer, has_counter=True)


def rename(cast):
    words = {"name": "市发展和改革局", "short_name": "发改局", "by": cast.officer}
    return lambda: organisation.rename(unit=fresh(cast.unit), **words)


def merge(cast):
    words = {"successor": cast.other_unit, "by": cast.officer, "reason": "机构改革"}
    return lambda: organisation.merge(unit=fresh(cast.unit), **words)


def set_tier(cast):
    words = {"tier": "weak", "reason": "评估", "by": cast.officer}
    return lambda: organisation.set_tier(unit=fresh(cast.unit), **words)


def save_department(cast):
    words = {"name": "法规科", "is_counter": False, "by": cast.clerk}
    return lambda: organisation.save_department(unit=cast.unit, **words)


MEMBER = {"position": "head", "name": "王书记", "title": "市委副书记", "phone": ""}


def set_leading_group(cast):
    return lambda: organisation.set_leading_group(unit=cast.unit, members=[MEMBER], by=cast.officer)


def set_leading_group_of_the_city(cast):
    return lambda: organisation.set_leading_group(unit=None, members=[MEMBER], by=cast.officer)


def import_units(cast):
    row = {
        "code": "N1", "name": "市数据局", "short_name": "数据局", "category": "government", "affiliation": "city",
        "tier": "good", "has_counter": False,
    }  # fmt: skip
    department = {"unit": "N1", "name": "办公室", "is_counter": True}
    roster = imports.Roster([row], [department], errors=[], new=["市数据局"], changed=[], unchanged=0)
    return lambda: imports.enter(roster, by=cast.officer)


def import_calendar(cast):
    days = CalendarDay.objects.filter(year=2026)
    rows = [{"date": day.date, "kind": day.get_kind_display(), "name": day.name} for day in days]
    words = {"year": 2026, "status": "official", "source": "国办发明电", "rows": rows}
    return lambda: import_year(**words, by=cast.officer)


def create_campaign(cast):
    words = {"year": 2027, "title": "2027年创建活动", "theme": "优化环境"}
    return lambda: campaigns.create(**words, by=cast.officer)


def edit_campaign(cast):
    words = {"theme": "优化环境", "plan_rule": "3月10日前"}
    return lambda: campaigns.edit(campaign=fresh(cast.campaign), by=cast.officer, **words)


def set_stages(cast):
    stage = {"name": "动员", "starts_on": dt.date(2026, 1, 4), "ends_on": dt.date(2026, 2, 1), "note": ""}
    return lambda: campaigns.set_stages(campaign=cast.campaign, stages=[stage], by=cast.officer)


def create_policy(cast):
    return lambda: policy(by=cast.officer, full_text="一、总则\n根据直创字〔2004〕1号。\n二、附则")


def edit_policy(cast):
    row = a_policy(cast, "in_force")
    words = {name: getattr(row, name) for name in policies.FIELDS} | {"full_text": "一、总则"}
    return lambda: policies.edit(policy=fresh(row), version=1, by=cast.officer, **words)


def copy_from_last_year(cast):
    earlier = make.plan(make.campaign(2025, state="archive"), cast.unit)
    make.approved_plan(earlier, cast.clerk, cast.head, cast.officer)
    return lambda: drafting.copy_from_last_year(plan=fresh(cast.plan), by=cast.clerk)


def import_measures(cast):
    words = {"rows": [make.measure_row()], "version": 0, "by": cast.clerk}
    return lambda: drafting.append_measures(plan=fresh(cast.plan), **words)


def comment(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, NOW)
    plans.start_review(plan=plan, by=cast.officer)
    words = {"section": "measures", "text": "请量化", "by": cast.officer}
    return lambda: plans.comment(plan=fresh(plan), **words)


def urge(cast):
    return lambda: plans.urge(plans=Plan.objects.filter(pk=cast.plan.pk), by=cast.officer)


def record_progress(cast):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, NOW)
    words = {"percent": 40, "text": "已压减两项", "version": 1, "by": cast.clerk}
    return lambda: measures.record_progress(measure=plan.measures.get(), **words)


def draft_bulletin(cast):
    words = {"kind": "submission", "campaign": cast.campaign, "by": cast.officer}
    return lambda: bulletins.draft(**words)


def recompile(cast):
    row = a_bulletin(cast, "draft")
    return lambda: bulletins.recompile(bulletin=fresh(row), by=cast.officer)


def edit_bulletin(cast):
    row = a_bulletin(cast, "draft")
    words = {"title": "通报", "addressees": "各单位", "text": "一、情况", "version": 1, "by": cast.officer}
    return lambda: bulletins.edit(bulletin=fresh(row), **words)


def sign_for(cast):
    row = a_bulletin(cast, "numbered")
    bulletins.publish(bulletin=row, by=cast.officer)
    return lambda: bulletins.sign_for(bulletin=fresh(row), units=[cast.unit.pk], by=cast.clerk)


def register_case(cast):
    person = accountability.disciplinarian()
    return lambda: accountability.registered(cast, by=person)


def look_at_a_case(cast):
    row = accountability.registered(cast)
    return lambda: cases.look(case=fresh(row), by=cast.office_head)


def sign_fault_notice(cast):
    notice = accountability.with_notice(cast).notices.get()
    return lambda: fault_notices.sign_notice(notice=fresh(notice), by=cast.head)


def set_scheme(cast):
    words = {"since": LATER, "scheme": "county", "reason": "按县区办法执行", "by": cast.office_head}
    return lambda: schemes.set_scheme(**words)


def register(cast):
    words = {"media": "皖西日报", "media_kind": "newspaper", "appeared_on": NOW.date(), "title": "排队时间长"}
    more = {"summary": "窗口少", "persons": "张三 科长", "campaign": cast.campaign, "unit": cast.unit}
    return lambda: exposures.register(by=cast.officer, **words, **more)


def create_case(cast):
    words = {
        "kind": "service",
        "title": "一窗受理",
        "practice": "并窗",
        "effect": "提速",
        "replicability": "可复制",
    }
    return lambda: model_cases.create(campaign=cast.campaign, unit=cast.unit, by=cast.clerk, **words)


def link_accounts(cast):
    words = {"other": cast.officer, "reason": "同名同岗，经本人确认", "by": cast.office_head}
    row = make.user("陈静")
    return lambda: accounts.link_accounts(user=row, **words)


def unlink_account(cast):
    row = make.user("陈静", person=cast.officer.person)
    return lambda: accounts.unlink_account(user=row, reason="认定有误", by=cast.office_head)


def enter_points(cast):
    return lambda: make.ledger_entry(cast.campaign, cast.unit, cast.officer)


def reverse_points(cast):
    row = make.ledger_entry(cast.campaign, cast.unit, cast.officer)
    return lambda: ledger.reverse(entry=row, by=cast.office_head, reason="认定有误")


def gather_points(cast):
    return lambda: gather_now(campaign=cast.campaign, by=cast.officer)


def set_a_point_rule(cast):
    words = {"indicator": "F1", "points": Decimal("-1"), "reason": "市里要求", "by": cast.office_head}
    return lambda: set_point_rule(kind="task.red", since=LATER, **words)


ACTS = {  # act: the verb in the record
    sign_in: "sign_in", create_account: "create_account", edit_account: "edit_account", issue_password: "issue_password",
    change_password: "change_password", end_sessions: "end_sessions", disable_account: "disable_account",
    enable_account: "enable_account", enrol: "enrol", use_recovery_code: "use_recovery_code",
    appoint: "appoint", end_post: "end_post", delegate: "delegate", create_unit: "create", edit_unit: "edit",
    rename: "rename", merge: "merge", set_tier: "set_tier", save_department: "save_department",
    set_leading_group: "set_leading_group", set_leading_group_of_the_city: "set_leading_group",
    import_units: "import", import_calendar: "import", create_campaign: "create", edit_campaign: "edit",
    set_stages: "set_stages", create_policy: "create", edit_policy: "edit",
    copy_from_last_year: "copy_from_last_year", import_measures: "import_measures", comment: "comment",
    urge: "urge", record_progress: "record_progress", draft_bulletin: "draft", recompile: "recompile",
    edit_bulletin: "edit", sign_for: "sign_for", register: "register", create_case: "create", link_accounts: "link_accounts",
    unlink_account: "unlink_account", enter_points: "enter", reverse_points: "reverse", gather_points: "gather",
    set_a_point_rule: "set_point_rule",
    register_case: "register", look_at_a_case: "look",
    sign_fault_notice: "sign_notice", set_scheme: "set_scheme",
}  # fmt: skip
