"""The list of this room as Excel."""

from assessments.publicity.exposures import access, choosing, reading
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.campaigns.choosing import the_campaign

HEADS = (
    "序号", "曝光件编号", "刊播日期", "媒体名称", "媒体类别", "标题", "涉及单位", "涉及人员", "内容摘要", "链接", "核实结论",
    "核实依据", "核实时间", "督办编号", "状态", "公开时间", "更正说明",
)  # fmt: skip


def exposures(user, asked) -> Listing:
    """媒体曝光件台账, with persons as this reader may know them."""
    campaign = the_campaign(user, asked)
    _form, found = choosing.exposures(user, asked, campaign)
    title = f"{campaign.year}年度媒体曝光件台账" if campaign else "媒体曝光件台账"
    says = reading.sayer(user)
    return Listing(
        title,
        HEADS,
        found.order_by("-appeared_on", "-pk"),
        lambda number, exposure: row(number, exposure, user, says),
    )


def row(number, exposure, user, says) -> tuple:
    return (
        number,
        exposure.number,
        exposure.appeared_on,
        exposure.media,
        word(exposure, "media_kind"),
        says(exposure, exposure.title),
        exposure.unit.name,
        "；".join(reading.persons_for(user, exposure)),
        says(exposure, exposure.summary),
        exposure.link,
        word(exposure, "verification"),
        says(exposure, exposure.basis),
        exposure.verified_at,
        exposure.task.number if access.can_see_task(user, exposure) else "",
        word(exposure, "state"),
        exposure.published_at,
        says(exposure, exposure.correction),
    )
