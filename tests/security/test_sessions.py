"""What a session may do after something changed elsewhere, how long it lasts, its cookies (SESS-01 … SESS-07)."""

import datetime as dt
import json
import os
import secrets
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanwei.core.accounts import actions
from sanwei.core.roles import Role
from tests import make
from tests.security.people import NOON, PASSWORD, person, sign_in
from units.organisation.actions import appoint, end_post

DESK, DOOR = "/desk/", "/accounts/sign_in/?next=/desk/"


def where(client) -> str:
    """Where a request for the desk ends: the desk, or the door."""
    return client.get(DESK).headers.get("Location", DESK)


@pytest.mark.django_db
def test_sess_07_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client, client_elsewhere):
    user = person()
    for browser in (client, client_elsewhere):
        sign_in(browser, user.username)
    key = client.session.session_key
    words = {"present": PASSWORD, "password": "Another-2026-word", "again": "Another-2026-word"}
    client.post("/accounts/change_password/", words)

    assert (where(client), where(client_elsewhere)) == (DESK, DOOR)
    assert client.session.session_key != key


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["disable_account", "issue_password", "end_sessions"])
def test_sess_07_what_a_keeper_does_ends_every_session_at_the_next_request(client, client_elsewhere, act):
    user = person()
    for browser in (client, client_elsewhere):
        sign_in(browser, user.username)
    getattr(actions, act)(user=user, by=None)

    assert (where(client), where(client_elsewhere)) == (DOOR, DOOR)


def test_sess_07_a_post_taken_away_takes_its_right_at_the_next_request(cast, client):
    make.awaiting_plan(cast.plan, cast.clerk)
    client.force_login(cast.head)
    before = client.get(f"/units/plans/{cast.plan.pk}/sign/").status_code
    end_post(post=cast.head.posts.get(), by=cast.officer, reason="调离")

    assert (before, client.get(f"/units/plans/{cast.plan.pk}/sign/").status_code) == (200, 404)


def test_sess_07_a_new_role_that_demands_a_second_factor_is_asked_for_it_at_once(cast, client, settings):
    settings.SANWEI_SECOND_FACTOR_ROLES = frozenset({"office"})
    client.force_login(cast.clerk)
    before = where(client)
    appoint(user=cast.clerk, role=Role.OFFICE, by=None)

    assert (before, where(client)) == (DESK, "/accounts/enrol/")


def test_sess_07_an_ended_session_leaves_nothing_to_come_back_to(db, client):
    sign_in(client, person().username)
    key = client.session.session_key
    client.post("/accounts/sign_out/")
    client.cookies[settings.SESSION_COOKIE_NAME] = key

    assert where(client) == DOOR
    assert Session.objects.filter(pk=key).count() == 0


SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("role", "idle"), [(Role.UNIT_CLERK, 30), (Role.OFFICE, 30), (Role.SECURITY_ADMIN, 15)]
)
@pytest.mark.parametrize(("past", "status"), [(-SECOND, 200), (SECOND, 302)])
def test_sess_05_a_session_idles_no_longer_than_its_minutes(db, client, role, idle, past, status):
    user = person(role)
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user.username)
    with time_machine.travel(NOON + dt.timedelta(minutes=idle) + past, tick=False):
        assert client.get("/accounts/").status_code == status


@pytest.mark.parametrize(("past", "status"), [(-SECOND, 200), (SECOND, 302)])
def test_sess_06_a_session_ends_after_eight_hours_however_busy(db, client, past, status):
    user = person()
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user.username)
    for minutes in range(25, 8 * 60, 25):
        with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
            assert client.get("/accounts/").status_code == 200
    with time_machine.travel(NOON + dt.timedelta(hours=8) + past, tick=False):
        assert client.get("/accounts/").status_code == status


def test_sess_02_cookies_are_kept_from_scripts_and_from_other_sites(db, client):
    client.get("/accounts/sign_in/")
    sign_in(client, person().username)
    kept = {
        name: (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        for name, cookie in client.cookies.items()
    }

    assert kept == {"sanwei": (True, "Lax", "/", ""), "csrftoken": (True, "Lax", "/", "")}


COOKIES = """
import json
from django.conf import settings as s
print(json.dumps([[getattr(s, f"{kind}_COOKIE_{what}") for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")]
                  for kind in ("SESSION", "CSRF")]))
"""


def test_sess_02_in_production_a_cookie_belongs_to_this_host_and_travels_encrypted():
    production = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "sanwei.settings",
        "SANWEI_ENV": "production",
        "SANWEI_SECRET_KEY": secrets.token_urlsafe(40),
        "SANWEI_AUDIT_KEY": secrets.token_urlsafe(40),
        "SANWEI_HOSTS": "sanwei.test",
        "DATABASE_URL": "postgres://u@127.0.0.1/x",
        "SANWEI_BROKER_URL": "redis://127.0.0.1/0",
    }
    command = [sys.executable, "-c", COOKIES]
    said = subprocess.run(command, env=production, cwd=settings.BASE_DIR, capture_output=True, check=True)

    assert json.loads(said.stdout) == [
        ["__Host-sanwei", True, True, "Lax", "/", None],
        ["__Host-csrf", True, True, "Lax", "/", None],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["\x00" * 32, "a" * 10_240, "'; DROP TABLE x; --" * 2, "A" * 32, "\xe4\xbc\x9a" * 32, "a" * 31]
)
def test_a_cookie_that_no_session_can_have_is_that_of_a_stranger(client, typed):
    client.cookies[settings.SESSION_COOKIE_NAME] = typed
    with CaptureQueriesContext(connection) as asked:
        place = where(client)

    assert place == DOOR
    assert [query["sql"] for query in asked if "django_session" in query["sql"]] == []
