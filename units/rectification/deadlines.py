"""What a task owes by when: signing for it, reporting it done; and what a pause does to both."""

import datetime as dt

from sanwei.core.workdays import calendar

SIGN_FOR_WORKDAYS = 1  # dossier 3.2, sup.sign_wd
DEFAULT_WORKDAYS = 10  # dossier Appendix B, rect.default_wd


def due_of(start: dt.date, due_on: dt.date) -> dict:
    """The columns that hold a period: its civil days, and their numbers among the working days."""
    return {
        "started_on": start,
        "due_on": due_on,
        "start_workday": calendar.number_of(start),
        "due_workday": calendar.number_of(due_on),
    }


def stopped(day: dt.date) -> dict:
    """The columns that stop the clock on `day`: the unit has done its part."""
    return {"stopped_on": day, "stopped_workday": calendar.number_of(day)}


RUNNING = {"stopped_on": None, "stopped_workday": None}


def sign_for_due_on(assigned_on: dt.date) -> dt.date:
    return calendar.add_workdays(assigned_on, SIGN_FOR_WORKDAYS)


def half_way(start: dt.date, due_on: dt.date) -> dt.date:
    """When those who assist must have said what they have to say: half of the whole time (dossier 3.2)."""
    return calendar.add_workdays(start, max(1, calendar.workdays_between(start, due_on) // 2))


def stood_still(suspended_on: dt.date, resumed_on: dt.date) -> int:
    """Working days that do not count: from the day of suspension to the day before work goes on."""
    return calendar.workdays_between(suspended_on - calendar.ONE, resumed_on - calendar.ONE)


def moved(day: dt.date, workdays: int) -> dt.date:
    """`day` put off by so many working days; not moved at all when none stood still."""
    return calendar.add_workdays(day, workdays) if workdays else day
