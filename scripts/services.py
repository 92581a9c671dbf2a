"""A throwaway PostgreSQL and Redis for the tests: own folders, own ports, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path


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


@contextlib.contextmanager
def postgresql():
    """Yields the URL of an empty UTF-8 database; durability is off, since nothing of it is kept."""
    who, bin_dir, port = plain_user(), postgresql_bin(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="sanwei-pg-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **who}
    try:
        subprocess.run(
            [
                bin_dir / "initdb",
                "-D",
                data,
                "-U",
                "sanwei",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            **quiet,
        )
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
            " -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        )
        subprocess.run(
            [bin_dir / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **quiet
        )
        subprocess.run(
            [bin_dir / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "sanwei", "sanwei"], **quiet
        )
        yield f"postgres://sanwei@127.0.0.1:{port}/sanwei"
    finally:
        if data.exists():
            subprocess.run(
                [bin_dir / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
                check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **who,
            )  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis():
    """Yields the URL of a Redis that keeps nothing."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="sanwei-redis-") as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if time.monotonic() > until:
            raise TimeoutError(f"nothing answers on port {port}")
        time.sleep(0.05)
