"""What may be asked of tasks."""

import datetime as dt

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, OuterRef, Q, When
from django.db.models.functions import Coalesce, TruncDate

from sanwei.core import clock
from sanwei.core.roles import SUPERVISORS, Role
from sanwei.core.workdays.lights import course_light, course_pace
from units.organisation.access import posts_of, roles_of, units_of
from units.organisation.models import LONGEST_QUERY, Unit
from units.rectification import months
from units.rectification.models.urging import Urging
from units.rectification.models.work import Assistance
from units.rectification.states import CLOSED, SUPERVISED, State

NO_DEPARTMENT = "none"  # as a filter says it: not yet given to a department
LISTED = (  # what a row of the list or of its workbook shows, or computes its light from
    "number", "title", "source", "state", "percent", "assigned_on", "due_on", "start_workday", "due_workday", "sent_back",
    "extended", "stopped_on", "suspended_on", "result", "unit__name", "lead_department__name",
)  # fmt: skip
IS_CLOSED, IS_PAUSED = Q(state__in=CLOSED), Q(suspended_on__isnull=False)


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who supervise see all; a unit's clerk and head what it leads or assists; a department and a person what is
        theirs."""
        if not user.is_authenticated:
            return self.none()
        if roles_of(user) & SUPERVISORS:
            return self
        units = units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)
        departments = {post.department_id for post in posts_of(user) if post.role == Role.DEPARTMENT_LEAD} - {
            None
        }
        helped = Assistance.objects.filter(
            Q(unit__in=units) | Q(department__in=departments), task=OuterRef("pk")
        )
        named = Q(person=user.pk, unit__in=units_of(user))  # a name without a post is no right
        own = Q(unit__in=units) | Q(lead_department__in=departments) | named
        return self.filter(own | Exists(helped))

    def open(self):
        """Neither closed nor cancelled."""
        return self.exclude(state__in=CLOSED)

    def waiting_for_signing(self):
        return self.filter(state=State.ASSIGNED)

    def sign_for_overdue(self, today):
        """Not signed for in time (领办逾期)."""
        return self.waiting_for_signing().filter(sign_for_due_on__lt=today, suspended_on=None)

    def report_overdue(self, today):
        """Not reported as done in time (反馈逾期)."""
        return self.filter(state__in=SUPERVISED, due_on__lt=today, suspended_on=None)

    def to_remind(self, today):
        """Those a clock has to look at: a day has come that was named for it, or a verb has changed what they owe."""
        return self.filter(remind_on__lte=today)

    def to_gather(self, campaign, today):
        """Those of a campaign about which the ledger may learn something new: a day has come, or a verb was taken."""
        return self.filter(campaign=campaign, gather_on__lte=today)

    def can_be_urged(self, today):
        """Those on which time runs against the unit, and that were not urged today."""
        urged = Urging.objects.filter(task=OuterRef("pk"), issued_on=today)
        return self.filter(~Exists(urged), state__in=SUPERVISED, suspended_on=None)

    def from_source(self, source, *keys):
        return self.filter(source=source, source_key__in=keys)

    def with_light(self, today=None):
        """Annotates `light` (core/workdays/lights.Light)."""
        return self.annotate(light=course_light(IS_CLOSED, IS_PAUSED, today))

    def with_pace(self, today=None):
        """Annotates `pace` (core/workdays/lights.Pace): what was cancelled, declined or suspended is 其他."""
        other = IS_PAUSED | Q(state__in=(State.CANCELLED, State.DECLINED))
        return self.annotate(pace=course_pace(Q(state=State.CLOSED), other, today))

    def with_standing(self, today=None):
        """Annotates what boards count a task by: `light`, `pace`, `is_late` (反馈逾期), `closed_on`, and the days between which it
        was late (`late_from`, `late_until`; no days where it was cancelled or still runs)."""
        today = today or clock.today()
        late = Q(state__in=SUPERVISED, due_on__lt=today, suspended_on=None)
        cancelled = Q(state=State.CANCELLED)
        return (
            self.with_light(today)
            .with_pace(today)
            .annotate(
                is_late=ExpressionWrapper(late, models.BooleanField()),
                closed_on=TruncDate("closed_at", tzinfo=clock.city()),
                late_from=Case(When(cancelled, then=None), default="due_on"),
                late_until=Coalesce("stopped_on", "suspended_on"),
            )
        )

    def opened_in(self, month: dt.date):
        """Given in the month whose first day this is."""
        return self.filter(assigned_on__gte=month, assigned_on__lt=months.after(month))

    def closed_in(self, month: dt.date):
        first, end = clock.at(month, dt.time.min), clock.at(months.after(month), dt.time.min)
        return self.filter(closed_at__gte=first, closed_at__lt=end)

    def late_at_end_of(self, month: dt.date):
        """Not reported as done when the month ended, though the time was up (月末逾期)."""
        end = months.after(month)
        stopped = self.annotate(late_until=Coalesce("stopped_on", "suspended_on"))
        ran_on = Q(late_until=None) | Q(late_until__gte=end)
        return stopped.filter(ran_on, due_on__lt=end).exclude(state=State.CANCELLED)

    def filtered(
        self, *, q="", light="", pace="", state="", source="", overdue="", unit=None, department="",
        opened=None, closed=None, late=None,
    ):  # fmt: skip
        """Narrow by what the filter bar says; what says nothing narrows nothing."""
        tasks = self.with_light() if light else self
        tasks = tasks.with_pace() if pace else tasks
        if words := q.strip()[:LONGEST_QUERY]:
            tasks = tasks.filter(Q(unit__in=Unit.objects.matching(words)) | Q(title__icontains=words))
        if overdue in ("sign_for", "report"):
            tasks = getattr(tasks, f"{overdue}_overdue")(clock.today())
        for narrow, month in (("opened_in", opened), ("closed_in", closed), ("late_at_end_of", late)):
            if month:
                tasks = getattr(tasks, narrow)(month)
        exact = {"light": light, "pace": pace, "state": state, "source": source, "unit": unit}
        if department:
            exact["lead_department"] = None if department == NO_DEPARTMENT else department
        return tasks.filter(
            **{field: value for field, value in exact.items() if value or field == "lead_department"}
        )

    def for_list(self):
        """Rows know their own lights (Task.light_now); the database computes one where it is asked to look for it."""
        return self.select_related("unit", "lead_department").only(*LISTED)

    def for_detail(self):
        return self.select_related("unit", "campaign", "lead_department", "person", "asked_extension")
