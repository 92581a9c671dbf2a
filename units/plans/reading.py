"""Which text of a plan a person is shown: the unit its draft, the office what was handed in, inspectors what is in force."""

import dataclasses

from sanwei.core.roles import OFFICE_ROLES, Role
from units.organisation.access import is_office, roles_of, units_of
from units.plans.content import EMPTY, SectionKind
from units.plans.drafting import sections_of
from units.plans.models import Comment, PlanVersion


@dataclasses.dataclass(frozen=True)
class ShownSection:
    """One part as it is read: `content` in the shape of content.py; `comments` the remarks this person may see."""

    kind: str
    label: str
    content: dict
    comments: list

    @property
    def empty(self) -> bool:
        return self.content == EMPTY[self.kind]


def versions_for(plan, user):
    """The versions a person may open: own unit all; office and leaders those handed in; others the one in force."""
    versions = PlanVersion.objects.filter(plan=plan).select_related("signed_by", "decided_by")
    if plan.unit_id in units_of(user) or roles_of(user) & (OFFICE_ROLES | {Role.LEADER}):
        return versions.order_by("-number")
    return versions.filter(pk=plan.approved_version_id)


def text_for(plan, user) -> tuple[str, dict[str, dict] | None]:
    """What is shown, said in words, and its sections (None when there is nothing this person may read yet)."""
    if plan.unit_id in units_of(user) and plan.state != plan.State.APPROVED:
        return "当前稿", {kind: section.content for kind, section in sections_of(plan).items()}
    latest = versions_for(plan, user).exclude(outcome=PlanVersion.Outcome.WITHDRAWN).first()
    if latest is None:
        return "尚未上报", None
    return f"第{latest.number}版（{latest.get_outcome_display()}）", latest.content["sections"]


def comments_for(plan, user) -> dict[str, list[Comment]]:
    """Remarks by section: the office sees all of the latest version; the unit those of a version already decided."""
    comments = Comment.objects.filter(version__plan=plan, version=plan.latest_version_id).select_related("by")
    if not is_office(user):
        if plan.unit_id not in units_of(user):
            return {}
        comments = comments.exclude(version__outcome=PlanVersion.Outcome.PENDING)
    found: dict[str, list[Comment]] = {}
    for comment in comments:
        found.setdefault(comment.section, []).append(comment)
    return found


def sections_for(plan, user) -> tuple[str, list[ShownSection]]:
    """The plan's parts in order, as this person reads them; an empty list when there is nothing to read yet."""
    label, text = text_for(plan, user)
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
