"""What rooms offer to the ledger above them, without knowing it: things that happened and may bring points.

A room that has such things keeps a file `events.py` with `scorable_events(campaign)` (docs/decisions/ledger.md).
"""

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that happened once. `kind` is what the rule of points is set for; `key` is the same whenever the room tells of it
    again, and of nothing else. `label` says it in words. `quantity` is how much of it there is (working days late, times sent back) with this event, `before` how
    much there was without it: the second time of being sent back brings it from 1 to 2."""

    kind: str
    key: str
    label: str
    occurred_on: dt.date
    quantity: int = 1
    before: int = 0


@dataclasses.dataclass(frozen=True)
class Scorable:
    """One record as it stands now: whose it is, what happened to it, and which events told before are still true.

    `cause` names the record ("task:12"), `label` says it in words. Of the events told before those stand whose keys begin with
    one of `standing`, besides those in `events`; all others have fallen.
    """

    cause: str
    label: str
    unit: object
    events: tuple[Event, ...] = ()
    standing: tuple[str, ...] = ()

    def still_true(self, key: str) -> bool:
        return key.startswith(self.standing) or any(event.key == key for event in self.events)
