"""visible_row() finds exactly what visible_to() shows, for everybody and every row."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from sanwei.core.roles import UNIT_ROLES, Role
from tests import make
from units.organisation.models import Unit
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


@pytest.mark.parametrize("role", Role.values)
def test_whatever_posts_are_held_together_the_row_is_seen_as_the_list_shows_it(cast, plans, role):
    elsewhere = make.department(cast.other_unit)
    for place in (cast.unit, cast.other_unit, None):
        for also in (None, Role.UNIT_CLERK, Role.INSPECTOR):
            if role in UNIT_ROLES and place is None:
                continue
            user = make.user("周到")
            make.post(user, role, place)
            make.post(user, role, place, body="市信访局", starts_on=dt.date(2021, 1, 1))
            if also:
                make.post(user, also, cast.other_unit, department=elsewhere)
            found = {plan.pk for plan in plans if visible_row(Plan, user, plan.pk, "for_detail")}

            assert found == set(Plan.objects.visible_to(user).values_list("pk", flat=True)), (
                role,
                place,
                also,
            )


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


def test_who_has_not_signed_in_sees_nothing_of_what_everybody_inside_sees(cast):
    assert visible_row(Unit, cast.clerk, cast.unit.pk, "all") == cast.unit
    assert visible_row(Unit, AnonymousUser(), cast.unit.pk, "all") is None


@pytest.mark.parametrize("key", [2**63 - 1, 2**63, 10**30])
def test_an_address_with_a_key_too_large_for_the_database_is_that_of_no_plan(cast, client, key):
    client.force_login(cast.clerk)

    assert client.get(f"/units/plans/{key}/").status_code == 404
