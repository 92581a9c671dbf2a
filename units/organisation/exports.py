"""The roster as Excel."""

from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.organisation import choosing

HEADS = ("序号", "单位代码", "单位全称", "简称", "类别", "隶属关系", "创建基础", "是否设服务窗口")


def units(user, asked) -> Listing:
    """单位名录."""
    return Listing("单位名录", HEADS, choosing.units(user, asked)[1].in_order(), row)


def row(number, unit) -> tuple:
    return (
        unit.order, unit.code, unit.name, unit.short_name, word(unit, "category"),
        word(unit, "affiliation"), word(unit, "tier"), "是" if unit.has_counter else "否",
    )  # fmt: skip
