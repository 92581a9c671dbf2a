"""Rules of the lights: set by the head of the office from a day on, kept, and seen by every worker."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from sanwei.core.audit.models import Entry
from sanwei.core.workdays import table
from sanwei.core.workdays.light_rules import limits_now, set_light_rule
from sanwei.core.workdays.models import LightRule
from sanwei.core.workdays.table import Thresholds
from tests.cast import beijing

pytestmark = pytest.mark.django_db
PATH = "/calendar/lights/"
LIMITS = {"near": 5, "near_percent": 30, "behind": 20, "sent_back": 3, "deep_red": 15}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


def test_from_its_day_on_and_not_before(cast):
    assert limits_now() == Thresholds()
    set_light_rule(since=dt.date(2026, 3, 4), reason="市里要求", by=cast.office_head, **LIMITS)

    assert limits_now() == Thresholds()
    assert table.table().thresholds(dt.date(2026, 3, 4)) == Thresholds(**LIMITS)
    assert Entry.objects.get(verb="set_light_rule").detail["deep_red"] == 15


def test_another_worker_goes_by_it_at_its_next_request(cast):
    """What another process has entered is seen without being told."""
    assert limits_now() == Thresholds()
    LightRule.objects.create(since=dt.date(2026, 3, 1), reason="市里要求", set_by=cast.office_head, **LIMITS)
    table.look_again()

    assert limits_now() == Thresholds(**LIMITS)


def test_not_for_the_past_and_not_twice_for_a_day(cast):
    with pytest.raises(ValidationError, match="不能早于今天"):
        set_light_rule(since=dt.date(2026, 3, 1), reason="补", by=cast.office_head, **LIMITS)
    set_light_rule(since=dt.date(2026, 3, 2), reason="市里要求", by=cast.office_head, **LIMITS)
    with pytest.raises(ValidationError, match="已有一条"):
        set_light_rule(since=dt.date(2026, 3, 2), reason="再改", by=cast.office_head, **LIMITS)


def test_the_page_says_what_is_in_force_and_takes_a_new_rule(cast, client):
    client.force_login(cast.office_head)
    typed = {
        "since": "2026-03-02",
        "reason": "市里要求",
        **{name: str(value) for name, value in LIMITS.items()},
    }
    wrong = client.post(PATH, {**typed, "deep_red": "0", "reason": ""})
    assert wrong.status_code == 422
    assert "请填1至100的整数。" in wrong.content.decode()
    assert LightRule.objects.count() == 0

    page = client.post(PATH, typed, follow=True).content.decode()

    assert "剩余不超过 5 个工作日，或不超过总时限的 30%" in page
    assert "市里要求" in page


def test_others_read_and_do_not_set(cast, client):
    client.force_login(cast.clerk)
    page = client.get(PATH).content.decode()
    assert "剩余不超过 3 个工作日" in page
    assert "设定新规则" not in page
    assert client.post(PATH, {}).status_code == 403
