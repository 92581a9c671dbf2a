"""The library as Excel."""

from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.policies import choosing

HEADS = ("标题", "文号", "发文机关", "成文日期", "年度", "文种", "状态", "勘误和说明")


def policies(user, asked) -> Listing:
    """文件库."""
    return Listing("文件库", HEADS, choosing.policies(user, asked)[1].order_by("-year", "-pk"), row)


def row(number, policy) -> tuple:
    return (
        policy.title,
        policy.number or None,
        policy.issued_by,
        policy.issued_on,
        policy.year,
        word(policy, "kind"),
        word(policy, "state"),
        policy.erratum or None,
    )
