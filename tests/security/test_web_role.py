"""What the web role may not do to the record, and that it can still do its work (AUTHZ-26, AUD-03)."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from assessments.ledger import actions as ledger
from sanwei.core.audit.chain import first_fault, seal_pending
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement
from tests import make
from tests.post import tell_all
from units.plans import actions
from units.plans.models import PlanVersion

pytestmark = [pytest.mark.django_db, pytest.mark.services]  # SQLite knows no roles
RECORD = ("core_entry", "core_seal")


@pytest.fixture
def filed(cast):
    """A plan handed in and its entries sealed."""
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    seal_pending()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    return plan


@pytest.fixture
def web_role(filed):
    """From here on the session is the web role."""
    return as_web_role()


def as_web_role() -> str:
    """The grants as `prepare` makes them, and a session that has them. Undone with the test."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("CREATE ROLE sanwei_web LOGIN PASSWORD 'x'")
    call_command("grant_web_role")
    run("SET LOCAL ROLE sanwei_web")
    return "sanwei_web"


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def said(sql: str) -> str:
    """What the database answers to a statement, in its own words; nothing when it obeys."""
    try:
        with transaction.atomic():
            run(sql)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return ""


CHANGES = {
    "update": "UPDATE {table} SET {column} = '改'",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
    "merge": "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {column} = '改'",
    "lock for change": "SELECT 1 FROM {table} FOR UPDATE",
    "alter": "ALTER TABLE {table} ADD COLUMN x int",
    "drop": "DROP TABLE {table} CASCADE",
    "rename": "ALTER TABLE {table} RENAME TO gone",
    "disable trigger": "ALTER TABLE {table} DISABLE TRIGGER USER",
    "drop trigger": "DROP TRIGGER {table}_append_only ON {table}",
    "rule": "CREATE RULE r AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "own": "ALTER TABLE {table} OWNER TO sanwei_web",
}


@pytest.mark.parametrize("table", RECORD)
def test_aud_03_the_web_role_only_adds(web_role, table):
    column, key = ("label", "id") if table == "core_entry" else ("digest", "sequence")
    answers = {name: said(sql.format(table=table, column=column, key=key)) for name, sql in CHANGES.items()}

    owner_only = f"must be owner of table {table}", f"must be owner of relation {table}"
    refusals = (f"permission denied for table {table}", *owner_only)
    assert {name: answer for name, answer in answers.items() if not answer.startswith(refusals)} == {}
    assert Entry.objects.exclude(label="改").count() == Entry.objects.count() > 0


@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "COPY core_entry TO PROGRAM 'cat'",
        "COPY core_entry FROM '/etc/passwd'",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION core_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "SELECT setval('core_entry_id_seq', 1)",
        "CREATE TABLE public.mine (x int)",
        "ALTER ROLE sanwei_web SUPERUSER",
    ],
)
def test_aud_03_the_web_role_has_no_way_around(web_role, sql):
    answer = said(sql)

    assert answer != ""
    assert not answer.startswith("syntax error")


def test_authz_26_a_version_handed_in_keeps_what_was_signed(web_role, filed):
    answers = [
        said("UPDATE units_planversion SET content = '{}'"),
        said("UPDATE units_planversion SET received_at = now()"),
        said("DELETE FROM units_planversion"),
        said("TRUNCATE units_planversion CASCADE"),
    ]

    assert answers == ["permission denied for table units_planversion"] * 4


def test_authz_26_the_web_role_does_the_work_of_the_house(web_role, filed, cast):
    plan = actions.approve(plan=filed, by=cast.officer)

    assert plan.state == "approved"
    assert PlanVersion.objects.get().outcome == "approved"
    assert Entry.objects.about(plan).first().verb == "approve"
    assert tell_all() == Announcement.objects.count() > 0
    assert (seal_pending() > 0, first_fault()) == (True, "")


def test_authz_26_what_is_to_be_told_is_not_reworded(web_role, filed):
    answers = [
        said("UPDATE core_announcement SET title = '改'"),
        said("UPDATE core_announcement SET audience = '{}'"),
        said("DELETE FROM core_announcement"),
        said("TRUNCATE core_announcement"),
    ]

    assert answers == ["permission denied for table core_announcement"] * 4


@pytest.mark.parametrize("table", ["assessments_ledgerentry", "assessments_pointrule"])
def test_authz_26_points_and_their_rules_are_only_added_to(filed, cast, table):
    make.ledger_entry(cast.campaign, cast.unit, cast.officer)
    as_web_role()
    answers = [
        said(f"UPDATE {table} SET points = 1"),
        said(f"DELETE FROM {table}"),
        said(f"TRUNCATE {table} CASCADE"),
    ]

    assert answers == [f"permission denied for table {table}"] * 3
    row = make.ledger_entry(cast.campaign, cast.unit, cast.officer)
    assert ledger.reverse(entry=row, by=cast.office_head, reason="不成立").reverses == row


def test_authz_26_the_web_role_may_say_whether_a_migration_is_missing(web_role, client):
    ready = client.get("/readyz").json()

    assert (ready["database"], ready["migrations"], ready["outbox"]) == ("ok", "ok", "ok")


def test_authz_26_granting_again_takes_back_what_was_given_beside_and_opens_nothing_else(filed):
    run("CREATE ROLE sanwei_web LOGIN PASSWORD 'x'")
    call_command("grant_web_role")
    run("GRANT UPDATE, DELETE ON core_entry TO sanwei_web")
    run("CREATE TABLE forgotten (x int)")
    call_command("grant_web_role")
    run("SET LOCAL ROLE sanwei_web")

    assert said("DELETE FROM core_entry") == "permission denied for table core_entry"
    assert said("SELECT * FROM forgotten") == "permission denied for table forgotten"
    assert said("SELECT * FROM units_plan") == ""


def test_authz_26_without_the_role_preparing_goes_on(filed, capsys):
    call_command("grant_web_role")

    assert capsys.readouterr().out == "no role sanwei_web: the portal works as the owner of its tables\n"


@pytest.mark.parametrize("table", RECORD)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = '改'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_aud_03_the_trigger_refuses_the_owner_too(filed, table, verb):
    column = "label" if table == "core_entry" else "digest"

    assert said(verb.format(table, column)) == "the audit record is append-only"


def test_aud_03_control_without_the_roles_the_record_is_guarded_by_the_trigger_alone(filed):
    run("ALTER TABLE core_entry DISABLE TRIGGER USER")

    assert said("UPDATE core_entry SET label = '改'") == ""
    assert first_fault().endswith("was changed")
