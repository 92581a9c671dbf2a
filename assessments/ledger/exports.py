"""The ledger as Excel. Who entered a line is not in it: the table leaves the house, and may be shown to units."""

from assessments.ledger import choosing
from sanwei.core import references
from sanwei.core.exchange import Listing
from units.campaigns.choosing import the_campaign

HEADS = (
    "序号", "台账编号", "单位", "指标", "分值", "事由类别", "事由", "计分规则", "发生日期", "记分时间", "冲销情况", "冲销理由",
)  # fmt: skip


def entries(user, asked) -> Listing:
    """考评台账."""
    campaign = the_campaign(user, asked)
    _form, found = choosing.entries(user, asked, campaign)
    title = f"{campaign.year}年度考评台账" if campaign else "考评台账"
    return Listing(title, HEADS, found.for_list().order_by("-pk"), row)


def row(number, entry) -> tuple:
    return (
        number,
        entry.pk,
        entry.unit.name,
        entry.indicator,
        entry.points,
        references.label_of(entry.cause_kind),
        entry.cause_label,
        entry.rule,
        entry.occurred_on,
        entry.entered_at,
        struck(entry),
        entry.reason,
    )


def struck(entry) -> str:
    if entry.is_counter_entry:
        return f"冲销{entry.reverses_id}号"
    return f"已由{entry.counter_entry.pk}号冲销" if entry.is_struck else "计入"
