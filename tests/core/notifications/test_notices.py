"""Sent outside the quiet hours, never lost, never twice (TIME-11, JOB-05; lessons.md, Reminders)."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sanwei.core.notifications import actions, patience, quiet, relay
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement, OutboxMessage, Preference
from tests import make
from tests.cast import beijing
from tests.post import tell_all

pytestmark = pytest.mark.django_db
MORNING = beijing(2026, 3, 2, 9, 30)  # a Monday


def reachable(name="李芳"):
    return make.user(name, email="lf@example.test", phone="13800138000")


def tell(user, key="k", kind="reminder", **words) -> None:
    """`user` has been told by the relay."""
    with transaction.atomic():
        actions.notify(Announcement.to(named(user), key=key, title="请报送方案", kind=kind, **words))
    tell_all()


def outbox(field) -> list:
    return [*OutboxMessage.objects.order_by("pk").values_list(field, flat=True)]


@pytest.mark.parametrize(
    ("at", "mail_at", "text_at"),
    [
        (MORNING, MORNING, MORNING),
        (beijing(2026, 3, 2, 21, 0), beijing(2026, 3, 3, 8), beijing(2026, 3, 3, 8)),
        (beijing(2026, 3, 3, 7, 59), beijing(2026, 3, 3, 8), beijing(2026, 3, 3, 8)),
        (beijing(2026, 3, 7, 10, 0), beijing(2026, 3, 7, 10), beijing(2026, 3, 9, 8)),  # a Saturday
        (
            beijing(2026, 2, 28, 10, 0),
            beijing(2026, 2, 28, 10),
            beijing(2026, 2, 28, 10),
        ),  # a working Saturday
    ],
)
def test_nothing_is_sent_at_night_and_no_text_on_a_rest_day(at, mail_at, text_at):
    assert quiet.first_allowed(at) == mail_at
    assert quiet.first_allowed(at, workdays_only=True) == text_at


@time_machine.travel(MORNING, tick=False)
def test_text_messages_are_for_reminders_and_urging_and_as_wished():
    user = reachable()
    tell(user, "a", kind="notice")
    Preference.objects.create(user=user, mail=False, text=True)
    tell(user, "b", kind="urge")

    assert outbox("channel") == ["mail", "text"]


@time_machine.travel(MORNING, tick=False)
def test_the_relay_sends_each_message_once_with_its_key_as_message_id():
    tell(reachable(), body="截止：2026年3月6日", url="/desk/")

    assert [relay.deliver(), relay.deliver()] == [2, 0]
    sent = mail.outbox[0]
    assert sent.subject == "请报送方案"
    assert "http://127.0.0.1:8000/desk/" in sent.body
    assert "您因在本系统担任相关岗位收到此邮件" in sent.body
    assert sent.extra_headers["Message-ID"].endswith(".k@sanwei>")


@time_machine.travel(MORNING, tick=False)
def test_a_title_with_a_line_break_leaves_as_one_line():
    user = reachable()
    with transaction.atomic():
        actions.notify(Announcement.to(named(user), key="k", title="市教育\n局2026年度实施方案\r\nBcc: x"))
    tell_all()

    assert relay.deliver() == 1
    assert mail.outbox[0].subject == "市教育局2026年度实施方案Bcc: x"


def test_a_claim_is_taken_by_one_of_two():
    with time_machine.travel(MORNING, tick=False):
        tell(reachable(), kind="notice")
        key = OutboxMessage.objects.get().pk

        assert relay.claim(key) is not None
        assert relay.claim(key) is None
    with time_machine.travel(MORNING + patience.LEASE + dt.timedelta(seconds=1), tick=False):
        assert relay.claim(key) is not None  # whoever had it died


class Refusing(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("Connection refused")


def test_a_failing_server_is_tried_again_later_and_then_parked(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    at = MORNING
    with time_machine.travel(at, tick=False):
        tell(reachable(), kind="notice")
    for pause in (*patience.BACK_OFF, dt.timedelta()):
        with time_machine.travel(at, tick=False):
            relay.deliver()
        at += pause

    message = OutboxMessage.objects.get()
    assert message.attempts == patience.TRIES
    assert message.parked_at is not None
    assert message.last_error == "ConnectionRefusedError: Connection refused"

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(at, tick=False):
        actions.send_again(message)
        assert relay.deliver() == 1


def test_a_mail_on_which_every_worker_dies_is_parked_in_the_end():
    with time_machine.travel(MORNING, tick=False) as time:
        tell(reachable(), kind="notice")
        key = OutboxMessage.objects.get().pk
        for _ in range(patience.TRIES):
            relay.claim(key)
            time.shift(patience.LEASE + dt.timedelta(seconds=1))
        sent = relay.deliver()

    assert (sent, OutboxMessage.objects.get().parked_at is not None, mail.outbox) == (0, True, [])


def test_a_day_is_one_mail():
    user = reachable()
    with time_machine.travel(MORNING, tick=False):
        for key in "abc":
            tell(user, key, kind="notice", digest=True)
        relay.collect_digests()
        assert relay.deliver() == 0
    with time_machine.travel(beijing(2026, 3, 3, 8, 30), tick=False):
        relay.collect_digests()
        relay.deliver()

    assert [sent.subject for sent in mail.outbox] == ["三型机关创建管理平台：今日3条消息"]


def test_the_inbox_is_ones_own(client):
    mine, other = reachable(), reachable("孙丽")
    tell(mine, "a")
    client.force_login(make.post(other, "office").user)

    notice = mine.notifications.get()
    assert client.post(f"/notifications/{notice.pk}/open/").status_code == 404
    assert "请报送方案" not in client.get("/notifications/").content.decode()


def test_opening_marks_as_read_and_leads_where_it_points(client):
    user = make.holder("office")
    tell(user, "a", url="/units/plans/")
    client.force_login(user)

    answer = client.post(f"/notifications/{user.notifications.get().pk}/open/")

    assert answer["Location"] == "/units/plans/"
    assert actions.unread_count(user) == 0


def test_the_inbox_asks_as_much_for_one_as_for_three(client):
    user = make.holder("office")
    client.force_login(user)
    tell(user, "a")
    client.get("/notifications/")
    with CaptureQueriesContext(connection) as one:
        client.get("/notifications/")
    tell(user, "b")
    tell(user, "c")
    with CaptureQueriesContext(connection) as three:
        client.get("/notifications/")

    assert len(three) == len(one) <= 12
