"""Which text of a plan a person is shown: the unit its draft, the office what was handed in, inspectors what is in force."""

import dataclasses

from sanwei.core import clock
from sanwei.core.questions import Question
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.workdays.lights import Bounds
from units.organisation.access import is_office, roles_of, units_of
from units.plans.content import EMPTY, SectionKind
from units.plans.drafting import draft_content
from units.plans.models import Comment, Extension, Measure, PlanVersion


@dataclasses.dataclass(frozen=True)
class ShownSection:
    """One part as it is read: `content` in the shape of content.py; `comments` the remarks this person may see."""

    kind: str
    label: str
    content: dict
    comments: list

    @property
    def is_empty(self) -> bool:
        return self.content == EMPTY[self.kind]


VERSIONS = Question(
    lambda plan: PlanVersion.objects.filter(plan=plan).for_list().order_by("-number"),
    plan=int,
)
COMMENTS = Question(lambda version: Comment.objects.filter(version=version).select_related("by"), version=int)
MEASURES = Question(lambda plan: Measure.objects.filter(plan=plan).in_force().order_by("position"), plan=int)
EXTENSIONS = Question(lambda plan: Extension.objects.filter(plan=plan).select_related("granted_by"), plan=int)


def versions_for(plan, user) -> list[PlanVersion]:
    """The versions a person may open, newest first: own unit, office and leaders all; others the one in force."""
    versions = VERSIONS(plan=plan.pk)
    for version in versions:
        version.plan = plan
        if version.pk == plan.latest_version_id:
            plan.latest_version = version
    if plan.unit_id in units_of(user) or roles_of(user) & (OFFICE_ROLES | {Role.LEADER}):
        return versions
    return [version for version in versions if version.pk == plan.approved_version_id]


def measures_of(plan) -> list[Measure]:
    """The measures in force, each with its light."""
    bounds, measures = Bounds.on(clock.today()), MEASURES(plan=plan.pk)
    for measure in measures:
        measure.light = bounds.light(measure.due_on, measure.done_on is not None)
    return measures


def extensions_of(plan) -> list[Extension]:
    return EXTENSIONS(plan=plan.pk)


def text_for(plan, user, versions) -> tuple[str, dict[str, dict] | None]:
    """What is shown, said in words, and its sections (None when there is nothing this person may read yet)."""
    if plan.unit_id in units_of(user) and plan.state != plan.State.APPROVED:
        return "当前稿", draft_content(plan)
    standing = (version for version in versions if version.outcome != PlanVersion.Outcome.WITHDRAWN)
    latest = next(standing, None)
    if latest is None:
        return "尚未上报", None
    return f"第{latest.number}版（{latest.get_outcome_display()}）", latest.content["sections"]


def comments_for(plan, user) -> dict[str, list[Comment]]:
    """Remarks by section: the office sees all of the latest version; the unit those of a version already decided."""
    latest = plan.latest_version
    own = plan.unit_id in units_of(user) and latest and latest.outcome != PlanVersion.Outcome.PENDING
    found: dict[str, list[Comment]] = {}
    for comment in COMMENTS(version=latest.pk) if latest and (own or is_office(user)) else ():
        found.setdefault(comment.section, []).append(comment)
    return found


def sections_for(plan, user, versions) -> tuple[str, list[ShownSection]]:
    """The plan's parts in order, as this person reads them; an empty list when there is nothing to read yet.

    `versions` are those of versions_for().
    """
    label, text = text_for(plan, user, versions)
    if text is None:
        return label, []
    return label, shown(text, comments_for(plan, user))


def frozen_sections(version) -> list[ShownSection]:
    """A version's parts as they were signed."""
    return shown(version.content["sections"], {})


def shown(text, comments) -> list[ShownSection]:
    return [
        ShownSection(kind, SectionKind(kind).label, text[kind], comments.get(kind, []))
        for kind in SectionKind.values
    ]


def plain_text(frozen: dict) -> str:
    """Every word of a frozen content, for the search."""
    words = []
    for section in frozen["sections"].values():
        for value in (section, *section.get("rows", ())):
            words.extend(text for name, text in value.items() if isinstance(text, str) and name != "uid")
    return "\n".join(words)
