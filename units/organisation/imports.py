"""The roster of units and departments as the sheet is delivered (T1, T2): all of it or nothing."""

import dataclasses
from pathlib import Path

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.exchange import Column, RowError, Template, error_workbook, read
from units.organisation.models import Department, Unit, UnitTier
from units.organisation.naming import terms_of

DEMO_ROSTER = Path(__file__).parent / "data" / "单位名录.xlsx"


def labels(choices) -> tuple[str, ...]:
    return tuple(label for _, label in choices.choices)


def room(model, field: str) -> int:
    """How many characters a column of the database holds."""
    return model._meta.get_field(field).max_length


UNITS = Template(
    name="T1",
    title="单位名录",
    sheet="单位",
    key="code",
    columns=(
        Column("单位代码", "code", required=True, longest=room(Unit, "code")),
        Column("单位全称", "name", kind="line", required=True, width=30, longest=room(Unit, "name")),
        Column("简称", "short_name", kind="line", width=20, synonyms=("单位简称",),
               longest=room(Unit, "short_name")),
        Column("类别", "category", kind="choice", choices=labels(Unit.Category), required=True, synonyms=("单位类别",)),
        Column("隶属关系", "affiliation", kind="choice", choices=labels(Unit.Affiliation), required=True,
               synonyms=("隶属",)),
        Column("创建基础", "tier", kind="choice", choices=labels(Unit.Tier), required=True, synonyms=("基础层次",)),
        Column("是否设服务窗口", "has_counter", kind="boolean"),
    ),
)  # fmt: skip
DEPARTMENTS = Template(
    name="T2",
    title="科室名录",
    sheet="科室",
    columns=(
        Column("单位代码", "unit", required=True),
        Column("科室名称", "name", kind="line", required=True, width=24, longest=room(Department, "name")),
        Column("是否窗口科室", "is_counter", kind="boolean", synonyms=("是否窗口",)),
    ),
)


@dataclasses.dataclass(frozen=True)
class SheetError:
    """An error and the sheet it stands in."""

    sheet: str
    error: RowError

    def __str__(self):
        return f"工作表“{self.sheet}”{self.error}"


@dataclasses.dataclass(frozen=True)
class Roster:
    """What a file says, compared with what is there: nothing has been written."""

    units: list[dict]
    departments: list[dict]
    errors: list[SheetError]
    new: list[str]
    changed: list[str]
    unchanged: int


def read_roster(content: bytes) -> Roster:
    """Read both sheets and compare; the dry run of an import."""
    units, departments = read(content, UNITS), read(content, DEPARTMENTS)
    errors = [SheetError("单位", error) for error in units.errors]
    errors += [SheetError("科室", error) for error in departments.errors]
    if not errors:
        errors += [SheetError("单位", error) for error in name_errors(units.rows)]
        errors += [SheetError("科室", error) for error in department_errors(departments.rows, units.rows)]
    there = {unit.code: unit for unit in Unit.objects.all()}
    rows = [coded(row) for row in units.rows] if not errors else []
    changed = [row["name"] for row in rows if row["code"] in there and differs(there[row["code"]], row)]
    new = [row["name"] for row in rows if row["code"] not in there]
    return Roster(rows, departments.rows, errors, new, changed, len(rows) - len(new) - len(changed))


def marked(content: bytes, errors: list[SheetError]) -> bytes:
    """The uploaded workbook with a remark in every wrong cell of both sheets."""
    for template in (UNITS, DEPARTMENTS):
        mine = [error.error for error in errors if error.sheet == template.sheet]
        if mine:
            content = error_workbook(content, mine, template.sheet)
    return content


def coded(row: dict) -> dict:
    """A read row with the codes of the choices instead of their words."""
    codes = {
        field: {label: value for value, label in choices.choices}
        for field, choices in (
            ("category", Unit.Category), ("affiliation", Unit.Affiliation), ("tier", Unit.Tier),
        )
    }  # fmt: skip
    chosen = {field: codes[field][row[field]] for field in codes}
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"] or row["name"][: room(Unit, "short_name")],
        "has_counter": bool(row.get("has_counter")),
        **chosen,
    }


def differs(unit, row) -> bool:
    return any(getattr(unit, field) != value for field, value in row.items())


def name_errors(rows):
    """Two units may not bear the same name."""
    first = {}
    for row in rows:
        if row["name"] in first:
            message = f"“{row['name']}”与第{first[row['name']]}行重名，请核对。"
            yield RowError(row["_row"], "单位全称", message)
        first.setdefault(row["name"], row["_row"])


def department_errors(rows, units):
    """Departments of units that are not listed, and departments named twice."""
    codes, seen = {row["code"] for row in units}, set()
    for row in rows:
        if row["unit"] not in codes:
            message = f"单位代码“{row['unit']}”不在“单位”工作表中，请补列该单位或删去本行。"
            yield RowError(row["_row"], "单位代码", message)
        if (row["unit"], row["name"]) in seen:
            yield RowError(row["_row"], "科室名称", f"“{row['name']}”在该单位中重复，请删去一行。")
        seen.add((row["unit"], row["name"]))


def enter(roster: Roster, by) -> None:
    """Write a roster without errors. The order of rows is the fixed order of units.

    Units and departments that the file does not name are left as they are. Side effects: rows, one audit entry for
    each new or changed unit.
    """
    with transaction.atomic():
        before = {unit.code: unit.tier for unit in Unit.objects.all()}
        units = Unit.objects.bulk_create(
            [
                Unit(**row, order=order, search_terms=terms_of(row["name"], row["short_name"]))
                for order, row in enumerate(roster.units, 1)
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "short_name", "category", "affiliation", "tier", "has_counter", "order", "search_terms"],
        )  # fmt: skip
        by_code = {unit.code: unit for unit in Unit.objects.filter(code__in=[unit.code for unit in units])}
        UnitTier.objects.bulk_create(
            UnitTier(unit=unit, tier=unit.tier, since=clock.today(), reason="名录导入", by=by)
            for unit in by_code.values()
            if before.get(unit.code) != unit.tier
        )
        Department.objects.bulk_create(
            [
                Department(
                    unit=by_code[row["unit"]], name=row["name"], is_counter=bool(row.get("is_counter"))
                )
                for row in roster.departments
            ],
            update_conflicts=True,
            unique_fields=["unit", "name"],
            update_fields=["is_counter"],
        )
        touched = {*roster.new, *roster.changed}
        for unit in by_code.values():
            if unit.name in touched:
                record(unit, "import", by, label="名录导入")


def import_demo_roster() -> None:
    """Enter the roster that comes with the product."""
    roster = read_roster(DEMO_ROSTER.read_bytes())
    if roster.errors:
        raise ValueError("；".join(map(str, roster.errors)))
    enter(roster, by=None)
