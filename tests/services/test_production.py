"""The processes of the production form, started as the image starts them, against PostgreSQL, Redis and a worker."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2
import pytest

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; how fast the city stands is for make bench to say


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, told: str):
    """The first true answer of `what`, asked again and again; fails with `told` when patience ends."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.1)
    pytest.fail(told)


def fetch(url: str) -> tuple[int, bytes, dict]:
    request = urllib.request.Request(url, headers={"X-Forwarded-Proto": "https", "Host": "sanwei.test"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)
    except OSError:
        return 0, b"", {}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """web, worker and beat on a fresh database; yields (address, connection to the database)."""
    server = os.environ["DATABASE_URL"]
    assert server.startswith("postgres"), "run by make test, which starts PostgreSQL and Redis"
    name, port = f"production_{secrets.token_hex(4)}", free_port()
    admin = psycopg2.connect(server)
    admin.autocommit = True
    admin.cursor().execute(f"CREATE DATABASE {name}")
    database = server.rsplit("/", 1)[0] + f"/{name}"
    settings = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SANWEI_ENV": "production",
        "SANWEI_SECRET_KEY": secrets.token_urlsafe(40),
        "SANWEI_AUDIT_KEY": secrets.token_urlsafe(40),
        "SANWEI_HOSTS": "sanwei.test",
        "SANWEI_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "DATABASE_URL": database,
        "SANWEI_BROKER_URL": os.environ["SANWEI_BROKER_URL"].replace("/0", "/1"),
        "SANWEI_BIND": f"127.0.0.1:{port}",
        "SANWEI_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "SANWEI_LOG_LEVEL": "WARNING",
        "C_FORCE_ROOT": "1",
    }
    entry = [ROOT / "deploy" / "entrypoint.sh"]
    subprocess.run([*entry, "prepare"], env=settings, check=True, capture_output=True)
    running = [
        subprocess.Popen([*entry, role], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for role in ("web", "worker", "beat")
    ]  # fmt: skip
    watcher = psycopg2.connect(database)
    watcher.autocommit = True
    yield f"http://127.0.0.1:{port}", watcher
    watcher.close()
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    admin.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


def one(connection, query: str):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_the_house_answers_and_its_clocks_run(house):
    address, _ = house

    until(lambda: fetch(f"{address}/healthz")[0] == 200, "web does not answer")
    until(lambda: fetch(f"{address}/readyz")[0] == 200, f"not ready: {fetch(f'{address}/readyz')}")


def test_pages_carry_their_headers_and_hashed_files(house):
    address, _ = house
    status, page, headers = until(lambda: fetch(f"{address}/")[0] and fetch(f"{address}/"), "no page")

    assert status == 200
    assert "三型机关" in page.decode()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    stylesheet = page.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    assert fetch(f"{address}{stylesheet}")[0] == 200


def test_the_worker_seals_the_record_and_empties_the_outbox_by_itself(house):
    _, database = house
    with database.cursor() as cursor:
        cursor.execute(
            """INSERT INTO core_user (username, name, person, password, phone, email, is_active, must_change_password,
                 password_changed_at, session_generation, created_at)
               VALUES ('clock', '测试', gen_random_uuid(), '!', '', 'clock@example.test', true, false, now(), 0, now())
               RETURNING id"""
        )
        user = cursor.fetchone()[0]
        cursor.execute(
            """INSERT INTO core_entry (at, actor_name, actor_posts, verb, label, object_type, object_id, object_label,
                 detail, request_id)
               VALUES (now(), '', '', 'test', '测试', 'core.user', '1', '测试', '{}', '')"""
        )
        cursor.execute(
            """INSERT INTO core_outboxmessage (channel, user_id, dedup_key, title, body, digest, created_at, due_at,
                 attempts, last_error)
               VALUES ('text', %s, 'text:test', '测试', '测试', false, now(), now(), 0, '')""",
            [user],
        )

    until(lambda: one(database, "SELECT count(*) FROM core_seal") >= 1, "the record was not sealed")
    until(
        lambda: one(database, "SELECT count(*) FROM core_outboxmessage WHERE sent_at IS NOT NULL") == 1,
        "the outbox was not emptied",
    )


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("SANWEI_SECRET_KEY", "SANWEI_SECRET_KEY"),
        ("SANWEI_AUDIT_KEY", "SANWEI_AUDIT_KEY"),
        ("SANWEI_HOSTS", "SANWEI_HOSTS"),
        ("DATABASE_URL", "PostgreSQL"),
        ("SANWEI_BROKER_URL", "SANWEI_BROKER_URL"),
    ],
)
def test_production_refuses_to_start_without_a_setting(left_out, words):
    settings = {
        "PATH": os.environ["PATH"],
        "SANWEI_ENV": "production",
        "SANWEI_SECRET_KEY": secrets.token_urlsafe(40),
        "SANWEI_AUDIT_KEY": secrets.token_urlsafe(40),
        "SANWEI_HOSTS": "sanwei.test",
        "DATABASE_URL": "postgres://u@127.0.0.1/x",
        "SANWEI_BROKER_URL": "redis://127.0.0.1/0",
    }
    del settings[left_out]

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert words in done.stderr


def test_a_default_secret_is_no_secret():
    settings = {"PATH": os.environ["PATH"], "SANWEI_ENV": "production", "SANWEI_SECRET_KEY": "change-me" * 8}

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "SANWEI_SECRET_KEY must be set" in done.stderr
