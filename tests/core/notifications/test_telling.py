"""From the act to the people: announced in its transaction, told once by the relay, in portions (JOB-05)."""

import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sanwei.core.accounts.models import User
from sanwei.core.notifications import patience, telling
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of, named
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage
from sanwei.core.roles import Role
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from units.organisation.models import Post

pytestmark = pytest.mark.django_db
MORNING = beijing(2026, 3, 2, 9, 30)  # a Monday
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def announce(audience, key="k", **words) -> None:
    with transaction.atomic():
        notify(Announcement.to(audience, key=key, title="请报送方案", **words))


def told() -> list[str]:
    """The names of those who have been told, in the order of telling."""
    return [*Notification.objects.order_by("pk").values_list("user__name", flat=True)]


def statements(do) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        do()
    return [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_an_act_writes_one_row_and_the_relay_tells(cast):
    clerks = holders_of(Role.UNIT_CLERK)

    assert len(statements(lambda: announce(clerks, body="截止", url="/desk/", about=cast.plan))) == 1
    assert told() == []

    tell_all()
    assert told() == ["李芳", "孙丽"]
    notice = cast.clerk.notifications.get()
    assert (notice.title, notice.body, notice.url) == ("请报送方案", "截止", "/desk/")
    assert (notice.about, notice.created_at) == (cast.plan, MORNING)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_announced(cast):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        notify(Announcement.to(named(cast.clerk), key="k", title="请报送方案"))


def test_an_act_rolled_back_tells_nobody(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(Announcement.to(named(cast.clerk), key="k", title="请报送方案"))
        raise ZeroDivisionError

    assert tell_all() == 0
    assert told() == []


def test_people_are_told_once_under_a_key(cast):
    announce(named(cast.clerk))
    announce(named(cast.clerk))
    tell_all()
    announce(named(cast.clerk))
    announce(named(cast.clerk), "other")
    tell_all()

    assert [*cast.clerk.notifications.order_by("pk").values_list("key", flat=True)] == ["k", "other"]


def test_each_audience_of_a_portion_is_told_its_own(cast):
    announce(holders_of(Role.UNIT_CLERK, units=[cast.unit.pk]), "a")
    announce(holders_of(Role.UNIT_CLERK, units=[cast.other_unit.pk]), "b")
    announce(holders_of(Role.UNIT_CLERK, Role.UNIT_HEAD, units=[cast.unit.pk, cast.other_unit.pk]), "c")
    announce(holders_of(Role.OFFICE, Role.OFFICE_HEAD), "d")
    announce(holders_of(Role.UNIT_CLERK, units=[]), "e")
    announce(named(cast.leader, cast.clerk), "f")

    assert tell_all() == 6
    found = Notification.objects.order_by("key", "user").values_list("key", "user__name")
    assert [*found] == [
        ("a", "李芳"),
        ("b", "孙丽"),
        *[("c", name) for name in ("李芳", "张建国", "孙丽", "钱伟")],
        ("d", "陈静"),
        ("d", "刘志强"),
        ("f", "李芳"),
        ("f", "王书记"),
    ]


def test_who_has_two_of_the_posts_is_told_once(cast):
    make.post(cast.clerk, Role.UNIT_HEAD, cast.unit)
    announce(holders_of(Role.UNIT_CLERK, Role.UNIT_HEAD, units=[cast.unit.pk]))
    tell_all()

    assert told() == ["李芳", "张建国"]


def test_who_holds_the_post_when_it_is_told_is_told(cast):
    announce(holders_of(Role.UNIT_CLERK, units=[cast.unit.pk]))
    Post.objects.filter(user=cast.clerk).update(ends_on=dt.date(2026, 3, 1))
    make.clerk(cast.unit, "吴丹")
    tell_all()

    assert told() == ["吴丹"]


def test_who_was_deactivated_is_not_told(cast):
    announce(named(cast.clerk, cast.head))
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    tell_all()

    assert told() == ["张建国"]


def test_a_claim_is_taken_by_one_relay_and_free_when_its_lease_ends(cast, frozen):
    announce(named(cast.clerk))

    assert [row.key for row in telling.claim()] == ["k"]
    assert telling.claim() == []
    frozen.shift(patience.LEASE)
    assert [row.key for row in telling.claim()] == ["k"]  # whoever had it died


class Killed(BaseException):
    """What no code catches: the process is gone."""


def killed_at(words: str):
    def statement(execute, sql, params, many, context):
        if words in sql:
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(statement)


@pytest.mark.parametrize("point", ["core_notification", "core_outboxmessage", '"told_at" = '])
def test_killed_before_the_mark_it_is_told_once_in_the_end(cast, frozen, point):
    User.objects.filter(pk=cast.clerk.pk).update(email="li@example.test")
    announce(named(cast.clerk))
    with killed_at(point), pytest.raises(Killed):
        tell_all()
    assert tell_all() == 0  # the claim stands
    frozen.shift(patience.LEASE)

    assert [tell_all(), tell_all()] == [1, 0]
    assert told() == ["李芳"]
    assert OutboxMessage.objects.count() == 1


def test_one_that_fails_holds_up_no_other_and_is_parked_in_the_end(cast, frozen):
    announce(named(cast.clerk), "a")
    announce({"roles": None, "people": "nonsense"}, "bad")
    announce(named(cast.head), "c")

    assert tell_all() == 2
    assert told() == ["李芳", "张建国"]
    bad = Announcement.objects.get(key="bad")
    assert (bad.attempts, bad.due_at, bad.parked_at) == (1, MORNING + patience.BACK_OFF[0], None)
    for pause in patience.BACK_OFF:
        frozen.shift(pause)
        tell_all()
    bad.refresh_from_db()
    assert (bad.attempts, bad.told_at) == (patience.TRIES, None)
    assert bad.parked_at is not None
    assert bad.last_error.startswith("TypeError: ")


def test_one_that_was_tried_before_is_taken_alone(cast, frozen):
    """What kills a worker does so by itself the next time."""
    for key in "abc":
        announce(named(cast.clerk), key)
    telling.claim()
    announce(named(cast.clerk), "d")
    frozen.shift(patience.LEASE)

    assert [[row.key for row in telling.claim()] for _ in range(4)] == [["d"], ["a"], ["b"], ["c"]]


def test_one_that_kills_every_worker_is_parked_in_the_end(cast, frozen):
    announce(named(cast.clerk))
    for _ in range(patience.TRIES):
        telling.claim()
        frozen.shift(patience.LEASE)
    tell_all()

    row = Announcement.objects.get()
    assert (row.parked_at is not None, row.last_error.startswith("WorkerDied")) == (True, True)
    assert told() == []


@pytest.mark.parametrize(("who", "shown"), [("officer", "请报送方案"), ("keeper", "号消息稿")])
def test_a_parked_one_is_shown_and_told_again(cast, client, who, shown):
    announce(named(cast.clerk))
    Announcement.objects.update(parked_at=MORNING, attempts=patience.TRIES, last_error="KeyError: 'people'")
    client.force_login(cast.officer if who == "officer" else make.holder(Role.SYSTEM_ADMIN))
    page = client.get("/notifications/parked/").content.decode()

    assert shown in page
    assert ("请报送方案" in page) is (who == "officer")
    assert "KeyError" in page
    assert tell_all() == 0

    client.post(f"/notifications/parked/announcements/{Announcement.objects.get().pk}/tell_again/")
    assert tell_all() == 1
    assert told() == ["李芳"]
    assert "没有未能发出的消息" in client.get("/notifications/parked/").content.decode()


def test_a_digest_told_after_midnight_goes_out_with_the_morning_after_the_act(cast, frozen):
    User.objects.filter(pk=cast.clerk.pk).update(email="li@example.test")
    frozen.move_to(beijing(2026, 3, 2, 23, 59))
    announce(named(cast.clerk), digest=True)
    frozen.shift(2 * MINUTE)
    tell_all()

    assert OutboxMessage.objects.get().due_at == beijing(2026, 3, 3, 8, 30)


def remind_units(number: int) -> None:
    units = [make.unit(f"市第{next(make.counter)}局") for _ in range(number)]
    for unit in units:
        User.objects.filter(pk=make.clerk(unit).pk).update(email="li@example.test")
    with transaction.atomic():
        notify(
            *[
                Announcement.to(
                    holders_of(Role.UNIT_CLERK, units=[u.pk]), key=f"due:{u.pk}", title="请报送方案"
                )
                for u in units
            ]
        )


def test_a_portion_costs_the_same_for_one_as_for_thirty():
    remind_units(1)
    one = statements(tell_all)
    remind_units(30)
    thirty = statements(tell_all)

    assert len(thirty) == len(one) <= 8
    assert Notification.objects.count() == OutboxMessage.objects.count() == 31


def test_more_than_a_portion_is_told_in_one_run(monkeypatch):
    monkeypatch.setattr(telling, "PORTION", 4)
    monkeypatch.setattr(telling, "PEOPLE", 3)
    remind_units(10)

    assert tell_all() == 10
    assert Notification.objects.count() == OutboxMessage.objects.count() == 10
