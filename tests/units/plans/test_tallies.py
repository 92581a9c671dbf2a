"""The kept counts say what counting would say, whatever happens to plans, measures and units."""

import random

import pytest
from django.db.models import Count, Q

from sanwei.core import clock
from tests import make
from tests.cast import beijing
from units.organisation import actions as organisation
from units.organisation.models import Unit
from units.plans import actions, submission, tallies
from units.plans.models import Measure, MeasureTally, Plan, PlanTally

pytestmark = pytest.mark.django_db
MISSING, HANDED_IN = Q(submitted_at=None), Q(submitted_at__isnull=False)
COUNTS = {
    "expected": Count("pk"),
    "handed_in": Count("pk", filter=HANDED_IN),
    "on_time": Count("pk", filter=HANDED_IN & Q(late_days=0)),
    "late": Count("pk", filter=HANDED_IN & Q(late_days__gt=0)),
    "missing": Count("pk", filter=MISSING),
    "returned": Count("pk", filter=Q(returned_at__isnull=False)),
    "approved": Count("pk", filter=Q(approved_version__isnull=False)),
}


def counted(campaign):
    return Plan.objects.filter(campaign=campaign).aggregate(**COUNTS)


def kept(campaign):
    return tallies.summed(PlanTally, campaign)[0]


def measures_counted():
    rows = Measure.objects.in_force().values_list("due_on", Q(done_on__isnull=False)).order_by()
    return sorted(rows.annotate(number=Count("pk")))


def measures_kept(campaign):
    rows = tallies.summed(MeasureTally, campaign, "due_on", "done")
    return sorted((row["due_on"], row["done"], row["number"]) for row in rows if row["number"])


def live_through_a_year(cast):
    """Every verb that moves a count, and the state after each."""
    plan, late = cast.plan, beijing(2026, 3, 3, 10)
    make.awaiting_plan(plan, cast.clerk)
    yield actions.sign(plan=plan, by=cast.head, received_at=late)
    yield actions.withdraw(plan=Plan.objects.get(pk=plan.pk), by=cast.head, reason="补充材料")
    yield actions.request_signature(plan=plan, by=cast.clerk)
    yield actions.sign(plan=plan, by=cast.head, received_at=late)
    due_on = clock.today().replace(year=clock.today().year + 1)
    yield actions.return_for_revision(plan=plan, by=cast.officer, opinion="请补充", due_on=due_on)
    yield actions.request_signature(plan=plan, by=cast.clerk)
    yield actions.sign(plan=plan, by=cast.head, received_at=late)
    yield actions.approve(plan=plan, by=cast.officer)


def test_the_kept_counts_follow_every_verb(cast):
    seen = [counted(cast.campaign)]
    for _ in live_through_a_year(cast):
        seen.append(counted(cast.campaign))
        assert kept(cast.campaign) == seen[-1]

    assert len({tuple(found.items()) for found in seen}) > 3  # the year did move them


def test_the_measures_of_an_approved_plan_are_counted_by_their_day(cast):
    for _ in live_through_a_year(cast):
        assert measures_kept(cast.campaign) == measures_counted()
    measure = Measure.objects.first()

    measure.percent, measure.done_on = 100, clock.today()
    measure.save(update_fields=["percent", "done_on"])
    assert measures_kept(cast.campaign) == measures_counted() != []
    measure.dropped = True
    measure.save(update_fields=["dropped"])
    assert measures_kept(cast.campaign) == measures_counted()


def test_a_unit_that_changes_its_tier_takes_its_plans_along(cast):
    before = {row.label: row.expected for row in submission.by_tier(cast.campaign)}

    organisation.set_tier(unit=cast.unit, tier=Unit.Tier.WEAK, reason="复核", by=cast.officer)

    assert before == {"基础好": 2}
    assert {row.label: row.expected for row in submission.by_tier(cast.campaign)} == {
        "基础好": 1,
        "基础差": 1,
    }


def test_folding_keeps_the_sums_and_leaves_few_rows(cast):
    for _ in live_through_a_year(cast):
        pass
    before = kept(cast.campaign), measures_kept(cast.campaign)

    tallies.fold()

    assert (kept(cast.campaign), measures_kept(cast.campaign)) == before
    assert PlanTally.objects.filter(campaign=cast.campaign).count() == 1
    assert tallies.fold() == 0


def test_plans_that_are_deleted_are_no_longer_counted(cast):
    chance = random.Random(7)
    Plan.objects.filter(pk=chance.choice([cast.plan.pk, cast.other_plan.pk])).delete()

    assert kept(cast.campaign) == counted(cast.campaign)
    assert kept(cast.campaign)["expected"] == 1
