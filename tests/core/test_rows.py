"""What is written by SQL made once stands in the database as save() would have left it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sanwei.core import clock
from sanwei.core.audit.models import Entry
from sanwei.core.idempotency.models import Reply
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement
from sanwei.core.rows import append, append_missing, require_transaction, rewrite
from units.plans.models import Plan, Section


def reply(user, key="k1", **values) -> Reply:
    return Reply(
        **{"actor": user, "key": key, "content": "0" * 64, "location": "/", "at": clock.now(), **values}
    )


def announcement(user, key) -> Announcement:
    return Announcement.to(named(user), key=key, title="方案待签发", body="请办理")


def values(row) -> dict:
    fields = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in fields}


def test_a_new_row_is_what_the_orm_would_have_written(cast):
    detail = {"before": "草稿", "清单": [1, None, {"a": "'%s\\"}]}
    words = {"at": clock.now(), "actor": cast.clerk, "actor_name": "张%三", "verb": "v", "label": "l"}
    words |= {"object_type": "t", "object_id": "1", "object_label": "𫍯𨭎", "detail": detail}
    by_orm, by_hand = Entry.objects.create(**words), append(Entry(**words))

    assert by_hand.pk > by_orm.pk
    assert values(Entry.objects.get(pk=by_hand.pk)) == values(Entry.objects.get(pk=by_orm.pk))
    assert values(by_hand) == values(Entry.objects.get(pk=by_hand.pk))
    assert not by_hand._state.adding


def test_a_row_just_written_may_be_saved_again(cast):
    section = append(Section(plan=cast.plan, kind="experience", content={"text": "甲"}, updated_by=None))
    section.content = {"text": "乙"}
    section.save()

    assert cast.plan.sections.get().content == {"text": "乙"}


def test_a_key_taken_is_refused(cast):
    append(reply(cast.clerk))
    with pytest.raises(IntegrityError), transaction.atomic():
        append(reply(cast.clerk))
    assert append(reply(cast.head)).pk


@pytest.mark.parametrize("count", [0, 1, 2, 8, 9, 30])
def test_those_missing_are_written_at_once_and_the_others_left(cast, count):
    append_missing(announcement(cast.clerk, "key-0"))
    with CaptureQueriesContext(connection) as asked:
        append_missing(*[announcement(cast.clerk, f"key-{place}") for place in range(count)])

    assert Announcement.objects.count() == max(count, 1)
    assert sum("INSERT" in query["sql"] for query in asked) == (1 if count else 0)


def test_named_fields_are_written_and_no_others(cast):
    plan, now = Plan.objects.get(pk=cast.plan.pk), clock.now()
    plan.state, plan.version, plan.returned_at, plan.late_days = "returned", 7, now, 99
    rewrite(plan, "state", "version", "returned_at", "unit")

    fresh = Plan.objects.get(pk=plan.pk)
    assert (fresh.state, fresh.version, fresh.returned_at, fresh.late_days) == ("returned", 7, now, 0)
    assert Plan.objects.get(pk=cast.other_plan.pk).state == "draft"


def test_a_row_that_went_away_is_told(cast):
    plan = Plan.objects.get(pk=cast.plan.pk)
    cast.plan.delete()
    with pytest.raises(Plan.DoesNotExist):
        rewrite(plan, "state")


def test_a_field_that_is_none_of_the_table_is_told(cast):
    with pytest.raises(Exception, match="has no field named"):
        rewrite(cast.plan, "colour")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_told():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        require_transaction("record()")
    with transaction.atomic():
        require_transaction("record()")
