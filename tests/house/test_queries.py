"""Every list and every record's page asks the database as often for one row as for three (performance.md)."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.bulletins import actions as bulletins
from assessments.bulletins.models import Bulletin
from sanwei.core.accounts.models import User
from tests import make
from tests.assessments.bulletins.test_life import published
from tests.cast import beijing
from units.plans import actions as plans
from units.plans import measures
from units.plans.models import Plan

IN_TIME, AFTER = beijing(2026, 2, 25, 10, 0), beijing(2026, 3, 4, 9, 30)


def asked(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(AFTER, tick=False):
        yield


def test_bulletins(cast, client):
    published(cast)
    client.force_login(cast.officer)
    one = asked(client, "/assessments/bulletins/")
    for period in ("2026Q1", "2026Q2"):
        bulletins.draft(kind="periodic", campaign=cast.campaign, period=period, by=cast.officer)

    assert asked(client, "/assessments/bulletins/") == one <= 12


def test_one_bulletin_with_its_receipts(cast, client):
    bulletin = published(cast)
    client.force_login(cast.officer)
    path = f"/assessments/bulletins/{bulletin.pk}/"
    few = asked(client, path)
    for name in ("市财政局", "市审计局"):
        unit = make.unit(name)
        bulletin.receipts.create(unit=unit)
        bulletins.sign_for(bulletin=bulletin, units=[unit.pk], by=make.clerk(unit, name))

    assert asked(client, path) == few <= 15


def test_public_bulletins(cast, client):
    bulletin = published(cast)
    bulletins.open(bulletin=bulletin, by=cast.officer)
    one = asked(client, "/bulletins/")
    Bulletin.objects.filter(pk=bulletin.pk).update(period="x")
    for number in (8, 9):
        bulletins.draft(kind="periodic", campaign=cast.campaign, period=f"2026Q{number - 7}", by=cast.officer)
    values = {
        "state": "published",
        "published_at": AFTER,
        "opened_at": AFTER,
        "secrecy_checked_by": cast.officer,
        "year": 2026,
    }
    for number, row in enumerate(Bulletin.objects.filter(state="draft"), 8):
        Bulletin.objects.filter(pk=row.pk).update(number=number, **values)

    assert asked(client, "/bulletins/") == one <= 12
    assert len(client.get("/bulletins/").context["page"]) == 3


def test_campaigns(cast, client):
    client.force_login(cast.officer)
    one = asked(client, "/units/campaigns/")
    for year in (2024, 2025):
        make.campaign(year, state="archive")

    assert asked(client, "/units/campaigns/") == one <= 12


def test_one_campaign_with_its_stages(cast, client):
    client.force_login(cast.officer)
    path = f"/units/campaigns/{cast.campaign.pk}/"
    none = asked(client, path)
    for name in ("动员", "实施", "总结"):
        cast.campaign.stages.create(name=name, starts_on="2026-01-01", ends_on="2026-02-01")

    assert asked(client, path) == none <= 15


def test_one_measure_with_its_progress(cast, client):
    row = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, AFTER).measures.get()
    measures.record_progress(measure=row, percent=10, text="一", version=1, by=cast.clerk)
    client.force_login(cast.clerk)
    path = f"/units/plans/measures/{row.pk}/"
    one = asked(client, path)
    for version, by in ((2, cast.lead), (3, cast.clerk)):
        measures.record_progress(measure=row, percent=20, text="二", version=version, by=by)

    assert asked(client, path) == one <= 15


def test_the_record(cast, client):
    client.force_login(make.holder("audit_admin"))
    none = asked(client, "/audit/")
    published(cast)

    assert asked(client, "/audit/") == none <= 12


def test_a_signature_costs_the_same_however_many_are_told(cast):
    """Announced by one INSERT for both circles; told by the relay (docs/decisions/telling.md)."""
    few = statements_of_signing(cast.plan, cast.clerk, cast.head)
    for name in ("吴丹", "郑爽", "冯军"):
        User.objects.filter(pk=make.clerk(cast.other_unit, name).pk).update(email="a@example.test")

    assert statements_of_signing(cast.other_plan, cast.stranger, cast.other_head) == few <= 8


def statements_of_signing(plan, clerk, head) -> int:
    make.awaiting_plan(plan, clerk)
    plan = Plan.objects.for_detail().get(pk=plan.pk)
    with CaptureQueriesContext(connection) as captured:
        plans.sign(plan=plan, by=head, received_at=IN_TIME)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in captured)
