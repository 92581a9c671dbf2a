"""make run: the demo city stands with one command and goes without a trace, at whatever moment it is stopped."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.services.test_production import free_port, until

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, port: int):
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SANWEI_BROKER_URL")
    }
    settings = {**kept, "SANWEI_ENV": "embedded", "SANWEI_DATA_DIR": str(folder), "PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "scripts/serve.py"], cwd=ROOT, env=settings, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return page.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def left_behind(folder: Path) -> list[str]:
    """Processes that still belong to the city in `folder`: each is told its data folder."""
    mine, found = f"SANWEI_DATA_DIR={folder}".encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mine in (place / "environ").read_bytes() and (place / "cmdline").read_bytes():
                found.append((place / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The city is built by whoever starts it first, and stands again sooner for those who come after."""
    return tmp_path_factory.mktemp("city") / "路径 with spaces"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])  # Ctrl-C, and the terminal closed
def test_the_city_goes_without_a_trace(folder, number):
    port = free_port()
    running = start(folder, port)
    until(lambda: answers(port), "the city does not stand")

    os.killpg(running.pid, number)  # as Ctrl-C does: everything in the terminal is told at once
    running.wait(30)

    until(lambda: not left_behind(folder), f"left behind: {left_behind(folder)}")
    assert not answers(port)


def test_a_port_or_a_folder_that_is_taken_is_told_with_what_to_do(folder, tmp_path):
    port = free_port()
    first = start(folder, port)
    until(lambda: answers(port), "the city does not stand")

    second = start(tmp_path / "other", port)
    said = second.communicate(timeout=30)[0]

    assert second.returncode == 1
    assert f"Port {port} is in use" in said
    assert "PORT=8001 make run" in said
    third = start(folder, free_port())
    said = third.communicate(timeout=30)[0]
    assert third.returncode == 1
    assert f"Sanwei runs from this folder already, on http://127.0.0.1:{port}/" in said
    os.killpg(first.pid, signal.SIGTERM)
    first.wait(30)


@pytest.mark.parametrize("port", ["abc", "80000", "0", "-1"])
def test_what_is_no_port_is_told(tmp_path, port):
    said = start(tmp_path, port).communicate(timeout=30)[0]

    assert said == f"PORT={port} is no port. Choose a number from 1024 to 65535: PORT=8001 make run\n"
