"""归集: what the rooms below tell is entered by rule, and what has fallen since is struck; by clock and on demand.

Each room says itself about which of its records there may be something new, so nothing is read that has not changed. A
portion is one transaction: what a record tells is entered together with the mark that it was looked at.
"""

import dataclasses
from collections import defaultdict

from django.db import transaction

from assessments.ledger.actions import enter, reverse
from assessments.ledger.models import LedgerEntry
from assessments.ledger.rules import Rulebook
from sanwei.core.audit.actions import record
from units.campaigns.models import Campaign
from units.plans import events as plans
from units.rectification import events as tasks

ROOMS = (plans, tasks)
LABEL = 200  # characters of LedgerEntry.cause_label
AGAIN = "#"  # between the key of an event and how often it has come true
AT_ONCE = 5  # portions of each room that somebody who presses the button waits for
GATHERED = (Campaign.State.OPEN, Campaign.State.ASSESS)  # what is published is not changed by a clock
NOTHING_TRUE = "原事项已撤销、改办或更正，不再成立，由系统冲销。"


@dataclasses.dataclass(frozen=True)
class Gathered:
    """How many records were looked at, entries made, and entries struck."""

    looked: int = 0
    entered: int = 0
    struck: int = 0

    def __add__(self, other):
        return Gathered(self.looked + other.looked, self.entered + other.entered, self.struck + other.struck)


def is_gathered(campaign) -> bool:
    return campaign is not None and campaign.state in GATHERED


def gather_all() -> Gathered:
    """The clock's: every campaign that is judged now, to the end. Safe to run twice, and by two workers at once."""
    judged = Campaign.objects.filter(state__in=GATHERED).order_by("pk")
    return sum((gather(campaign) for campaign in judged), Gathered())


def gather(campaign, most: int | None = None) -> Gathered:
    """Enter what there is of new for one campaign, at most `most` portions of each room. Side effects: as of enter()
    and reverse(), and the marks of the rooms."""
    found = Gathered()
    for room in ROOMS:
        portions = 0
        while (most is None or portions < most) and (some := portion(room, campaign)).looked:
            found, portions = found + some, portions + 1
    return found


def gather_now(*, campaign, by) -> Gathered:
    """立即归集, on demand: so much as somebody can wait for; the clock does the rest. Side effects: as gather(), audit."""
    with transaction.atomic():
        found = gather(campaign, AT_ONCE)
        record(campaign, "gather", by, label="归集台账", **dataclasses.asdict(found))
    return found


@transaction.atomic
def portion(room, campaign) -> Gathered:
    """One portion of one room, whole or not at all."""
    told = room.scorable_events(campaign)
    known, book = standing_entries(told), Rulebook()
    found = [counted(one, known[one.cause], book, campaign) for one in told]
    return sum(found, Gathered(looked=len(told)))


def standing_entries(told) -> dict[str, list[LedgerEntry]]:
    """Cause → the entries it has brought about by clock, struck ones too. One query."""
    found = defaultdict(list)
    if told:
        kind = told[0].cause.partition(":")[0]
        keys = [one.cause.partition(":")[2] for one in told]
        rows = LedgerEntry.objects.caused_by(kind, *keys).filter(reverses=None, entered_by=None)
        for row in rows.select_related("counter_entry").order_by("pk"):
            found[f"{row.cause_kind}:{row.cause_key}"].append(row)
    return found


def counted(one, entries, book, campaign) -> Gathered:
    """Bring the entries of one record into agreement with what it tells."""
    fallen = [row for row in entries if not row.is_struck and not one.still_true(told_as(row.event))]
    for row in fallen:
        reverse(entry=row, by=None, reason=NOTHING_TRUE)
    entered = sum(entered_anew(event, one, entries, book, campaign) for event in one.events)
    return Gathered(entered=entered, struck=len(fallen))


def entered_anew(event, one, entries, book, campaign) -> bool:
    """Whether an event was entered now. What a person has struck stays struck; what the clock struck because it was not true and
    which is true again, is entered under the next key of the event."""
    earlier = [row for row in entries if told_as(row.event) == event.key]
    if any(not row.is_struck or row.counter_entry.entered_by_id for row in earlier):
        return False
    terms = book.terms(event.occurred_on, event.kind)
    points = terms.points_for(event.quantity, event.before)
    if not points:
        return False
    enter(
        campaign=campaign,
        unit=one.unit,
        indicator=terms.indicator,
        points=points,
        event=f"{event.key}{AGAIN}{len(earlier) + 1}" if earlier else event.key,
        cause=one.cause,
        cause_label=label_of(one, event),
        rule=terms.sentence(event.kind),
        occurred_on=event.occurred_on,
        by=None,
    )
    return True


def label_of(one, event) -> str:
    """What happened to which record; a long title is cut rather than what happened."""
    return f"{one.label[: LABEL - len(event.label) - 1]}：{event.label}"


def told_as(key: str) -> str:
    """The key under which the room tells of an event, of the key under which it was entered."""
    return key.partition(AGAIN)[0]
