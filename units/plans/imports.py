"""Measures from Excel: the table T3 (方案措施分解表, dossier 10.2)."""

from sanwei.core.exchange import Column, Template, read
from units.plans.content import MEASURE_FIELDS, MEASURE_KINDS


def measures_template(plan) -> Template:
    """T3 for one plan's unit: its own departments are the allowed ones."""
    departments = list(plan.unit.departments.filter(ended_on=None).values_list("name", flat=True))
    columns = (
        Column("序号", "number"),
        Column("举措", "title", required=True, width=40),
        Column("类型", "kind", kind="choice", choices=MEASURE_KINDS, required=True),
        Column("目标", "goal", width=24),
        Column("责任科室", "department", kind="choice", choices=departments, required=True, width=16),
        Column("责任人", "person"),
        Column("配合科室", "supporting", width=16),
        Column("起始时间", "starts_on", kind="date", width=14),
        Column("完成时限", "due_on", kind="date", required=True, width=14),
        Column("完成标准", "deliverable", width=30),
        Column("备注", "note", width=20),
    )
    notes = "类型填学习、服务或创新；责任科室须为本单位科室；日期写成2027-03-05或2027年3月5日。"
    return Template(name="T3", title="方案措施分解表", notes=notes, columns=columns)


def read_measures(plan, file):
    """Rows of a filled T3 as section rows (all values text, dates ISO), and the errors by row and column."""
    found = read(file, measures_template(plan))
    rows = [{field: as_text(row.get(field)) for field in MEASURE_FIELDS} for row in found.rows]
    return rows, found.errors


def as_text(value) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
