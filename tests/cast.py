"""The people of the tests, by name: the same in every room.

市发展改革委: 李芳 (clerk), 张建国 (head), 赵磊 (lead of 审批科). 市教育局: 孙丽 (clerk), 钱伟 (head), strangers to the
first. The office: 陈静 and its head 刘志强; 王书记 of the leading group; 周明, inspector.
"""

import dataclasses
import datetime as dt

import pytest

from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from tests import make
from units.campaigns.models import Campaign
from units.organisation.models import Department, Unit
from units.plans.models import Plan

BEIJING = dt.timezone(dt.timedelta(hours=8))


def beijing(*moment) -> dt.datetime:
    """An instant by the clock on the wall: beijing(2026, 2, 28, 23, 59, 59)."""
    return dt.datetime(*moment, tzinfo=BEIJING)


@dataclasses.dataclass
class Cast:
    unit: Unit
    department: Department
    clerk: User
    head: User
    lead: User
    other_unit: Unit
    stranger: User
    other_head: User
    officer: User
    office_head: User
    leader: User
    inspector: User
    campaign: Campaign
    plan: Plan
    other_plan: Plan


@pytest.fixture
def cast(db) -> Cast:
    return gather()


def gather() -> Cast:
    unit = make.unit("市发展改革委")
    other = make.unit("市教育局")
    department = make.department(unit, "审批科")
    lead = make.post(make.user("赵磊"), Role.DEPARTMENT_LEAD, unit, department=department).user
    campaign = make.campaign(2026)
    return Cast(
        unit=unit,
        department=department,
        clerk=make.clerk(unit, "李芳"),
        head=make.head(unit, "张建国"),
        lead=lead,
        other_unit=other,
        stranger=make.clerk(other, "孙丽"),
        other_head=make.head(other, "钱伟"),
        officer=make.officer("陈静"),
        office_head=make.holder(Role.OFFICE_HEAD, "刘志强"),
        leader=make.holder(Role.LEADER, "王书记"),
        inspector=make.holder(Role.INSPECTOR, "周明"),
        campaign=campaign,
        plan=make.plan(campaign, unit),
        other_plan=make.plan(campaign, other),
    )
