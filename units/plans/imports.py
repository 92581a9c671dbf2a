"""Measures from Excel: the table T3 (方案措施分解表, dossier 10.2)."""

import re

from sanwei.core.days import read_day
from sanwei.core.exchange import Column, RowError, Template, read
from units.plans.content import MEASURE_FIELDS, MEASURE_KINDS
from units.plans.drafting import departments_of

PERIOD = re.compile(r"\s*(?:至|到|—+|～|~|--)\s*")


def measures_template(plan) -> Template:
    """T3 for one plan's unit: its own departments are the allowed ones."""
    columns = (
        Column("序号", "number"),
        Column("举措", "title", required=True, width=40),
        Column("类型", "kind", kind="choice", choices=MEASURE_KINDS, required=True),
        Column("目标", "goal", width=24),
        Column(
            "责任科室", "department", kind="choice", choices=departments_of(plan), required=True, width=16
        ),
        Column("责任人", "person"),
        Column("配合科室", "supporting", width=16),
        Column("起止时间", "period", required=True, width=28, synonyms=("完成时限",)),
        Column("完成标准", "deliverable", width=30),
        Column("备注", "note", width=20),
    )
    notes = "类型填学习、服务或创新；责任科室须为本单位科室；起止时间写成2027年3月1日至2027年6月30日，只有止期写一个日期。"
    return Template(name="T3", title="方案措施分解表", notes=notes, columns=columns)


def read_measures(plan, file):
    """Rows of a filled T3 as section rows (all values text, dates ISO), and the errors by row and column."""
    found = read(file, measures_template(plan))
    errors, rows = list(found.errors), []
    for row in found.rows:
        days = [read_day(text) for text in PERIOD.split(row.get("period") or "") if text.strip()]
        if row.get("period") and (None in days or not 1 <= len(days) <= 2):
            message = f"“{row['period']}”看不出起止日期，请写成2027年3月1日至2027年6月30日。"
            errors.append(RowError(row["_row"], "起止时间", message))
        elif len(days) == 2 and days[1] < days[0]:
            errors.append(RowError(row["_row"], "起止时间", "止期早于起期，请核对。"))
        else:
            rows.append(section_row(row, days))
    return rows, sorted(errors, key=lambda error: error.row)


def section_row(row, days) -> dict:
    """A read row in the shape of a section row."""
    starts, due = (["", *days] if len(days) == 1 else [*days, "", ""])[:2]
    filled = {field: row.get(field) or "" for field in MEASURE_FIELDS}
    return {**filled, "starts_on": str(starts), "due_on": str(due)}
