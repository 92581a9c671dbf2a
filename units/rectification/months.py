"""Months, by their first days."""

import datetime as dt

KNOWN = range(2000, 3000)  # years of which there can be tasks


def first_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def after(month: dt.date) -> dt.date:
    """The month that follows."""
    return first_of(month + dt.timedelta(days=31))


def until(first: dt.date, last: dt.date) -> list[dt.date]:
    """The months from `first` to `last`, both included."""
    found = [first]
    while found[-1] < last:
        found.append(after(found[-1]))
    return found


def read(text: str) -> dt.date | None:
    """2027-03 as its first day; None for anything else."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if month.year in KNOWN else None


def written(month: dt.date) -> str:
    """2027-03, as an address has it."""
    return f"{month:%Y-%m}"
