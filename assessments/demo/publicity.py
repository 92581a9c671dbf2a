"""What media said of units of the demo city and what units do well: exposures and model cases in every state."""

import datetime as dt

from assessments.demo import people
from assessments.publicity.cases import actions as cases
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import actions as exposures
from assessments.publicity.exposures.models import Exposure
from sanwei.core import clock
from sanwei.core.roles import Role
from sanwei.core.workdays import calendar
from units.organisation.models import Unit

# (medium, kind, title, summary, persons, what became of it, so many days ago)
REPORTS = (
    (
        "皖西日报", Exposure.MediaKind.NEWSPAPER, "办事大厅午间无人值守", "记者中午到办事大厅，三个窗口无人值守，群众等候近一小时。",
        "孙海峰 窗口负责人", "registered", 1,
    ),
    (
        "市广播电视台", Exposure.MediaKind.TELEVISION, "咨询电话连打三天无人接听", "《政风行风热线》连线，公布的咨询电话三天无人接听。",
        "", "explained", 3,
    ),
    (
        "六安新闻网", Exposure.MediaKind.WEBSITE, "一份材料跑了四趟", "市民周先生反映，经办人员马立未一次性告知，前后跑了四趟。",
        "马立 审批科经办人", "task", 8,
    ),
    (
        "某短视频账号", Exposure.MediaKind.NEW_MEDIA, "工作人员上班时间打牌", "视频称工作人员上班时间打牌。经核对系三年前在其他地方拍摄。",
        "", "disproved", 6,
    ),
    (
        "皖西日报", Exposure.MediaKind.NEWSPAPER, "收费公示栏两年未更新", "办事大厅收费公示栏仍为两年前标准，个别项目已取消仍在公示。",
        "胡志明 财务科科长", "proposed", 12,
    ),
    (
        "市广播电视台", Exposure.MediaKind.RADIO, "企业办证等了二十多天", "企业反映办证超过承诺时限，经办科室负责人韩晓解释不一致。",
        "韩晓 行政审批科科长", "published", 20,
    ),
    (
        "六安新闻网", Exposure.MediaKind.WEBSITE, "网上办事指南打不开", "网站办事指南多个链接打不开。", "", "withdrawn", 25,
    ),
)  # fmt: skip
# (title, kind, practice, effect, replicability, what became of it)
CASES = (
    (
        "“一窗受理、集成服务”让群众少跑腿", ModelCase.Kind.SERVICE,
        "一、整合窗口\n把按科室分设的窗口整合为综合窗口，前台统一受理，后台分类审批，统一窗口出件。\n二、压减材料\n逐项清理申报材料，能共享的不再提交。",
        "平均办理时间由7个工作日减为2个工作日，申报材料减少四成，群众满意率98.6%。",
        "有两个以上对外窗口的单位都可以照着做，需先梳理事项清单并培训综合窗口人员。", "published",
    ),
    (
        "每周一课，青年讲堂人人上讲台", ModelCase.Kind.LEARNING,
        "一、定时定点\n每周五下午安排一小时，青年干部轮流主讲。\n二、学用结合\n每课留一个本科室要解决的问题，下一课回头看。",
        "全年开课42次，提出改进建议65条，采纳31条。", "不需要经费，科室和小单位也能办。", "published",
    ),
    (
        "用一张表管住承诺事项", ModelCase.Kind.INNOVATION,
        "把服务承诺、责任科室、办理时限、实际用时列在一张表上，超时自动标红，每周通报。",
        "超时件由每月23件降到2件。", "有承诺事项的单位都可以采用。", "editing",
    ),
    (
        "驻点服务进园区", ModelCase.Kind.SERVICE, "每周二到园区现场办公，集中答复企业问题。", "半年办结企业诉求118件。",
        "服务企业较多的单位可以采用。", "submitted",
    ),
    (
        "调研报告人人写", ModelCase.Kind.LEARNING, "每人每年一篇调研报告，集中评议。", "形成报告28篇，转化为制度5项。",
        "各单位都可以采用。", "draft",
    ),
)  # fmt: skip


def publicise(campaign, users) -> None:
    """Seven exposures and five cases of several units, the first of the demo unit."""
    mine = people.demo_unit()
    units = [mine, *Unit.objects.active().exclude(pk=mine.pk).in_order()[:11]]
    clerks, heads = (people.staff_by_unit(role) for role in (Role.UNIT_CLERK, Role.UNIT_HEAD))
    for unit, report in zip(units, REPORTS, strict=False):
        expose(campaign, unit, report, heads[unit.pk], users)
    for unit, case in zip([mine, *units[7:]], CASES, strict=False):
        praise(campaign, unit, case, clerks[unit.pk], heads[unit.pk], users)


def expose(campaign, unit, report, head, users) -> None:
    """One report, verb by verb."""
    media, kind, title, summary, persons, became, ago = report
    office = users["office"]
    row = exposures.register(
        campaign=campaign,
        unit=unit,
        media=media,
        media_kind=kind,
        appeared_on=clock.today() - dt.timedelta(days=ago),
        title=title,
        summary=summary,
        persons=persons,
        link="https://news.example.com/",
        by=users["press"],
    )
    if became == "registered":
        return
    exposures.explain(exposure=row, by=head, text="已组织核对，有关情况属实，正在整改。")
    if became == "disproved":
        exposures.disprove(exposure=row, by=office, basis="视频画面与现场不符，原发布者已声明系转载。")
        return
    if became == "explained":
        return
    row = exposures.verify(
        exposure=row,
        by=office,
        finding="partly" if became == "task" else "true",
        basis="调阅记录并走访核实。",
    )
    row = exposures.open_task(
        exposure=row,
        by=office,
        title=f"媒体曝光问题整改：{title}",
        requirement="限期整改，举一反三，书面报告整改情况。",
        due_on=calendar.add_workdays(clock.today(), 10),
    )
    if became != "task":
        answer(row, became, users)


def answer(row, became, users) -> None:
    """What the public is told, by two people."""
    text = (
        "经核实，报道反映的问题属实。\n有关单位已制定整改措施，明确责任科室和完成时限，整改情况将及时公布。"
    )
    row = exposures.reply(exposure=row, by=users["press"], text=text)
    row = exposures.propose(exposure=row, by=users["press"])
    if became == "proposed":
        return
    row = exposures.publish(exposure=row, by=users["office"])
    if became == "withdrawn":
        exposures.withdraw(
            exposure=row,
            by=users["director"],
            correction="原答复称“链接已全部修复”，其中两个链接于次日才修复，特此更正。",
            reason="答复内容不准确",
        )


def praise(campaign, unit, case, clerk, head, users) -> None:
    """One case, verb by verb."""
    title, kind, practice, effect, replicability, became = case
    office = users["office"]
    row = cases.create(
        campaign=campaign,
        unit=unit,
        by=clerk,
        kind=kind,
        title=title,
        practice=practice,
        effect=effect,
        replicability=replicability,
        source="本单位总结",
    )
    if became == "draft":
        return
    row = cases.sign(case=cases.request_signature(case=row, by=clerk), by=head)
    if became == "submitted":
        return
    row = cases.start_editing(case=row, by=office)
    row = cases.revise(case=row, by=office, effect=f"{effect}（数据截至上月底）")
    if became == "editing":
        return
    row = cases.propose(case=cases.adopt(case=row, by=office), by=office)
    cases.publish(case=row, by=users["director"])
