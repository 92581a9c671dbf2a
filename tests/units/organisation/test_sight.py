"""visible_row() finds exactly what visible_to() shows, for everybody and every row."""

import pytest

from sanwei.core.roles import Role
from tests import make
from units.organisation.sight import visible_row
from units.plans.models import Plan

EVERYBODY = (
    "clerk", "head", "lead", "stranger", "other_head", "officer", "office_head", "leader", "inspector",
)  # fmt: skip


@pytest.fixture
def plans(cast):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    return (cast.plan, cast.other_plan)


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_row_is_seen_as_the_list_shows_it(cast, plans, who):
    user = getattr(cast, who)

    found = {plan.pk for plan in plans if visible_row(Plan, user, plan.pk, "all")}

    assert found == set(Plan.objects.visible_to(user).values_list("pk", flat=True))


def test_people_with_like_posts_in_other_places_do_not_see_for_each_other(cast):
    both = make.clerk(cast.unit, "周到")
    make.post(both, Role.UNIT_HEAD, cast.other_unit)
    nobody = make.user("无岗")

    def seen_by(user):
        return [visible_row(Plan, user, plan.pk, "for_detail") for plan in (cast.plan, cast.other_plan)]

    assert seen_by(cast.clerk) == [cast.plan, None]
    assert seen_by(cast.stranger) == [None, cast.other_plan]
    assert seen_by(both) == [cast.plan, cast.other_plan]
    assert seen_by(nobody) == [None, None]


def test_a_post_that_ended_shows_nothing_any_more(cast):
    assert visible_row(Plan, cast.clerk, cast.plan.pk, "all") == cast.plan
    cast.clerk.posts.update(ends_on=cast.clerk.posts.get().starts_on)
    again = type(cast.clerk).objects.get(pk=cast.clerk.pk)

    assert visible_row(Plan, again, cast.plan.pk, "all") is None
