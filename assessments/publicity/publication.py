"""Two people put something before the public: one proposes, another one approves (AUTHZ-14). The database holds to it
as well: a check against the same account, a trigger against two accounts of one person."""

from django.db.models import F, Q

from sanwei.core import clock
from sanwei.core.refusals import Refused

NOT_TWO_PEOPLE = "批准公开的人不能是提请公开的人。请由领导组办公室其他同志批准。"
NOT_PROPOSED = {"proposed_by": None, "proposed_at": None}


def proposed(by) -> dict:
    return {"proposed_by": by, "proposed_at": clock.now()}


def approved(by):
    """What approving changes, asked of the locked row: who proposed it may have changed since the page was opened."""

    def changes(row):
        if row.proposed_by.person == by.person:
            raise Refused(NOT_TWO_PEOPLE)
        return {"published_by": by, "published_at": clock.now()}

    return changes


def proposed_by(row, user) -> bool:
    """Whether it was this person, under whatever account, who proposed it."""
    return row.proposed_by_id is not None and row.proposed_by.person == user.person


BY_TWO = Q(published_by__isnull=True) | (Q(proposed_by__isnull=False) & ~Q(published_by=F("proposed_by")))
IS_COMPLETE = ~Q(state__in=["published", "withdrawn"]) | Q(
    published_by__isnull=False, published_at__isnull=False
)
IS_CORRECTED = ~Q(state="withdrawn") | (~Q(correction="") & Q(withdrawn_at__isnull=False))
