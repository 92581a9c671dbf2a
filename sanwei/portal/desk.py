"""A person's desk, gathered from the rooms that put something on it."""

from assessments.accountability import worklist as accountability
from assessments.bulletins import worklist as bulletins
from assessments.bulletins.models import Bulletin
from assessments.inspections.findings import worklist as findings
from assessments.inspections.models import Finding
from assessments.publicity.cases import worklist as cases
from assessments.publicity.exposures import worklist as exposures
from assessments.publicity.models import Exposure, ModelCase
from sanwei.core.audit.models import LOOK, Entry
from sanwei.core.questions import Question
from sanwei.core.ui.worklist import WorkItem, by_deadline
from sanwei.core.watching.actions import watched
from units.plans import worklist as plans
from units.plans.models import Plan
from units.rectification import worklist as rectification
from units.rectification.models import Task

ROOMS = (plans, rectification, findings, accountability, exposures, cases, bulletins)
DONE_SHOWN = 20
COMINGS = ("sign_in", "sign_out", LOOK)  # in the record, but no work
DONE = Question(
    lambda user: (
        Entry.objects.filter(actor=user).exclude(verb__in=COMINGS).for_timeline().order_by("-pk")[:DONE_SHOWN]
    ),
    user=int,
)


def work(user) -> tuple[list[WorkItem], list[WorkItem]]:
    """待办: what waits for this person; 在办: what they have a part in and others are working on."""
    found = by_deadline(item for room in ROOMS for item in room.items(user))
    return [item for item in found if not item.with_others], [item for item in found if item.with_others]


def done(user) -> list[Entry]:
    """已办: what this person did last, from the record."""
    return DONE(user=user.pk)


def followed(user) -> list:
    """关注: what this person follows and may still see."""
    return watched((Plan, Task, Finding, Exposure, ModelCase, Bulletin), user)
