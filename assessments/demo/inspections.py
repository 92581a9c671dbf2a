"""What the supervision offices are after in the open year of the demo city: one inspection that is done, one that is secret."""

import datetime as dt

from assessments.demo import people
from assessments.inspections.findings import actions, deciding
from assessments.inspections.models import FindingClass, Inspection
from assessments.inspections.planning import actions as planning
from sanwei.core import clock
from sanwei.core.roles import Role
from sanwei.core.workdays import calendar
from units.organisation.models import Unit

# (item, severity, place, facts, requirement, what became of it)
SEEN = (
    (
        "A04",
        "moderate",
        "政务中心3号窗口",
        "上午工作时间窗口无人值守12分钟，两名办事群众等候。",
        "落实AB岗制度，窗口不得空岗。",
        "accepted",
    ),
    (
        "E07",
        "minor",
        "办公楼二楼",
        "4间办公室未摆放岗位牌、去向牌。",
        "一周内补齐岗位牌、去向牌，办公室每日抽查。",
        "notified",
    ),
    (
        "F05",
        "minor",
        "公开咨询电话",
        "两个工作日内四次拨打公开电话，均无人接听。",
        "明确接听责任人，工作时间不得无人接听。",
        "objected",
    ),
    (
        "C01",
        "serious",
        "政务中心7号窗口",
        "工作人员对咨询群众态度生硬，未作解答即让其离开。",
        "对当事人批评教育，开展窗口服务培训。",
        "upheld",
    ),
    ("B05", "minor", "办公楼三楼", "1名工作人员上班时间观看网络视频。", "", "recorded"),
)


def inspect(campaign, users) -> None:
    """An undercover inspection of five units with a finding in each, and one under way that nobody may know of."""
    clerks_and_heads = people.staff_by_unit(Role.UNIT_HEAD)
    mine = people.demo_unit()
    units = [mine, *Unit.objects.active().exclude(pk=mine.pk).filter(has_counter=True).in_order()[:4]]
    team = {
        "team": [users["inspector"], users["inspector2"]],
        "leader": users["inspector"],
        "by": users["inspector"],
    }
    today = clock.today()
    week = dt.timedelta(days=7)
    done = planning.plan(
        campaign=campaign,
        kind="undercover",
        theme="窗口服务作风暗访",
        scope="窗口在岗、服务态度、一次性告知、公开电话接听。",
        starts_on=today - 2 * week,
        ends_on=today - 2 * week + dt.timedelta(days=2),
        **team,
    )
    for unit in units:
        planning.add_unit(inspection=done, by=users["inspector"], unit=unit, reason="群众反映较集中")
    done = planning.start(inspection=Inspection.objects.get(pk=done.pk), by=users["inspector"])
    for unit, seen in zip(units, SEEN, strict=True):
        live(done, unit, seen, clerks_and_heads[unit.pk], users)
    planning.finish(inspection=Inspection.objects.get(pk=done.pk), by=users["inspector"])
    secret = planning.plan(
        campaign=campaign,
        kind="announced",
        theme="政务公开专项督查",
        scope="热点事务公开、公开时限、办事指南。",
        starts_on=today,
        ends_on=today + dt.timedelta(days=4),
        **team,
    )
    candidates = list(Unit.objects.active().exclude(pk=mine.pk).in_order())
    planning.draw(inspection=secret, by=users["inspector"], candidates=candidates, wanted=6)
    planning.start(inspection=Inspection.objects.get(pk=secret.pk), by=users["inspector"])


def live(inspection, unit, seen, head, users) -> None:
    """File one finding and take it as far as the table says."""
    code, severity, place, facts, requirement, became = seen
    inspector = users["inspector"]
    finding = actions.file(
        inspection=inspection,
        by=inspector,
        witnesses=[users["inspector2"]],
        unit=unit,
        department=unit.departments.order_by("pk").first(),
        place=place,
        found_at=clock.at(inspection.starts_on, dt.time(9, 40)),
        method="undercover",
        item=FindingClass.objects.items().get(code=code),
        severity=severity,
        facts=facts,
        people_count=1,
        requirement=requirement,
        rectify_by=calendar.add_workdays(clock.today(), 10) if requirement else None,
    )
    if became == "recorded":
        return
    finding = actions.notify(finding=finding, by=inspector)
    if became == "accepted":
        actions.accept(finding=finding, by=head)
    if became in ("objected", "upheld"):
        words = "当日接听人员公出，已安排代班；通话记录可查。"
        finding = actions.object(finding=finding, by=head, objection=words)
    if became == "upheld":
        deciding.uphold(finding=finding, by=users["director"], decision="录音清楚，事实成立。")
