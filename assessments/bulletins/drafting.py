"""Which bulletins the clock drafts, and when."""

import datetime as dt

from assessments.bulletins.actions import draft
from assessments.bulletins.models import Bulletin
from sanwei.core import clock
from sanwei.core.workdays import calendar
from units.campaigns.models import Campaign


def draft_due() -> list[Bulletin]:
    """Draft what is due and not yet there, for each open campaign; the office edits and signs.

    The submission bulletin: from the second working day after the plan deadline. The periodic one: from the first
    working day after each quarter of the campaign's year (R9.2 定期通报).
    """
    drafted = []
    for campaign in Campaign.objects.filter(state=Campaign.State.OPEN):
        for kind, period in periods_due(campaign, clock.today()):
            there = Bulletin.objects.filter(kind=kind, campaign=campaign, period=period)
            if not there.exclude(state=Bulletin.State.VOID).exists():
                drafted.append(draft(kind=kind, campaign=campaign, period=period, by=None))
    return drafted


def periods_due(campaign, today: dt.date) -> list[tuple[str, str]]:
    """(kind, period) of every bulletin whose day has come, oldest first."""
    due = []
    if today >= calendar.add_workdays(campaign.plan_due_on, 2):
        due.append((Bulletin.Kind.SUBMISSION, ""))
    for quarter in range(1, 5):
        year, month = (campaign.year, quarter * 3 + 1) if quarter < 4 else (campaign.year + 1, 1)
        last_day = dt.date(year, month, 1) - dt.timedelta(days=1)
        if today >= calendar.add_workdays(last_day, 1):
            due.append((Bulletin.Kind.PERIODIC, f"{campaign.year}Q{quarter}"))
    return due
