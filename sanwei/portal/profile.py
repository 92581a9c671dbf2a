"""单位画像: what every room that deals with units says of one, year by year.

A room adds its part by a function of the unit and the person asking, which gives a units/organisation/profile.Part, or None
where this person may know nothing of it. What stands in a part is the room's to decide: through its own visible_to.
"""

from assessments.inspections import profile as findings
from assessments.ledger import profile as points
from assessments.publicity import profile as publicity
from units.organisation.profile import Part
from units.plans import profile as plans
from units.rectification import profile as rectification

ROOMS = (plans.of_unit, rectification.of_unit, findings.of_unit, points.of_unit, publicity.of_unit)


def of_unit(unit, user) -> list[Part]:
    """The parts of all rooms, in their order."""
    return [part for room in ROOMS if (part := room(unit, user)) is not None]
