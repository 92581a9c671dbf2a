"""The record: only added to, chained, and every tampering named (AUD-03, AUD-04)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from sanwei.core.audit.actions import record
from sanwei.core.audit.chain import first_fault, head, seal_pending
from sanwei.core.audit.models import Entry, Seal
from tests import make


def entries(number=3):
    user = make.user()
    with transaction.atomic():
        return [record(user, "test", user, label=f"第{n}次") for n in range(1, number + 1)]


@pytest.fixture
def unguarded(db):
    """Somebody with the database in their hands: the guards are taken down, inside the test's transaction."""

    def lower():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SET CONSTRAINTS ALL IMMEDIATE"
                )  # nothing may be pending when the table is altered
                for table in ("core_entry", "core_seal"):
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                for table in ("core_entry", "core_seal"):
                    for verb in ("update", "delete"):
                        cursor.execute(f"DROP TRIGGER {table}_no_{verb}")

    return lower


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_act_is_refused():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(make.user(), "test", None, label="测试")


@pytest.mark.parametrize("model", [Entry, Seal])
def test_the_database_refuses_update_and_delete(db, model):
    entries()
    seal_pending()
    field = "label" if model is Entry else "digest"

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{field: "改"})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()

    assert first_fault() == ""


def test_sealing_chains_what_is_new_and_nothing_twice(db):
    entries(3)
    assert seal_pending() == 3
    entries(2)
    assert (seal_pending(), seal_pending()) == (2, 0)

    assert [seal.sequence for seal in Seal.objects.order_by("sequence")] == [1, 2, 3, 4, 5]
    assert first_fault() == ""


def test_an_entry_that_commits_late_is_sealed_late(db):
    first, second, third = entries(3)
    Seal.objects.all()
    seal_pending()
    late = entries(1)[0]
    seal_pending()

    assert [*Seal.objects.order_by("sequence").values_list("entry", flat=True)] == [
        first.pk,
        second.pk,
        third.pk,
        late.pk,
    ]


def test_a_changed_entry_is_named(db, unguarded):
    second = entries(3)[1]
    seal_pending()
    unguarded()
    Entry.objects.filter(pk=second.pk).update(label="改")

    assert first_fault() == f"entry {second.pk} (seal 2) was changed"


def test_a_removed_link_is_named(db, unguarded):
    entries(3)
    seal_pending()
    unguarded()
    Seal.objects.filter(sequence=2).delete()

    assert first_fault() == "seal 2 is missing (found 3)"


def test_a_cut_tail_shows_against_the_anchor_only(db, unguarded):
    entries(3)
    seal_pending()
    anchor = head()
    unguarded()
    Seal.objects.filter(sequence=3).delete()

    assert first_fault() == ""
    assert first_fault(anchor) == "the chain ends at 2, before the anchor 3: its tail was cut"


def test_a_rebuilt_chain_shows_against_the_anchor(db, unguarded):
    first = entries(3)[0]
    seal_pending()
    anchor = head()
    unguarded()
    Entry.objects.filter(pk=first.pk).update(label="改")
    Seal.objects.all().delete()
    seal_pending()

    assert first_fault() == ""
    assert first_fault(anchor) == "seal 3 differs from the anchor: the chain was rebuilt"


def test_the_command_fails_loudly(db, unguarded, capsys):
    entries(2)
    seal_pending()
    call_command("verify_audit")
    assert "whole: 2 entries" in capsys.readouterr().out

    unguarded()
    Entry.objects.update(label="改")
    with pytest.raises(CommandError, match="was changed"):
        call_command("verify_audit")


def test_the_auditor_reads_the_record_and_nobody_else(db, client):
    entries(1)
    client.force_login(make.holder("audit_admin"))
    auditor = client.get("/audit/?label=第1次")
    client.force_login(make.holder("system_admin"))

    assert auditor.status_code == 200
    assert "第1次" in auditor.content.decode()
    assert client.get("/audit/").status_code == 403
