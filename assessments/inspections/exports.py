"""The lists of this room as Excel."""

from assessments.inspections.findings import choosing
from assessments.inspections.planning import forms
from sanwei.core import clock
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.campaigns.choosing import the_campaign

FINDING_HEADS = (
    "序号", "问题编号", "检查日期", "检查时间", "单位", "科室（窗口）", "地点", "问题类别", "具体表现", "涉及人数", "情节",
    "事实描述", "当场处置", "整改要求", "整改期限", "状态",
)  # fmt: skip
INSPECTION_HEADS = (
    "序号",
    "督查编号",
    "种类",
    "主题",
    "批准文号",
    "开始日期",
    "结束日期",
    "督查单位数",
    "发现问题数",
    "状态",
)


def findings(user, asked) -> Listing:
    """督查发现问题清单, in the columns of T4 without who found it and the numbers of the evidence."""
    campaign = the_campaign(user, asked)
    _form, found = choosing.findings(user, asked, campaign)
    title = f"{campaign.year}年度督查发现问题清单" if campaign else "督查发现问题清单"
    return Listing(title, FINDING_HEADS, found.order_by("-found_at", "-pk"), finding_row)


def finding_row(number, finding) -> tuple:
    seen = clock.local(finding.found_at)
    return (
        number,
        finding.number,
        seen.date(),
        f"{seen:%H:%M}",
        finding.unit.name,
        finding.department.name if finding.department else "",
        finding.place,
        finding.item.parent.name,
        finding.item.name,
        finding.people_count,
        word(finding, "severity"),
        finding.facts,
        finding.handled_on_spot,
        finding.requirement,
        finding.rectify_by,
        word(finding, "state"),
    )


def inspections(user, asked) -> Listing:
    campaign = the_campaign(user, asked)
    _form, found = forms.found(user, asked, campaign)
    title = f"{campaign.year}年度督查一览表" if campaign else "督查一览表"
    return Listing(title, INSPECTION_HEADS, found.order_by("-starts_on", "-pk"), inspection_row)


def inspection_row(number, inspection) -> tuple:
    return (
        number,
        inspection.number,
        word(inspection, "kind"),
        inspection.theme,
        inspection.filing_number,
        inspection.starts_on,
        inspection.ends_on,
        inspection.unit_count,
        inspection.finding_count,
        word(inspection, "state"),
    )
