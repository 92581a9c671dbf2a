"""One line of somebody's desk: rooms make them, the desk sorts and shows them. Never stored."""

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True)
class WorkItem:
    """Something owed or under way. `due_at` and `since` are instants or None; `what` is what is to be done."""

    title: str
    url: str
    what: str
    due_at: dt.datetime | None = None
    since: dt.datetime | None = None
    waiting_for: str = ""
    with_others: bool = False  # 在办: this person has a part in it and somebody else is at work on it


def by_deadline(items) -> list[WorkItem]:
    """Earliest deadline first; what has none comes last, longest waiting first."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(items, key=lambda item: (item.due_at or far, item.since or far, item.title))
