"""make run: the demo city on one machine. Prepares the data, starts web, worker and beat together, stops them together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
VAR = Path(os.environ.get("SANWEI_DATA_DIR", ROOT / "var"))
PORT = os.environ.get("PORT") or "8000"
if not (PORT.isdecimal() and 0 < int(PORT) < 65536):
    sys.exit(f"PORT={PORT} is no port. Choose a number from 1024 to 65535: PORT=8001 make run")
PORT = int(PORT)
ADDRESS = f"http://127.0.0.1:{PORT}/"
STOP_SECONDS, START_SECONDS = 10, 60


def say(text: str) -> None:
    print(f"› {text}", flush=True)


def manage(*words: str) -> None:
    subprocess.run([BIN / "python", ROOT / "manage.py", *words], cwd=ROOT, check=True)


def claim():
    """This folder for one city at a time: two would share database and queue. The open file keeps the claim."""
    VAR.mkdir(parents=True, exist_ok=True)
    file = (VAR / "serve.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        running = file.read().strip() or "another port"
        sys.exit(
            f"Sanwei runs from this folder already, on {running}. Stop it (Ctrl-C), or give this one data of its own:"
            f" SANWEI_DATA_DIR=/some/folder PORT={PORT + 1} make run"
        )
    file.truncate(0)
    file.write(ADDRESS)
    file.flush()
    return file


def prepare() -> None:
    """Folders, tables, static files, demo city; a second run keeps the data."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            sys.exit(f"Port {PORT} is in use. Stop what uses it, or choose another: PORT=8001 make run")
    for folder in ("log", "queue", "queue-control", "media"):
        (VAR / folder).mkdir(parents=True, exist_ok=True)
    for beat_file in VAR.glob("beat-schedule*"):
        beat_file.unlink()
    say("database, static files, demo city")
    manage("demo", "--prepare")


class Process:
    """One of the three, restarted when it dies, its output in var/log."""

    def __init__(self, name: str, words: list):
        self.name, self.words, self.failures = name, [str(word) for word in words], 0
        self.child = None
        self.not_before = 0.0

    def start(self) -> None:
        log = (VAR / "log" / f"{self.name}.log").open("ab")
        self.child = subprocess.Popen(
            self.words,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        log.close()

    def look(self) -> None:
        """Restart if it has died, with a growing pause."""
        if self.child.poll() is None or time.monotonic() < self.not_before:
            return
        self.failures += 1
        self.not_before = time.monotonic() + min(30, 2**self.failures)
        say(
            f"{self.name} stopped (code {self.child.returncode}); starting it again, see {VAR}/log/{self.name}.log"
        )
        self.start()

    def signal(self, number) -> None:
        if self.child and self.child.poll() is None:
            os.killpg(self.child.pid, number)


def processes() -> list[Process]:
    celery = [BIN / "celery", "-A", "sanwei", "--quiet"]
    return [
        Process(
            "web",
            [BIN / "gunicorn", "sanwei.wsgi", "--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "8",
             "--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "5"],
        ),
        Process("worker", [*celery, "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING"]),
        Process(
            "beat",
            [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", VAR / "beat-schedule"],
        ),
    ]  # fmt: skip


def wait_for_page(running) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(ADDRESS, timeout=5):
                return
        except OSError:
            if running[0].child.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit(f"The site did not answer on {ADDRESS}; see {VAR}/log/web.log")


def stop(running) -> None:
    """Ask all to end, wait, then insist; nothing is left behind."""
    for process in running:
        process.signal(signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    for process in running:
        if process.child is None:  # was never started
            continue
        try:
            process.child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.signal(signal.SIGKILL)
            process.child.wait()


def main() -> None:
    os.environ.setdefault("SANWEI_ENV", "embedded")
    os.environ["SANWEI_DATA_DIR"] = str(VAR)
    os.environ.setdefault("C_FORCE_ROOT", "1")  # the demo may run as root; the image never does
    claimed = claim()
    prepare()
    running = processes()
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.append(True))
    web, *others = running
    say("web, worker, beat")
    try:
        web.start()
        wait_for_page(running)  # the first page before the others claim the processor
        for process in others:
            process.start()
        tell(stopping)
        while not stopping:
            time.sleep(0.5)
            for process in running:
                process.look()
    finally:
        try:
            say("stopping")
        finally:  # also when nobody reads any more what is said
            stop(running)
            claimed.close()


def tell(stopping) -> None:
    """Where the city is and who may sign in, unless it is being stopped already."""
    say(f"ready: {ADDRESS}  (sign in: {ADDRESS}accounts/sign_in/)")
    try:
        manage("demo", "--accounts")
    except subprocess.CalledProcessError:
        if not stopping:
            raise
    say("Ctrl-C stops everything")


if __name__ == "__main__":
    main()
