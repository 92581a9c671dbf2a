"""The list of cases as Excel."""

from assessments.publicity.cases import choosing, reading
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.campaigns.choosing import the_campaign

HEADS = ("序号", "标题", "单位", "类型", "材料来源", "状态", "报送时间", "发布时间")


def cases(user, asked) -> Listing:
    """典型案例."""
    campaign = the_campaign(user, asked)
    _form, found = choosing.cases(user, asked, campaign)
    title = f"{campaign.year}年度典型案例" if campaign else "典型案例"
    says = reading.sayer(user)
    return Listing(title, HEADS, found.order_by("-pk"), lambda number, case: row(number, case, says))


def row(number, case, says) -> tuple:
    return (
        number,
        says(case, case.title),
        case.unit.name,
        word(case, "kind"),
        says(case, case.source),
        word(case, "state"),
        case.submitted_at,
        case.published_at,
    )
