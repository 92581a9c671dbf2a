"""The demo city is built by the same command that a newcomer runs, and is what the README promises."""

import pytest
from django.core.management import CommandError, call_command

from assessments.bulletins.models import Bulletin
from assessments.demo import people
from sanwei.core.audit.chain import first_fault, seal_pending
from sanwei.core.roles import Role
from units.campaigns.models import Campaign, current_campaign
from units.organisation.access import roles_of
from units.organisation.models import Unit
from units.plans import submission
from units.plans.models import Plan, PlanVersion


@pytest.fixture
def city(db, capsys):
    call_command("demo")
    return capsys.readouterr().out


def counts(year) -> dict:
    found = submission.totals(Campaign.objects.get(year=year))
    return {name: getattr(found, name) for name in ("expected", "handed_in", "late", "missing", "approved")}


def test_the_city_stands(city, client):
    assert Unit.objects.count() == 123
    assert counts(2026) == {"expected": 123, "handed_in": 121, "late": 12, "missing": 2, "approved": 121}
    assert counts(2027) == {"expected": 123, "handed_in": 6, "late": 0, "missing": 117, "approved": 0}
    assert PlanVersion.objects.filter(number=2).count() == 8
    assert [str(bulletin) for bulletin in Bulletin.objects.order_by("number")] == [
        "直创办〔2026〕1号",
        "直创办〔2026〕2号",
    ]
    assert Plan.objects.published().count() == 31
    assert len(client.get("/plans/").context["page"]) == 25  # the first of two pages
    assert current_campaign().year == 2027
    seal_pending()
    assert first_fault() == ""


def test_each_role_has_an_account_that_can_sign_in(city, client):
    held = {}
    for account in people.ACCOUNTS:
        answer = client.post(
            "/accounts/sign_in/", {"username": account.username, "password": people.PASSWORD}
        )
        assert answer["Location"] == "/desk/"
        assert client.get("/desk/").status_code == 200
        held |= dict.fromkeys(roles_of(answer.wsgi_request.user), account.username)
        client.logout()

    assert set(held) == set(Role.values)


def test_a_second_run_keeps_what_is_there(city, capsys):
    call_command("demo")

    assert "kept as it is" in capsys.readouterr().out
    assert Unit.objects.count() == 123


def test_production_has_no_demo(db, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="never built in production"):
        call_command("demo")
