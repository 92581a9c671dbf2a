"""Which form each section is written with, and what was typed in it, in the shape that drafting stores."""

from units.plans.content import SectionKind
from units.plans.drafting import departments_of
from units.plans.forms import CitationsForm, ExperienceForm, LeadershipForm, MeasureFormSet, WeaknessFormSet


def unbound(section, user):
    """The form or formset of a section, showing what is stored."""
    kind, stored = section.kind, section.content
    if kind == SectionKind.EXPERIENCE:
        return ExperienceForm(initial=stored)
    if kind == SectionKind.LEADERSHIP:
        return LeadershipForm(initial=stored)
    if kind == SectionKind.CITATIONS:
        return CitationsForm(initial={"policies": [row["uid"] for row in stored["rows"]]}, user=user)
    if kind == SectionKind.WEAKNESSES:
        return WeaknessFormSet(initial=stored["rows"], prefix="rows")
    return MeasureFormSet(initial=stored["rows"], prefix="rows", form_kwargs=measure_kwargs(section.plan))


def bind(kind, data, user, plan):
    """The form or formset of a section, holding what was posted."""
    if kind == SectionKind.EXPERIENCE:
        return ExperienceForm(data)
    if kind == SectionKind.LEADERSHIP:
        return LeadershipForm(data)
    if kind == SectionKind.CITATIONS:
        return CitationsForm(data, user=user)
    if kind == SectionKind.WEAKNESSES:
        return WeaknessFormSet(data, prefix="rows")
    return MeasureFormSet(data, prefix="rows", form_kwargs=measure_kwargs(plan))


def measure_kwargs(plan) -> dict:
    return {"departments": departments_of(plan)}


def typed_of(kind, form) -> dict:
    """What a valid form says: {"text": …}, {"rows": […]}, {"policies": […]} or the leadership fields."""
    if kind in (SectionKind.WEAKNESSES, SectionKind.MEASURES):
        kept = (
            row.cleaned_data for row in form.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")
        )
        return {"rows": [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]}
    return form.cleaned_data
