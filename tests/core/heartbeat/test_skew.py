"""A clock that has jumped is noticed against the database's (F14); an embedded house has one clock only."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from sanwei.core import clock
from sanwei.core.heartbeat.skew import jump, true_instant
from sanwei.core.notifications.models import Announcement
from tests.cast import beijing
from units.plans.models import Reminder
from units.plans.tasks import remind

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def compared(settings):
    """Tests move our clock and not the database's, so the two are compared only where that is the matter."""
    settings.SANWEI_CLOCK_TOLERANCE = 120


@pytest.mark.usefixtures("compared")
def test_clocks_that_go_together_are_let_be():
    now = clock.now()

    assert jump() == dt.timedelta()
    assert true_instant(now) == now


@pytest.mark.services
@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize("jump", [A_DAY, -A_DAY])
def test_a_jump_is_noticed_and_what_arrives_is_stamped_by_the_database(client, jump):
    truth = clock.now()
    with time_machine.travel(truth + jump):
        stamped, ready = true_instant(clock.now()), client.get("/readyz").json()

    assert abs(stamped - truth) < dt.timedelta(minutes=1)
    assert ready["time"] == "skewed"


@pytest.mark.services
@pytest.mark.usefixtures("compared")
def test_nobody_is_reminded_by_a_clock_that_has_jumped(cast):
    with time_machine.travel(beijing(2026, 2, 27, 9, 30)):
        remind()

    assert (Reminder.objects.count(), Announcement.objects.filter(kind="reminder").count()) == (0, 0)


def test_the_same_clock_reminds_where_clocks_are_not_compared(cast):
    """The control: it is the comparison that keeps it still."""
    with time_machine.travel(beijing(2026, 2, 27, 9, 30)):
        remind()

    assert Reminder.objects.count() == 2


def test_there_is_one_clock_in_an_embedded_house(compared):
    with time_machine.travel(clock.now() + A_DAY):
        assert bool(jump()) is (connection.vendor == "postgresql")
