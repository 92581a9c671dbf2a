"""A question answers what its queryset would, and asks the ORM for its SQL once."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models import Value
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from sanwei.core import clock
from sanwei.core.questions import Question
from units.organisation.models import Post, Unit
from units.plans.models import Plan


def test_rows_come_with_what_they_are_joined_to(cast):
    question = Question(lambda pk: Plan.objects.filter(pk=pk).select_related("unit", "campaign"), pk=int)
    question(pk=cast.other_plan.pk)

    with CaptureQueriesContext(connection) as asked:
        [plan] = question(pk=cast.plan.pk)
        told = (plan, plan.unit, plan.campaign, plan.due_at)

    assert told == (cast.plan, cast.unit, cast.campaign, cast.plan.due_at)
    assert len(asked) == 1


def test_each_asking_has_its_own_values_and_rows(cast):
    question = Question(lambda pk: Plan.objects.filter(pk=pk), pk=int)

    assert [question(pk=plan.pk) for plan in (cast.plan, cast.other_plan, cast.plan)] == [
        [cast.plan],
        [cast.other_plan],
        [cast.plan],
    ]
    assert question(pk=0) == []
    assert question(pk=cast.plan.pk)[0] is not question(pk=cast.plan.pk)[0]


def test_values_days_and_instants_are_as_the_orm_gives_them(cast):
    due = Question(
        lambda since: Plan.objects.filter(due_at__gte=since).order_by("pk").values_list("pk", "due_at"),
        since=dt.datetime,
    )
    held = Question(
        lambda user, day: Post.objects.active(day).filter(user=user).values("role", "starts_on"),
        user=int,
        day=dt.date,
    )

    assert due(since=cast.plan.due_at) == list(Plan.objects.order_by("pk").values_list("pk", "due_at"))
    assert due(since=cast.plan.due_at + dt.timedelta(seconds=1)) == []
    assert held(user=cast.clerk.pk, day=clock.today()) == list(cast.clerk.posts.values("role", "starts_on"))
    assert held(user=cast.clerk.pk, day=dt.date(1990, 1, 1)) == []


def test_a_text_goes_in_as_it_is(cast):
    question = Question(lambda name: Unit.objects.filter(name=name), name=str)

    assert question(name=cast.unit.name) == [cast.unit]
    assert question(name="'; DROP TABLE units_unit; --") == []


def test_a_value_that_changes_on_the_way_is_told_at_once(db):
    question = Question(lambda name: Unit.objects.filter(name__contains=name), name=str)

    with pytest.raises(ValueError, match="name changed on the way into the SQL"):
        question(name="市")


def test_what_can_have_no_answer_asks_nothing(db):
    question = Question(lambda pk: Plan.objects.none().filter(pk=pk), pk=int)

    with CaptureQueriesContext(connection) as asked:
        assert question(pk=1) == []
    assert len(asked) == 0


@pytest.mark.parametrize("key", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_row_can_have_has_no_answers(cast, key):
    question = Question(lambda pk: Plan.objects.filter(pk=pk), pk=int)

    assert question(pk=key) == list(Plan.objects.filter(pk=key)) == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_an_error_each_time():
    question = Question(lambda pk: Unit.objects.select_for_update().filter(pk=pk), pk=int)
    with transaction.atomic():
        assert question(pk=1) == []

    with pytest.raises(TransactionManagementError):
        question(pk=1)


POSTGRESQL_ONLY = pytest.mark.services  # only PostgreSQL keeps statements for a connection


def prepared_here() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


@POSTGRESQL_ONLY
def test_the_database_plans_a_question_once(cast):
    question = Question(lambda pk: Plan.objects.filter(pk=pk, state="draft"), pk=int)
    before = prepared_here()
    question(pk=cast.plan.pk)
    with CaptureQueriesContext(connection) as asked:
        question(pk=cast.other_plan.pk)

    [new] = prepared_here() - before
    assert new.startswith("units_plan_")
    assert [query["sql"] for query in asked] == [f"EXECUTE {new} ({cast.other_plan.pk})"]


@POSTGRESQL_ONLY
def test_values_of_ours_are_arguments_and_the_rest_stands_in_the_statement(cast):
    """A per cent sign, a quote and a constant of another kind come through as the ORM would send them."""
    question = Question(
        lambda unit: (
            Plan.objects.filter(unit=unit)
            .exclude(unit__name__contains="100%")
            .exclude(unit__name="O'%s")
            .annotate(one=Value(1), word=Value("%d'"))
            .values_list("unit", "one", "word")
        ),
        unit=int,
    )

    assert question(unit=cast.unit.pk) == [(cast.unit.pk, 1, "%d'")]
    assert question(unit=cast.other_unit.pk) == [(cast.other_unit.pk, 1, "%d'")]


@POSTGRESQL_ONLY
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_lost_is_given_the_question_anew(cast):
    question = Question(lambda pk: Plan.objects.filter(pk=pk), pk=int)
    question(pk=cast.plan.pk)
    connection.close()

    assert question(pk=cast.plan.pk) == [cast.plan]


@POSTGRESQL_ONLY
@pytest.mark.django_db(transaction=True)
def test_a_question_outlives_a_transaction_that_was_rolled_back(cast):
    question = Question(lambda pk: Plan.objects.filter(pk=pk), pk=int)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        question(pk=cast.plan.pk)
        raise ZeroDivisionError

    assert question(pk=cast.plan.pk) == [cast.plan]
