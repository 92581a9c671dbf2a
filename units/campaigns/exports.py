"""The campaigns as Excel."""

from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.campaigns.models import Campaign

HEADS = ("年度", "名称", "年度主题", "状态", "方案报送截止日")


def campaigns(user, asked) -> Listing:
    return Listing("创建活动", HEADS, Campaign.objects.visible_to(user).order_by("-year"), row)


def row(number, campaign) -> tuple:
    return (
        campaign.year,
        campaign.title,
        campaign.theme,
        word(campaign, "state"),
        campaign.plan_due_on,
    )
