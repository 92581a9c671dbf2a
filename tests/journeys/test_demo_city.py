"""The demo city as its visitors see it: each account of the README, its main pages, three widths, and pictures of them."""

import pytest
from django.core.management import call_command
from django.test import Client

from assessments.bulletins.models import Bulletin
from assessments.demo import people
from sanwei.core.accounts.models import User
from tests.journeys.conftest import DESKTOP, PHONE
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MAIN = (
    "/desk/", "/notifications/", "/units/plans/?year=2026", "/units/plans/measures/?year=2026", "/units/policies/",
    "/units/organisation/", "/units/campaigns/", "/calendar/2026/", "/assessments/bulletins/", "/assessments/exposures/", "/assessments/cases/", "/search/?q=窗口",
)  # fmt: skip
OF_ROLE = {
    "office": ("/dashboard/", "/units/plans/"),
    "leader": ("/dashboard/",),
    "sysadmin": ("/admin/", "/admin/core/user/"),
    "secadmin": ("/admin/", "/admin/units/post/"),
    "auditor": ("/audit/",),
}
PUBLIC = ("/", "/plans/", "/bulletins/", "/cases/", "/exposures/", "/complaints/", "/find/?q=服务")


@pytest.fixture
def city(transactional_db):
    """The city, and the addresses of a plan and a bulletin it has made public."""
    call_command("demo", verbosity=0)
    return [
        f"/plans/{Plan.objects.published().first().public_id}/",
        f"/bulletins/{Bulletin.objects.public().first().public_id}/",
    ]


def client_of(username: str) -> Client:
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def own_plans(username: str) -> list[str]:
    """Addresses of the plans of the demo unit that they see, the open year first."""
    plans = Plan.objects.filter(unit=people.demo_unit()).order_by("-campaign__year")
    return [plan.get_absolute_url() for plan in plans.visible_to(User.objects.get(username=username))]


def pages_of(username: str) -> list[str]:
    """What they open in a day."""
    plans = own_plans(username)
    edited = [f"{plans[0]}edit/{kind}/" for kind in ("experience", "measures")] if username == "clerk" else []
    return [*MAIN, *OF_ROLE.get(username, ()), *plans, *edited]


def test_each_account_of_the_readme_walks_sound_pages(city, seat, examiner):
    wrong = {}
    for username in ["", *(account.username for account in people.ACCOUNTS)]:
        addresses = pages_of(username) if username else [*PUBLIC, *city]
        wrong[username] = examiner.walk(seat(), client_of(username), addresses)

    assert {username: found for username, found in wrong.items() if found} == {}
    look_at(seat, city)


def look_at(seat, city) -> None:
    """Pictures of the main pages, for people."""
    plan = own_plans("clerk")[0]
    looked_at = {
        "": ("/", city[1]),
        "office": ("/desk/", "/units/plans/", "/dashboard/"),
        "clerk": (plan, f"{plan}edit/measures/"),
    }
    for username, addresses in looked_at.items():
        taken = seat()
        taken.enter(client_of(username))
        for size, called in ((DESKTOP, "desktop"), (PHONE, "phone")):
            taken.page.set_viewport_size(size)
            for number, address in enumerate(addresses):
                taken.go(address)
                taken.picture(f"demo-{username or 'public'}-{number}-{called}")
