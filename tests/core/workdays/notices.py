"""Notices of the State Council's office as keepers type them into the form."""

import datetime as dt

from sanwei.core.exchange import write

HEADS = ("日期", "性质", "名称")
# 2018 as announced (dossier 8.2).
REST_2018 = (
    ("元旦", "01-01", 1), ("春节", "02-15", 7), ("清明节", "04-05", 3), ("劳动节", "04-29", 3), ("端午节", "06-18", 1),
    ("中秋节", "09-24", 1), ("国庆节", "10-01", 7),
)  # fmt: skip
WORK_2018 = (
    ("春节", "02-11"), ("春节", "02-24"), ("清明节", "04-08"), ("劳动节", "04-28"), ("国庆节", "09-29"), ("国庆节", "09-30"),
)  # fmt: skip


def notice(year=2018, rest=REST_2018, work=WORK_2018) -> list[tuple[dt.date, str, str]]:
    """The rows of a form: every day off of `rest` (name, first, length) and every day worked of `work`."""
    off = [
        (dt.date.fromisoformat(f"{year}-{first}") + dt.timedelta(days=step), "休息", name)
        for name, first, length in rest
        for step in range(length)
    ]
    worked = [(dt.date.fromisoformat(f"{year}-{day}"), "上班", f"{name}调休上班") for name, day in work]
    return sorted(off + worked)


def form(rows) -> bytes:
    """A filled form as .xlsx."""
    return write("工作日历", HEADS, rows)
