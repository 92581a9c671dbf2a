"""On time or late by the instant the request reached the proxy (TIME-01, TIME-02); the clock that runs twice (TIME-11)."""

import datetime as dt

import pytest
import time_machine

from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Notification, OutboxMessage
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from tests.security.workflows import signing
from units.plans.models import Plan, PlanVersion, Reminder
from units.plans.reminders import remind

DUE = beijing(2026, 3, 1)  # 2026年2月28日24:00
SECOND, MILLISECOND = dt.timedelta(seconds=1), dt.timedelta(milliseconds=1)


def stamp(instant) -> str:
    return f"t={instant.timestamp():.3f}"


def sign(client, cast, at, **headers) -> PlanVersion:
    """The head presses 签发上报 at the instant `at`."""
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    with time_machine.travel(at, tick=False):
        client.force_login(cast.head)
        answer = client.post(f"/units/plans/{plan.pk}/sign/", signing(plan), headers=headers)
    assert answer.status_code == 302
    return PlanVersion.objects.get()


@pytest.mark.parametrize(
    ("past", "late_days", "listed"),
    [(-SECOND, 0, 0), (-MILLISECOND, 0, 0), (0 * SECOND, 1, 1), (MILLISECOND, 1, 1), (SECOND, 1, 1)],
    ids=["T-1s", "T-1ms", "T", "T+1ms", "T+1s"],
)
def test_time_01_late_is_accepted_and_marked(cast, client, past, late_days, listed):
    version = sign(client, cast, DUE + past)

    assert (version.received_at, version.late_days) == (DUE + past, late_days)
    assert Plan.objects.get(pk=cast.plan.pk).state == "submitted"
    assert Plan.objects.late().count() == listed


def test_time_02_what_reached_the_proxy_in_time_is_in_time(cast, client, settings):
    settings.SANWEI_BEHIND_PROXY = True
    reached = DUE - dt.timedelta(milliseconds=500)
    version = sign(client, cast, DUE + 20 * SECOND, x_request_start=stamp(reached))

    assert (version.received_at, version.late_days) == (reached, 0)


@pytest.mark.parametrize(
    ("said", "behind_proxy"),
    [
        (stamp(DUE - SECOND), False),  # no proxy: the visitor wrote it
        (stamp(DUE - 101 * SECOND), True),  # older than 120 seconds by the server's clock
        (stamp(DUE + 60 * SECOND), True),  # not yet
        ("t=1", True),
        ("t=nan", True),
        ("t=99999999999999999999", True),
        (f"{stamp(DUE - SECOND)}, {stamp(DUE - SECOND)}", True),
        ("", True),
    ],
)
def test_time_02_a_stamp_that_is_not_believable_is_not_used(cast, client, settings, said, behind_proxy):
    settings.SANWEI_BEHIND_PROXY = behind_proxy
    version = sign(client, cast, DUE + 20 * SECOND, x_request_start=said)

    assert (version.received_at, version.late_days) == (DUE + 20 * SECOND, 1)


@pytest.mark.parametrize(("age", "used"), [(120 * SECOND, True), (120 * SECOND + MILLISECOND, False)])
def test_time_02_a_stamp_is_used_for_120_seconds(cast, client, settings, age, used):
    settings.SANWEI_BEHIND_PROXY = True
    reached, now = DUE - SECOND, DUE - SECOND + age

    assert sign(client, cast, now, x_request_start=stamp(reached)).received_at == (reached if used else now)


def test_time_02_the_proxy_overwrites_what_the_visitor_sends(settings):
    proxy = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    handed_on = proxy.count("proxy_pass http://web;")

    assert handed_on > 0
    for header in ('X-Request-Start "t=$msec"', "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"):
        assert proxy.count(f"proxy_set_header {header};") == handed_on


@pytest.mark.parametrize(
    ("said", "behind_proxy", "kept"),
    [
        ("10.1.1.1", False, "127.0.0.1"),
        ("10.1.1.1", True, "10.1.1.1"),
        ("6.6.6.6, 10.1.1.1", True, "10.1.1.1"),
        ("'; DROP TABLE core_entry", True, None),
    ],
)
def test_time_02_the_address_is_that_which_the_proxy_saw(cast, client, settings, said, behind_proxy, kept):
    settings.SANWEI_BEHIND_PROXY = behind_proxy
    version = sign(client, cast, DUE - SECOND, x_forwarded_for=said)

    assert version.plan.state == "submitted"
    assert entry_of(version).address == kept


def entry_of(version) -> Entry:
    return Entry.objects.about(version.plan).get(verb="sign")


def test_time_11_a_clock_that_runs_twice_reminds_and_mails_once(cast):
    cast.clerk.email = "li@example.test"
    cast.clerk.save(update_fields=["email"])
    with time_machine.travel(beijing(2026, 2, 25, 9, 0), tick=False):
        first, _, second, _ = remind(), tell_all(), remind(), tell_all()

    assert (first, second) == (2, 0)
    assert Reminder.objects.count() == 2
    assert Notification.objects.filter(user=cast.clerk, kind="reminder").count() == 1
    assert OutboxMessage.objects.filter(user=cast.clerk).count() == 1
