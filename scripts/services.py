"""A throwaway PostgreSQL and Redis for tests and trials: own folders, own ports, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
NOTHING_KEPT = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgresql_bin() -> Path:
    """The newest installed server's programs."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    return Path(shutil.which("initdb")).resolve().parent


def plain_user() -> dict:
    """PostgreSQL refuses to run as root: then as `nobody`."""
    if os.getuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


class Postgresql:
    """One server on a port of its own; `options` are words for its command line."""

    def __init__(self, folder: Path, options: str):
        self.who, self.port, self.folder, self.data = plain_user(), free_port(), folder, folder / "data"
        self.options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
            f" -c max_connections=60 {options}"
        )
        if self.who:
            os.chown(folder, self.who["user"], self.who["group"])

    def run(self, program: str, *words, check=True) -> None:
        command = [postgresql_bin() / program, *words]
        subprocess.run(command, check=check, cwd="/", **SILENT, **self.who)

    def create(self) -> None:
        self.run(
            "initdb", "-D", self.data, "-U", "sanwei", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )

    def start(self) -> None:
        """Start, also after a crash, and wait until it answers."""
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", self.options, "start")

    def create_database(self, name: str) -> str:
        """The URL of a new, empty database."""
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "sanwei", name)
        return self.url(name)

    @property
    def pid(self) -> int:
        """Of the postmaster."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def drop_database(self, name: str) -> None:
        words = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "sanwei", "--if-exists", name]
        self.run("dropdb", *words)

    def has_database(self, name: str) -> bool:
        query = f"SELECT 1/count(*) FROM pg_database WHERE datname = '{name}'"
        words = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "sanwei", "-d", "postgres", "-c", query]
        command = [postgresql_bin() / "psql", "-v", "ON_ERROR_STOP=1", *words]
        return subprocess.run(command, check=False, cwd="/", **SILENT, **self.who).returncode == 0

    def url(self, name: str) -> str:
        return f"postgres://sanwei@127.0.0.1:{self.port}/{name}"

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-m", mode, "stop", check=False)


@contextlib.contextmanager
def postgresql_server(options: str = NOTHING_KEPT, keep: str = ""):
    """Yields a running Postgresql without databases; in the folder `keep`, if given, they outlive the work."""
    folder = Path(keep or tempfile.mkdtemp(prefix="sanwei-pg-"))
    folder.mkdir(exist_ok=True)
    server = Postgresql(folder, options)
    try:
        if not server.data.exists():
            server.create()
        server.start()
        yield server
    finally:
        if server.data.exists():
            server.stop("fast" if keep else "immediate")
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgresql():
    """Yields the URL of an empty UTF-8 database; durability is off, since nothing of it is kept."""
    with postgresql_server() as server:
        yield server.create_database("sanwei")


class Redis:
    """One server on a port of its own; `options` are words for its command line."""

    def __init__(self, folder: Path, *options: str):
        self.port, self.folder, self.options, self.process = free_port(), folder, options, None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.folder, *self.options],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(self.port)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def redis_server(*options: str):
    """Yields a running Redis that keeps nothing, unless its `options` say so."""
    with tempfile.TemporaryDirectory(prefix="sanwei-redis-") as folder:
        server = Redis(Path(folder), *(options or ("--save", "")))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def redis():
    """Yields the URL of a Redis that keeps nothing."""
    with redis_server() as server:
        yield server.url


def wait_for(port: int, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if time.monotonic() > until:
            raise TimeoutError(f"nothing answers on port {port}")
        time.sleep(0.05)
