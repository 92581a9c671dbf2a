"""The measure ledger (措施台账): what an approved plan promises, and how far it has come."""

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.days import read_day
from sanwei.core.refusals import Stale
from units.plans.content import SectionKind
from units.plans.models import Measure, Progress

TAKEN_FROM_THE_PLAN = (
    "position", "title", "kind", "goal", "department", "department_name", "person", "due_on", "deliverable",
    "theme", "dropped",
)  # fmt: skip


def enter(plan) -> list[Measure]:
    """Bring the ledger in line with the version in force: rows keep their progress, gone rows are marked dropped.

    Two queries for any number of rows. Inside the transaction of the approval.
    """
    departments = {department.name: department for department in plan.unit.departments.all()}
    rows = plan.latest_version.content["sections"][SectionKind.MEASURES]["rows"]
    Measure.objects.filter(plan=plan).exclude(uid__in=[row["uid"] for row in rows]).update(dropped=True)
    return Measure.objects.bulk_create(
        [from_row(plan, position, row, departments) for position, row in enumerate(rows, 1)],
        update_conflicts=True,
        unique_fields=["plan", "uid"],
        update_fields=TAKEN_FROM_THE_PLAN,
    )


def from_row(plan, position, row, departments) -> Measure:
    return Measure(
        plan=plan,
        uid=row["uid"],
        position=position,
        title=row["title"],
        kind=row["kind"],
        goal=row["goal"],
        department=departments.get(row["department"]),
        department_name=row["department"],
        person=row["person"],
        due_on=read_day(row["due_on"]),
        deliverable=row["deliverable"],
        theme=row["theme"],
        dropped=False,
    )


def record_progress(*, measure, percent: int, text: str, version: int, by) -> Progress:
    """填报进展: how far (0–100 %) and in words; 100 means done today. Side effects: rows, audit.

    `version` is what the person was looking at; raises Stale when somebody else has reported since.
    """
    if not text.strip():
        raise ValidationError({"text": "请写明进展情况，例如已完成的工作和下一步打算。"})
    with transaction.atomic():
        measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        if measure.version != version:
            raise Stale("该措施的进展刚才已由他人填报。请核对最新进展后再提交，您填写的内容仍在页面上。")
        measure.percent, measure.version = percent, version + 1
        measure.done_on = clock.today() if percent == 100 else None
        measure.save(update_fields=["percent", "done_on", "version"])
        entry = Progress.objects.create(measure=measure, percent=percent, text=text.strip(), by=by)
        record(measure, "record_progress", by, label="填报进展", percent=percent)
    return entry
