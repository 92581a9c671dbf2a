"""Verbs of the draft: saving sections, copying last year's, taking measures from Excel."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.questions import Question
from sanwei.core.refusals import Refused, Stale
from sanwei.core.rows import append, rewrite
from sanwei.core.workflow import locked
from units.plans import content
from units.plans.content import SectionKind
from units.plans.models import Plan, PlanVersion, Section
from units.policies.models import Policy

SECTIONS = Question(lambda plan: Section.objects.filter(plan=plan).select_related("updated_by"), plan=int)
SECTION = Question(
    lambda plan, kind: Section.objects.filter(plan=plan, kind=kind),
    plan=int,
    kind=str,
)


class Conflict(Stale):
    """Somebody else saved the section first. `theirs` is the Section as it stands now."""

    def __init__(self, theirs: Section):
        who = theirs.updated_by.name if theirs.updated_by else "系统"
        super().__init__(
            f"“{theirs.get_kind_display()}”刚才已由{who}保存。您填写的内容没有丢失，请对照两份内容后再保存。"
        )
        self.theirs = theirs


def sections_of(plan) -> dict[str, Section]:
    """kind → Section for every kind, in order; sections not yet written are unsaved with version 0."""
    saved = {section.kind: section for section in SECTIONS(plan=plan.pk)}
    return {kind: saved.get(kind) or unwritten(plan, kind) for kind in SectionKind.values}


def unwritten(plan, kind) -> Section:
    return Section(plan=plan, kind=kind, content=content.EMPTY[kind], version=0)


def departments_of(plan) -> list[str]:
    """The names of the departments of the unit, one of which answers for each measure."""
    return list(plan.unit.departments.active().values_list("name", flat=True))


def draft_content(plan) -> dict[str, dict]:
    return {kind: section.content for kind, section in sections_of(plan).items()}


def save_section(*, plan, kind, typed, version, by) -> Section:
    """Store what was typed in one section and return it with its new version.

    `version` is the version the editor had open (0 for a section not yet written). Saving the same text again is
    no conflict. Raises Conflict when the section has moved on, WrongState when the plan is not being drafted,
    ValidationError when the text is too long. Side effects: one row. Autosaves are not audited; signing is.
    """
    tidy = tidy_section(kind, typed)
    with transaction.atomic():
        plan = lock_draft(plan)
        section = next(iter(SECTION(plan=plan.pk, kind=kind)), None)
        if section is None:
            return append(Section(plan=plan, kind=kind, content=tidy, updated_at=clock.now(), updated_by=by))
        if section.content == tidy:
            return section
        if section.version != version:
            raise Conflict(section)
        section.content, section.updated_at, section.updated_by = tidy, clock.now(), by
        section.version += 1
        return rewrite(section, "content", "version", "updated_at", "updated_by")


def lock_draft(plan) -> Plan:
    """The plan's row, locked, if it may be written now."""
    fresh = locked(plan)
    require_draft(fresh)
    return fresh


def require_draft(plan) -> None:
    if plan.state not in Plan.EDITABLE:
        raise Refused(not_a_draft(plan))


def not_a_draft(plan) -> str:
    return (
        f"方案当前为“{plan.get_state_display()}”，不能修改。"
        "如需修改，请由单位负责人退回或撤回，或申请调整后再改。"
    )


def tidy_section(kind, typed: dict) -> dict:
    """The stored form of a section; refuses what is too long or no section at all."""
    if kind == SectionKind.EXPERIENCE:
        tidy = {"text": typed.get("text", "").strip()}
    elif kind == SectionKind.LEADERSHIP:
        tidy = {field: typed.get(field, "").strip() for field in content.LEADERSHIP_FIELDS}
    elif kind == SectionKind.CITATIONS:
        tidy = {"rows": cited_rows(typed.get("policies", ()))}
    else:
        fields = content.WEAKNESS_FIELDS if kind == SectionKind.WEAKNESSES else content.MEASURE_FIELDS
        tidy = {"rows": tidy_rows(typed.get("rows", ()), fields)}
    if max_length(tidy) > content.TEXT_LIMIT:
        raise ValidationError(f"单项内容不能超过{content.TEXT_LIMIT}字，请精简后再保存。")
    return tidy


def tidy_rows(rows, fields) -> list[dict]:
    named = [{**row, "uid": row.get("uid") or secrets.token_hex(6)} for row in rows]
    tidy = [row for row in (content.tidy_row(row, fields) for row in named) if not content.is_blank(row)]
    if len(tidy) > content.ROW_LIMIT:
        raise ValidationError(f"最多填写{content.ROW_LIMIT}行，现有{len(tidy)}行，请合并或删减后再保存。")
    return tidy


def cited_rows(policies) -> list[dict]:
    return [
        {"uid": str(policy.pk), "number": policy.number, "title": policy.title}
        for policy in Policy.objects.filter(pk__in=list(policies)).order_by("pk")
    ]


def max_length(tidy: dict) -> int:
    values = [*tidy.values()]
    for row in tidy.get("rows", ()):
        values.extend(row.values())
    return max((len(value) for value in values if isinstance(value, str)), default=0)


def last_year(plan) -> PlanVersion | None:
    """The version in force of the same unit's latest earlier plan."""
    earlier = (
        Plan.objects.filter(unit=plan.unit_id, campaign__year__lt=plan.campaign.year)
        .exclude(approved_version=None)
        .select_related("approved_version", "campaign")
        .order_by("-campaign__year")
        .first()
    )
    return earlier.approved_version if earlier else None


def copy_from_last_year(*, plan, by) -> list[Section]:
    """沿用上年度: fill the sections that are still empty from last year's plan; what is written stays.

    Dates are not taken over, since they are past. Returns the sections filled. Side effects: rows, one audit entry.
    """
    source = last_year(plan)
    if source is None:
        raise Refused("没有可沿用的上年度方案。请直接填写。")
    filled = []
    with transaction.atomic():
        plan = lock_draft(plan)
        for kind, section in sections_of(plan).items():
            offered = without_dates(source.content["sections"][kind])
            if section.is_empty and offered != content.EMPTY[kind]:
                section.content = offered
                section.updated_by, section.updated_at, section.version = by, clock.now(), section.version + 1
                filled.append(section)
        if not filled:
            raise Refused("各部分均已填写，没有可沿用的空白部分。")
        Section.objects.bulk_create(
            filled,
            update_conflicts=True,
            unique_fields=["plan", "kind"],
            update_fields=["content", "version", "updated_at", "updated_by"],
        )
        record(plan, "copy_from_last_year", by, label="沿用上年度", source=source.receipt_number)
    return filled


def without_dates(section: dict) -> dict:
    if "rows" not in section:
        return section
    cleared = {field: "" for field in content.DATE_FIELDS}
    return {"rows": [{**row, **{k: v for k, v in cleared.items() if k in row}} for row in section["rows"]]}


def append_measures(*, plan, rows, version, by) -> Section:
    """Add imported rows (dicts of MEASURE_FIELDS) after those already there. Side effects: as save_section, audit."""
    current = sections_of(plan)[SectionKind.MEASURES]
    if current.version != version:
        raise Conflict(current)
    with transaction.atomic():
        section = save_section(
            plan=plan,
            kind=SectionKind.MEASURES,
            typed={"rows": [*current.content["rows"], *rows]},
            version=version,
            by=by,
        )
        record(plan, "import_measures", by, label="导入措施分解表", rows=len(rows))
    return section
