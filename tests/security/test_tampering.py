"""Somebody with the database in their hands: every tampering with the record is named (AUD-04)."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.audit.chain import FIELDS, digest_of, first_fault, head, seal_pending
from sanwei.core.audit.models import Entry, Seal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    """Five sealed entries on which nothing guards any more; yields their keys."""
    user = make.user()
    with transaction.atomic():
        rows = [record(user, "test", user, label=f"第{n}次", number=n) for n in range(1, 6)]
    seal_pending()
    with connection.cursor() as cursor:
        for table in ("core_entry", "core_seal"):
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{verb}")
    return [row.pk for row in rows]


OTHER = {
    "DateTimeField": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    "JSONField": {"number": 9},
    "GenericIPAddressField": "10.9.9.9",
    "ForeignKey": None,
    "CharField": "改",
}
COLUMNS = [field for field in Entry._meta.concrete_fields if not field.primary_key]


@pytest.mark.parametrize("field", COLUMNS, ids=lambda field: field.name)
def test_aud_04_a_change_of_any_column_is_named(five, field):
    Entry.objects.filter(pk=five[2]).update(**{field.attname: OTHER[type(field).__name__]})

    assert first_fault() == f"entry {five[2]} (seal 3) was changed"


def test_aud_04_no_column_is_left_out_of_the_seal():
    assert {field.attname for field in COLUMNS} == {*FIELDS, "at"} - {"pk"}


def test_aud_04_a_changed_time_of_sealing_is_named(five):
    Seal.objects.filter(sequence=4).update(sealed_at=OTHER["DateTimeField"])

    assert first_fault() == f"entry {five[3]} (seal 4) was changed"


def test_aud_04_an_entry_taken_from_the_middle_is_named(five):
    Seal.objects.filter(sequence=3).delete()
    Entry.objects.filter(pk=five[2]).delete()

    assert first_fault() == "seal 3 is missing (found 4)"


def test_aud_04_two_entries_whose_contents_were_swapped_are_named(five):
    second, fourth = (Entry.objects.filter(pk=five[n]) for n in (1, 3))
    labels = second.get().label, fourth.get().label
    second.update(label=labels[1])
    fourth.update(label=labels[0])

    assert first_fault() == f"entry {five[1]} (seal 2) was changed"


def test_aud_04_seals_in_another_order_are_named(five):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        Seal.objects.filter(sequence=old).update(sequence=new)

    assert first_fault() == "seal 2 does not follow its predecessor"


def test_aud_04_an_entry_put_between_is_named(five):
    """Room is made by moving the later seals; the forger has no key."""
    for sequence in (5, 4, 3):
        Seal.objects.filter(sequence=sequence).update(sequence=sequence + 1)
    forged, before = make_entry(), Seal.objects.get(sequence=2)
    Seal.objects.create(
        sequence=3, entry=forged, previous=before.digest, digest="f" * 64, sealed_at=clock.now()
    )

    assert first_fault() == f"entry {forged.pk} (seal 3) was changed"


def make_entry(**fields) -> Entry:
    with transaction.atomic():
        return record(make.user(), "test", None, label="假", **fields)


def test_aud_04_a_backdated_entry_gets_its_place_at_the_end(five):
    forged = make_entry()
    Entry.objects.filter(pk=forged.pk).update(at=OTHER["DateTimeField"])
    seal_pending()

    last = Seal.objects.latest("sequence")
    assert (last.sequence, last.entry_id) == (6, forged.pk)
    assert last.sealed_at - last.entry.at > dt.timedelta(days=365)
    assert first_fault() == ""


def test_aud_04_a_tail_that_was_cut_is_found_by_the_anchor(five):
    anchor = head()
    Seal.objects.filter(sequence__gte=4).delete()
    Entry.objects.filter(pk__in=five[3:]).delete()

    assert first_fault() == ""
    assert first_fault(anchor) == "the chain ends at 3, before the anchor 5: its tail was cut"


def rebuild(keys) -> None:
    """By somebody who has the key too."""
    Seal.objects.all().delete()
    previous = "0" * 64
    for sequence, entry in enumerate(Entry.objects.filter(pk__in=keys).order_by("pk"), 1):
        now = clock.now()
        digest = digest_of(previous, entry, now)
        Seal.objects.create(sequence=sequence, entry=entry, previous=previous, digest=digest, sealed_at=now)
        previous = digest


@pytest.mark.parametrize("gone", [0, 2])
def test_aud_04_a_chain_that_was_rebuilt_is_found_by_the_anchor(five, gone):
    anchor = head()
    Entry.objects.filter(pk=five[1]).update(label="改")
    rebuild(five[: 5 - gone])

    assert first_fault() == ""
    assert first_fault(anchor) == (
        "the chain ends at 3, before the anchor 5: its tail was cut"
        if gone
        else "seal 5 differs from the anchor: the chain was rebuilt"
    )


def test_aud_04_another_key_does_not_make_another_record(five, settings):
    settings.SANWEI_AUDIT_KEY = "another-key-of-at-least-32-characters"

    assert first_fault() == f"entry {five[0]} (seal 1) was changed"


def test_aud_04_what_is_printed_each_day_is_what_the_check_asks_for(five):
    printed = io.StringIO()
    call_command("audit_head", stdout=printed)
    anchor = printed.getvalue().strip()
    call_command("verify_audit", anchor=anchor, stdout=io.StringIO())
    Seal.objects.filter(sequence=5).delete()

    with pytest.raises(CommandError, match="its tail was cut"):
        call_command("verify_audit", anchor=anchor)
