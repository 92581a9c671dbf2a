"""Findings from Excel: the table T4 (明察暗访发现问题清单, dossier 10.2), into one inspection."""

import datetime as dt
import re

from django.db import transaction

from assessments.inspections.findings import actions
from assessments.inspections.models import FindingClass, TeamMember
from assessments.inspections.planning.forms import LONGEST_NAME, units_of
from assessments.inspections.states import Kind, Method, Severity
from sanwei.core import clock
from sanwei.core.exchange import Column, RowError, Template, read
from units.organisation.models import Department, Unit

TIME = re.compile(r"(\d{1,2})(?:[:：时点](\d{1,2})?分?(?:[:：]\d{2})?)")
NAMES = re.compile(r"[,，、;；/\s]+")
MOST_PEOPLE = 999  # as the form takes
METHOD = {Kind.UNDERCOVER: Method.UNDERCOVER, Kind.LOOK_BACK: Method.LOOK_BACK}
SEVERITY = {label: value for value, label in Severity.choices}


def template_of(inspection) -> Template:
    """T4 for one inspection: its own units and the classes in use are what may stand in it."""
    columns = (
        Column("序号", "number"),
        Column("检查日期", "found_on", kind="date", required=True),
        Column("检查时间", "found_time", required=True, width=10),
        Column("单位", "unit", required=True, width=26),
        Column("科室（窗口）", "department", width=16, synonyms=("科室", "窗口")),
        Column("地点", "place", kind="line", required=True, width=20, longest=100),
        Column("问题类别", "kind", required=True, width=16),
        Column("具体表现", "item", required=True, width=24),
        Column("涉及人数", "people_count", kind="integer"),
        Column("情节", "severity", kind="choice", choices=tuple(SEVERITY), required=True),
        Column("事实描述", "facts", required=True, width=40, longest=2000),
        Column("检查人", "witnesses", required=True, width=20),
        Column("证据编号", "evidence_numbers", kind="line", width=16, longest=200),
        Column("整改要求", "requirement", width=30, longest=2000),
        Column("整改期限", "rectify_by", kind="date"),
    )
    notes = (
        "检查时间写成14:30；单位须为本次督查单位；问题类别和具体表现按问题类别表填写；检查人不少于两人，用顿号隔开；"
        f"督查单位：{'、'.join(unit.name for unit in units_of(inspection))}"
    )
    return Template(name="T4", title="明察暗访发现问题清单", notes=notes, columns=columns)


def read_findings(inspection, file, by):
    """Rows of a filled T4 as what file_read() takes (JSON), and the errors by row and column."""
    found, known = read(file, template_of(inspection)), Known(inspection)
    errors, rows = list(found.errors), []
    faulty = {error.row for error in errors}
    for row in found.rows:
        if row["_row"] in faulty:
            continue
        said, wrong = known.understood(row, by)
        errors += [RowError(row["_row"], column, message) for column, message in wrong]
        rows.append(said)
    return rows, sorted(errors, key=lambda error: error.row)


