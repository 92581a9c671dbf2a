"""The library as Excel."""

from sanwei.core.exchange import write

HEADS = ("标题", "文号", "发文机关", "成文日期", "年度", "文种", "状态", "勘误和说明")


def workbook(policies) -> bytes:
    """An .xlsx of `policies` in their order, every one of them."""
    rows = (
        (
            policy.title,
            policy.number or None,
            policy.issued_by,
            policy.issued_on,
            policy.year,
            policy.get_kind_display(),
            policy.get_state_display(),
            policy.erratum or None,
        )
        for policy in policies.iterator()
    )
    return write("文件库", HEADS, rows)
