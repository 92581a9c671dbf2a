"""The web does its work while the broker is dead or frozen: no request knows that there is one (SESS-09, JOB-02)."""

import ast
import os
import re
import signal
import socket
import subprocess
import time

import pytest
from django.conf import settings

from sanwei.celery import app
from sanwei.core.notifications.models import Announcement
from tests import make
from tests.security.people import PASSWORD, sign_in
from tests.security.workflows import signing

ROOMS = [settings.BASE_DIR / app for app in ("sanwei", "units", "assessments")]
CLOCKS = {
    "celery.py",
    "folder.py",
    "schedule.py",
    "settings.py",
    "tasks.py",
}  # where the worker and beat come in


@pytest.fixture
def no_network(monkeypatch):
    """Whatever reaches out fails at once and is remembered (the database's own library does not pass here)."""
    reached = []

    def refuse(self, address):
        reached.append(address)
        raise ConnectionRefusedError(address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    return reached


def a_working_day(cast, client) -> list[int]:
    """Signs in, reads, writes, signs; what each request was answered."""
    cast.head.set_password(PASSWORD)
    cast.head.save(update_fields=["password"])
    cast.clerk.email = "li@example.test"
    cast.clerk.save(update_fields=["email"])
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    answers = [sign_in(client, cast.head.username), client.get("/desk/")]
    answers.append(client.post(f"/units/plans/{plan.pk}/sign/", signing(plan)))
    answers.append(client.get(f"/units/plans/{plan.pk}/"))
    client.force_login(cast.officer)
    answers += [client.get("/units/plans/"), client.post("/units/plans/urge/", {"all": "1"})]
    answers.append(client.post(f"/units/plans/{plan.pk}/approve/"))
    return [answer.status_code for answer in answers]


FINE = [302, 200, 302, 200, 200, 302, 302]


def test_sess_09_no_request_reaches_out(cast, client, no_network):
    assert a_working_day(cast, client) == FINE
    assert no_network == []
    assert Announcement.objects.waiting().count() > 0  # what is to be told waits for the relay


def test_sess_09_control_a_knock_at_the_broker_would_be_seen(no_network):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", 6379))
    assert no_network == [("127.0.0.1", 6379)]


def imported(source: str) -> set[str]:
    """The first word of every module that `source` imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_sess_09_only_the_clocks_know_the_broker():
    files = [path for room in ROOMS for path in room.rglob("*.py") if path.name not in CLOCKS]
    wrong = [str(path) for path in files if imported(path.read_text()) & {"celery", "kombu", "redis"}]

    assert len(files) > 100
    assert wrong == []
    assert imported("from celery import shared_task") == {"celery"}


KNOCK = re.compile(r"\.delay\(|\.apply_async\(|\.send_task\(")


def test_sess_09_nobody_sends_a_message_but_beat():
    """Beat knocks by the schedule; what a request wants done later is a row (JOB-02)."""
    files = [path for room in ROOMS for path in room.rglob("*.py")]

    assert [str(path) for path in files if KNOCK.search(path.read_text())] == []
    assert KNOCK.search("deliver.delay()")


@pytest.fixture
def broker(tmp_path):
    """A Redis of one's own, to which the settings point; yields its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    before, app.conf.broker_url = app.conf.broker_url, f"redis://127.0.0.1:{port}/0"
    yield server
    app.conf.broker_url = before
    server.kill()
    server.wait()


@pytest.mark.services
@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_sess_09_with_redis_killed_or_frozen_people_go_on(cast, client, broker, fault):
    os.kill(broker.pid, fault)
    began = time.monotonic()

    assert a_working_day(cast, client) == FINE
    assert time.monotonic() - began < 5
