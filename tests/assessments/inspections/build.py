"""An inspection of the cast's unit by 周明 and 秦岚, and findings in it."""

import datetime as dt

from assessments.inspections.findings import actions as findings
from assessments.inspections.models import Finding, FindingClass, Inspection
from assessments.inspections.planning import actions as inspections
from sanwei.core import clock
from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from tests import make

SECOND = "秦岚"
THEME = "窗口服务作风暗访"


def second_inspector() -> User:
    return User.objects.filter(name=SECOND).first() or make.holder(Role.INSPECTOR, SECOND)


def inspection(cast, **fields) -> Inspection:
    """Prepared, by 周明 with 秦岚, three days from today; no unit yet."""
    today = clock.today()
    defaults = {
        "kind": "undercover",
        "theme": THEME,
        "starts_on": today,
        "ends_on": today + dt.timedelta(days=2),
        "team": [cast.inspector, second_inspector()],
        "leader": cast.inspector,
        "guests": ["代表甲"],
    }
    return inspections.plan(campaign=cast.campaign, by=cast.inspector, **{**defaults, **fields})


def under_way(cast, unit=None, **fields) -> Inspection:
    """Started, in the cast's unit."""
    row = inspection(cast, **fields)
    words = {"unit": unit or cast.unit, "reason": "群众反映集中", "overlap_known": True}
    inspections.add_unit(inspection=row, by=cast.inspector, **words)
    return inspections.start(inspection=row, by=cast.inspector)


def item(code="A04") -> FindingClass:
    return FindingClass.objects.items().get(code=code)


def finding(cast, inspection=None, **fields) -> Finding:
    """Recorded by 周明, seen by 秦岚 too: somebody was not at the window."""
    defaults = {
        "unit": cast.unit,
        "department": cast.department,
        "place": "政务中心3号窗口",
        "found_at": clock.now() - dt.timedelta(minutes=30),
        "method": "undercover",
        "item": item(),
        "severity": "moderate",
        "facts": "上午工作时间窗口无人值守12分钟，两名办事群众等候。",
        "requirement": "落实AB岗制度，窗口不得空岗。",
        "rectify_by": clock.today() + dt.timedelta(days=14),
        "witnesses": [second_inspector()],
    }
    where = inspection or under_way(cast)
    return findings.file(inspection=where, by=cast.inspector, **{**defaults, **fields})


def notified(cast, **fields) -> Finding:
    return findings.notify(finding=finding(cast, **fields), by=cast.inspector)


def objected(cast, **fields) -> Finding:
    return findings.object(
        finding=notified(cast, **fields), by=cast.head, objection="当时在里间取件，有监控为证。"
    )


def upheld(cast, **fields) -> Finding:
    return findings.accept(finding=notified(cast, **fields), by=cast.head)
