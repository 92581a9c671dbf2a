"""A person's desk, gathered from the rooms that put something on it."""

from assessments.bulletins import worklist as bulletins
from assessments.bulletins.models import Bulletin
from sanwei.core.audit.models import Entry
from sanwei.core.ui.worklist import by_deadline
from sanwei.core.watching.actions import watched
from units.plans import worklist as plans
from units.plans.models import Plan

ROOMS = (plans, bulletins)
DONE_SHOWN = 20


def todo(user):
    return by_deadline(item for room in ROOMS for item in room.todo(user))


def under_way(user):
    return by_deadline(item for room in ROOMS for item in room.under_way(user))


def done(user):
    """已办: what this person did last, from the record."""
    return Entry.objects.by(user).order_by("-pk")[:DONE_SHOWN]


def followed(user):
    """关注: what this person follows and may still see."""
    return [*watched(Plan, user), *watched(Bulletin, user)]
