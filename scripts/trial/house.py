"""The house as production runs it: the entry point's web, worker and beat, each in its own process group."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.services import free_port
from scripts.trial import processor

ROOT = Path(__file__).resolve().parents[2]
ENTRY = ROOT / "deploy" / "entrypoint.sh"
PATIENCE = 180  # seconds


class House:
    """One database and the processes on it. `knobs` are added to the environment.

    `application` stands in for the portal's own where a trial needs another.
    """

    def __init__(self, database: str, broker: str, data: Path, application: str = "", **knobs: str):
        self.application = application
        self.database, self.data, self.port = database, data, free_port()
        self.running: dict[str, subprocess.Popen] = {}
        self.seconds: dict[str, subprocess.Popen] = {}
        data.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SANWEI_ENV": "production",
            "SANWEI_SECRET_KEY": secrets.token_urlsafe(40),
            "SANWEI_AUDIT_KEY": secrets.token_urlsafe(40),
            "SANWEI_HOSTS": "sanwei.test",
            "SANWEI_SECOND_FACTOR_ROLES": "",
            "SANWEI_DATA_DIR": str(data),
            "SANWEI_MEDIA_DIR": str(data / "media"),
            "SANWEI_BIND": f"127.0.0.1:{self.port}",
            "SANWEI_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "DATABASE_URL": database,
            "SANWEI_BROKER_URL": broker,
            "C_FORCE_ROOT": "1",
            **knobs,
        }

    def manage(self, *words: str) -> str:
        """What a management command says; what it complains of goes to our own complaints."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def knock(self, task: str) -> None:
        """Wake a task as beat does."""
        command = [Path(sys.executable).parent / "celery", "-A", "sanwei", "call", task]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def prepare(self) -> None:
        subprocess.run([ENTRY, "prepare"], env=self.environment, check=True, capture_output=True)

    def start(self, *parts: str) -> None:
        """Start web, worker or beat; what they say goes to `data`/<part>.log."""
        for part in parts:
            with (self.data / f"{part}.log").open("ab") as log:
                self.running[part] = subprocess.Popen(
                    self.command(part),
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def command(self, part: str) -> list:
        if part != "web" or not self.application:
            return [ENTRY, part]
        workers = self.environment.get("SANWEI_WEB_WORKERS", "2")
        words = [
            "gunicorn",
            self.application,
            "--bind",
            self.environment["SANWEI_BIND"],
            "--workers",
            workers,
        ]
        return [*words, "--threads", "8", "--worker-class", "gthread"]

    def wait_for_web(self) -> None:
        until = time.monotonic() + PATIENCE
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/healthz",
            headers={"Host": "sanwei.test", "X-Forwarded-Proto": "https"},
        )
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(request, timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(f"web does not answer; see {self.data}/web.log")

    def start_also(self, *parts: str) -> None:
        """A second one of each, as when somebody starts the service twice."""
        (self.data / "second").mkdir(exist_ok=True)
        environment = {**self.environment, "SANWEI_DATA_DIR": str(self.data / "second")}
        for part in parts:
            with (self.data / f"{part}.log").open("ab") as log:
                self.seconds[part] = subprocess.Popen(
                    [ENTRY, part], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
                )

    def stop_also(self) -> None:
        end(self.seconds)

    def web_workers(self) -> list[int]:
        return processor.children(self.running["web"].pid)

    def stop(self) -> None:
        """Nothing is left."""
        end(self.seconds)
        end(self.running)


def end(processes: dict[str, subprocess.Popen]) -> None:
    """Ask every one to end, then insist."""
    for process in processes.values():
        send(process, signal.SIGCONT)
        send(process, signal.SIGTERM)
    for process in processes.values():
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            send(process, signal.SIGKILL)
            process.wait()
    processes.clear()


def send(process, number) -> None:
    """A signal to the whole group of a process, if it still lives."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
