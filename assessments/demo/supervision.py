"""What the office is after in the open year of the demo city: tasks in every state and under every light."""

import datetime as dt

from assessments.demo import people
from sanwei.core import clock
from sanwei.core.roles import Role
from sanwei.core.workdays import calendar
from units.organisation.models import Unit
from units.rectification import actions, deadlines, extensions, pauses, urging
from units.rectification.models import Task
from units.rectification.states import Source

# (matter, requirement, source, what became of it, given so many working days ago, for so many working days)
MATTERS = (
    (
        "窗口服务群众排队时间长",
        "增开窗口，实行预约办理，排队时间压减至15分钟以内。",
        Source.BULLETIN,
        "given",
        0,
        10,
    ),
    ("办事指南与实际要求不一致", "逐项核对并更新办事指南，统一公布。", Source.INSTRUCTION, "given", 3, 10),
    ("一次性告知制度落实不到位", "开展专项培训，推行书面一次性告知单。", Source.BULLETIN, "working", 4, 20),
    ("去向牌与实际去向不符", "规范去向牌管理，办公室每日抽查。", Source.OPINION, "working", 8, 10),
    ("限时办结事项超期", "清理积压事项，建立超时预警。", Source.INSTRUCTION, "working", 14, 10),
    ("中层干部作风评议意见集中", "召开专题民主生活会，逐条整改。", Source.OPINION, "urged", 24, 12),
    ("政务公开栏目更新不及时", "明确责任人，重点栏目每周更新。", Source.SELF_CHECK, "reported", 9, 10),
    ("服务承诺未向社会公布", "公布服务承诺和监督电话。", Source.BULLETIN, "sent_back", 12, 10),
    ("咨询电话无人接听", "实行值班接听和回访登记。", Source.INSTRUCTION, "asked", 8, 10),
    ("学习计划执行不到位", "补齐学习记录，按季通报学时。", Source.SELF_CHECK, "closed", 15, 10),
    ("收费公示不完整", "补全收费依据和标准公示。", Source.BULLETIN, "suspended", 6, 15),
    ("跨部门审批材料重复提交", "与有关单位共享材料，取消重复提交。", Source.INSTRUCTION, "declined", 2, 15),
)


def supervise(campaign, users) -> None:
    """Twelve tasks of ten units; three are the demo unit's, one of them overdue."""
    clerks, heads = (people.staff_by_unit(role) for role in (Role.UNIT_CLERK, Role.UNIT_HEAD))
    mine = people.demo_unit()
    others = Unit.objects.active().exclude(pk=mine.pk).in_order()[: len(MATTERS)]
    units = [mine, others[0], mine, others[1], mine, *others[2:]]
    for unit, (title, requirement, source, became, ago, days) in zip(units, MATTERS, strict=False):
        task = actions.open_task(
            campaign=campaign,
            unit=unit,
            title=title,
            requirement=requirement,
            standard="整改到位，有佐证材料。",
            due_on=calendar.add_workdays(clock.today(), days),
            source=source,
            source_label="全市作风建设专题会议" if source == Source.INSTRUCTION else "",
            by=users["office"],
            assisting=[mine] if became == "working" and unit != mine else [],
        )
        task = set_back(task, ago, days)
        live(task, became, clerks[unit.pk], heads[unit.pk], users)


def set_back(task, ago: int, days: int) -> Task:
    """As if it had been given `ago` working days earlier."""
    given = clock.today()
    while calendar.workdays_between(given, clock.today()) < ago:
        given -= dt.timedelta(days=1)
    due_on = calendar.add_workdays(given, days)
    Task.objects.filter(pk=task.pk).update(
        assigned_on=given,
        sign_for_due_on=deadlines.sign_for_due_on(given),
        first_due_on=due_on,
        **deadlines.due_of(given, due_on),
    )
    return Task.objects.get(pk=task.pk)


def live(task, became, clerk, head, users) -> None:
    """What has become of it, verb by verb."""
    office = users["office"]
    if became == "given":
        return
    if became == "declined":
        actions.decline(
            task=task, by=head, basis="市委机构编制委员会批准的单位“三定”规定，该事项由审批主管部门牵头。"
        )
        return
    task = actions.sign_for(task=task, by=clerk)
    if task.unit_id == people.demo_unit().pk:
        post = users["lead"].posts.select_related("department").get()
        actions.delegate(task=task, by=clerk, department=post.department)
    actions.record_progress(
        task=task,
        by=clerk,
        percent=40,
        text="已制定整改措施，明确责任科室和完成时限。",
        next_steps="逐项落实并自查。",
    )
    task = Task.objects.get(pk=task.pk)
    if became == "urged":
        urging.urge(task=task, by=office, colour="blue", due_on=urging.usual_limit(clock.today()))
    if became == "suspended":
        pauses.suspend(task=task, by=office, reason="收费目录正在修订，待公布后继续办理。")
    if became == "asked":
        wanted = calendar.add_workdays(task.due_on, 5)
        extensions.request_extension(
            task=task,
            by=clerk,
            wanted_due_on=wanted,
            reason="电话系统改造设备未到货。",
            progress="已完成线路改造。",
        )
        extensions.sign_extension(task=Task.objects.get(pk=task.pk), by=head)
    if became in ("reported", "sent_back", "closed"):
        report(task, became, clerk, head, office)


def report(task, became, clerk, head, office) -> None:
    task = actions.report_done(task=task, by=clerk, result="已按要求整改到位，相关制度已公布执行。")
    task = actions.confirm(task=task, by=head)
    if became == "sent_back":
        due_on = calendar.add_workdays(clock.today(), 5)
        actions.send_back(task=task, by=office, reason="未附公布情况的佐证材料，请补充。", due_on=due_on)
    if became == "closed":
        actions.verify(task=task, by=office, conclusion=Task.Conclusion.SOLVED, opinion="整改到位。")