class Known:
    """What the names in the table can mean, asked once for the whole table."""

    def __init__(self, inspection):
        self.units = {name: unit for unit in units_of(inspection) for name in (unit.name, unit.short_name)}
        keys = {unit.pk for unit in self.units.values()}
        rows = Department.objects.active().filter(unit__in=keys)
        self.departments = {(row.unit_id, row.name): row.pk for row in rows}
        self.items = {(row.parent.name, row.name): row.pk for row in FindingClass.objects.items().in_use()}
        self.items |= {(row.parent.code, row.code): row.pk for row in FindingClass.objects.items().in_use()}
        self.team = {one.name: one.user_id for one in TeamMember.objects.filter(inspection=inspection)}
        self.method = METHOD.get(inspection.kind, Method.ANNOUNCED)

    def understood(self, row, by) -> tuple[dict, list[tuple[str, str]]]:
        """The row as plain values, and (column, message) of what it cannot mean."""
        wrong = []
        unit = self.units.get(row["unit"])
        if unit is None:
            wrong.append(
                ("单位", f"“{row['unit']}”不在本次督查单位之中，请核对名称，或先在督查方案中指定该单位。")
            )
        department = (
            self.departments.get((unit.pk, row["department"])) if unit and row["department"] else None
        )
        if unit and row["department"] and department is None:
            wrong.append(("科室（窗口）", f"{unit.name}没有“{row['department']}”，请填写科室全称或留空。"))
        item = self.items.get((row["kind"], row["item"]))
        if item is None:
            wrong.append(("具体表现", f"问题类别“{row['kind']}”下没有“{row['item']}”，请按问题类别表填写。"))
        moment = instant(row["found_on"], row["found_time"])
        if moment is None:
            wrong.append(("检查时间", f"“{row['found_time']}”看不出时间，请写成14:30的形式。"))
        elif moment > clock.now():
            wrong.append(("检查时间", "检查时间晚于现在，请核对。"))
        if row["rectify_by"] and row["rectify_by"] <= clock.today():
            wrong.append(("整改期限", "整改期限须晚于今天。"))
        if row["requirement"] and not row["rectify_by"]:
            wrong.append(("整改期限", "填写了整改要求的，须填写整改期限。"))
        names = list(dict.fromkeys(name for name in NAMES.split(row["witnesses"] or "") if name))
        if any(len(name) > LONGEST_NAME for name in names):
            wrong.append(("检查人", f"姓名不超过{LONGEST_NAME}个字，请用顿号隔开填写。"))
        if not 0 <= (row["people_count"] or 0) <= MOST_PEOPLE:
            wrong.append(("涉及人数", f"涉及人数请填0至{MOST_PEOPLE}的整数。"))
        if len({*names, by.name}) < 2:
            wrong.append(("检查人", "检查人不少于两人，请用顿号隔开填写。"))
        plain = {name: row[name] or "" for name in ("place", "facts", "requirement", "evidence_numbers")}
        return plain | {
            "unit": unit.pk if unit else None,
            "unit_name": unit.name if unit else "",
            "department": department,
            "item": item,
            "item_name": row["item"],
            "severity": SEVERITY.get(row["severity"]),
            "severity_name": row["severity"],
            "people_count": row["people_count"] or 0,
            "found_at": moment.isoformat() if moment else "",
            "rectify_by": row["rectify_by"].isoformat() if row["rectify_by"] else "",
            "method": self.method,
            "witnesses": names,
        }, wrong


def instant(day, time) -> dt.datetime | None:
    """The moment of a day and a time as offices write it: 14:30, 14：30, 14时30, 14点."""
    found = TIME.fullmatch(str(time or "").strip())
    if day is None or found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return clock.at(day, dt.time(hour, minute)) if hour < 24 and minute < 60 else None


NAMED = ("unit_name", "item_name", "severity_name")


@transaction.atomic
def file_read(*, inspection, by, rows) -> int:
    """登记 everything that was read and shown, or nothing. Side effects: as actions.file() for each row."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={row["unit"] for row in rows})}
    items = {item.pk: item for item in FindingClass.objects.items()}
    departments = Department.objects.in_bulk({row["department"] for row in rows} - {None})
    team = {one.name: one.user for one in inspection.team.exclude(user=None).select_related("user")}
    for row in rows:
        fields = {name: value for name, value in row.items() if name not in NAMED}
        names = [name for name in fields.pop("witnesses") if name != by.name]
        actions.file(
            inspection=inspection,
            by=by,
            witnesses=[team.get(name, name) for name in names],
            **fields
            | {
                "unit": units[row["unit"]],
                "item": items[row["item"]],
                "department": departments.get(row["department"]),
                "found_at": dt.datetime.fromisoformat(row["found_at"]),
                "rectify_by": dt.date.fromisoformat(row["rectify_by"]) if row["rectify_by"] else None,
            },
        )
    return len(rows)
