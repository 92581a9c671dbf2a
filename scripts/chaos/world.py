"""Everything the portal runs on, each part of which can be killed, frozen and started again as a supervisor would."""

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psycopg2

from scripts.services import Postgresql, Redis, postgresql_server, redis_server
from scripts.trial import processor
from scripts.trial.house import House, send

# As in production (deploy): durable, and the limits of security.md rule 18 come from the house's own settings.
DURABLE = "-c shared_buffers=256MB -c restart_after_crash=on"
KEPT = ("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction")
NO_QUIET_HOURS = {"SANWEI_QUIET_FROM": "24", "SANWEI_QUIET_UNTIL": "0"}
PARTS = ("web", "worker", "beat")
PATIENCE = 90  # seconds


class World:
    """PostgreSQL, Redis and the house, with a watchman who starts again what has died (Restart=always, one second)."""

    def __init__(self, server: Postgresql, broker: Redis, house: House):
        self.server, self.broker, self.house = server, broker, house
        self.watching = threading.Event()
        self.watchman = threading.Thread(target=self.watch, daemon=True)
        self.restarts: list[str] = []

    def ask(self, query: str, *values) -> list[tuple]:
        """Rows of a query on a connection of our own; waits for a server that is starting."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with contextlib.closing(self.connect()) as connection, connection.cursor() as cursor:
                    cursor.execute(query, values or None)
                    return cursor.fetchall() if cursor.description else []
            except psycopg2.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def one(self, query: str, *values):
        return self.ask(query, *values)[0][0]

    def connect(self):
        """A connection that is no part of the house."""
        connection = psycopg2.connect(self.server.url("sanwei"), application_name="chaos")
        connection.autocommit = True
        return connection

    def until(self, what, told: str, seconds: float = PATIENCE):
        """The first true answer of `what`, asked again and again."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if answer := what():
                return answer
            time.sleep(0.1)
        raise AssertionError(told)

    def start(self) -> None:
        self.house.start(*PARTS)
        self.house.wait_for_web()
        self.watchman.start()

    def stop(self) -> None:
        self.watching.set()
        if self.watchman.is_alive():
            self.watchman.join()
        self.house.stop()

    def watch(self) -> None:
        while not self.watching.wait(1.0):
            for part in PARTS:
                if self.house.running[part].poll() is not None:
                    self.revive(part)
            if self.broker.process.poll() is not None:
                self.restarts.append("redis")
                self.broker.start()
            if not self.alive():
                self.restarts.append("postgresql")
                # The orphans of a killed postmaster take a moment to go; then the next round starts it.
                with contextlib.suppress(subprocess.CalledProcessError):
                    self.server.start()

    def revive(self, part: str) -> None:
        """What is left of the group goes first, as a service manager does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.house.running[part].pid, signal.SIGKILL)
        self.restarts.append(part)
        self.house.start(part)

    def alive(self) -> bool:
        try:
            return processor.command(self.server.pid) != ""
        except FileNotFoundError:
            return False

    # What can befall it. Each says whom it struck.

    def kill_web_worker(self, chance) -> str:
        return kill_one_of(self.house.web_workers(), chance)

    def kill_web_master(self, _chance=None) -> str:
        return kill(self.house.running["web"].pid)

    def kill_task_child(self, chance) -> str:
        return kill_one_of(processor.children(self.house.running["worker"].pid), chance)

    def kill_worker_tree(self, _chance=None) -> str:
        send(self.house.running["worker"], signal.SIGKILL)
        return "worker tree"

    def kill_beat(self, _chance=None) -> str:
        return kill(self.house.running["beat"].pid)

    def kill_redis(self, _chance=None) -> str:
        return kill(self.broker.process.pid)

    def kill_backend(self, chance) -> str:
        return kill_one_of(processor.backends(self.server.pid, "sanwei"), chance)

    def kill_postmaster(self, _chance=None) -> str:
        return kill(self.server.pid)

    def freeze(self, pids, seconds: float) -> str:
        """SIGSTOP for a while."""
        pids = list(pids)
        signal_all(pids, signal.SIGSTOP)
        time.sleep(seconds)
        signal_all(pids, signal.SIGCONT)
        return f"{len(pids)} processes for {seconds:.0f} s"

    def freeze_redis(self, chance) -> str:
        return self.freeze([self.broker.process.pid], chance.uniform(3, 8))

    def freeze_worker(self, chance) -> str:
        return self.freeze(processor.family(self.house.running["worker"].pid), chance.uniform(3, 8))

    def freeze_web_worker(self, chance) -> str:
        return self.freeze([chance.choice(self.house.web_workers() or [self.house.running["web"].pid])], 3)

    def freeze_beat(self, chance) -> str:
        return self.freeze([self.house.running["beat"].pid], chance.uniform(3, 8))


def kill(pid: int) -> str:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return f"pid {pid}"


def kill_one_of(pids: list[int], chance) -> str:
    return kill(chance.choice(sorted(pids))) if pids else "nobody there"


def signal_all(pids, number) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def straight(server) -> int:
    """The port on which the house reaches a server: its own."""
    return server.port


@contextlib.contextmanager
def world(
    size: str = "province",
    application: str = "",
    through=straight,
    folder: Path | None = None,
    options: str = DURABLE,
    **knobs: str,
):
    """A populated world, not yet started.

    `through` gives the port on which the house reaches PostgreSQL and Redis; `folder` takes the data of PostgreSQL
    and the house; `options` are for the server's command line.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sanwei-chaos-") as ours,
        postgresql_server(options, str(folder / "pg") if folder else "") as server,
        redis_server(*KEPT) as broker,
    ):
        data = (folder or Path(ours)) / "data"
        database = server.create_database("sanwei")
        house = House(
            database.replace(f":{server.port}/", f":{through(server)}/"),
            f"redis://127.0.0.1:{through(broker)}/0",
            data,
            application,
            **{**NO_QUIET_HOURS, **knobs},
        )
        house.prepare()
        house.manage("populate", "--size", size, "--force")
        server.run(
            "vacuumdb", "-h", "127.0.0.1", "-p", str(server.port), "-U", "sanwei", "--analyze", "sanwei"
        )
        here = World(server, broker, house)
        try:
            yield here
        finally:
            here.stop()
