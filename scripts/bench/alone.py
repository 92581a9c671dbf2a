"""Figures that need no reference: memory of a large export, pages of PDF per second, how fast the city stands."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from scripts.bench.figures import Figure
from scripts.bench.town import PLANS, expect
from scripts.services import free_port
from scripts.trial import processor
from scripts.trial.house import ROOT

LONG_LISTS = (f"{PLANS}export/", f"{PLANS}measures/export/", "/units/organisation/export/")
PATIENCE = 300  # seconds


def figures_of(town) -> list[Figure]:
    return [export_memory(town), pages_of_pdf()]


def pages_of_pdf() -> Figure:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench.paper"],
        cwd=ROOT, env={**os.environ, "SANWEI_ENV": "test"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Figure("pdf.pages_per_cpu_second", round(float(done.stdout), 1), "pages/s")


def export_memory(town) -> Figure:
    """The most that a process of the house holds while every row of each of the long lists is exported.

    Asked for in the browser, written by the worker as production runs it, knocked at as by beat; web and worker are
    watched, each process by itself.
    """
    town.home.start("worker")
    worker = town.home.running["worker"].pid
    watched = set(processor.children(town.side.web_pid))
    for pid in watched:
        processor.forget_peak(pid)
    for path in LONG_LISTS:
        fields = {**expect(town.office.get(path), 200).hidden(), "reason": "计量"}
        written(town, expect(town.office.post(path, fields), 302).headers["location"])
    watched |= set(processor.family(worker))
    return Figure(
        "export.memory_mb", round(max(processor.memory_mb(pid, "VmHWM") for pid in watched), 1), "MB"
    )


def written(town, page: str) -> None:
    """Knock, and wait until the export can be taken away."""
    town.home.knock("sanwei.core.exports.tasks.write")
    until = time.monotonic() + PATIENCE
    while "/download/" not in expect(town.office.get(page), 200).text:
        if time.monotonic() > until:
            raise TimeoutError(f"{page} is not written after {PATIENCE} seconds")
        time.sleep(0.5)
    expect(town.office.get(f"{page}download/"), 200)


def start_figures() -> list[Figure]:
    """Seconds from `make run` to the first page: the first time (the city is built), and every later time."""
    with tempfile.TemporaryDirectory(prefix="sanwei-start-") as folder:
        first, again = start_seconds(Path(folder)), start_seconds(Path(folder))
    return [Figure("start.first.seconds", first, "s"), Figure("start.seconds", again, "s")]


def start_seconds(folder: Path) -> float:
    port, began = free_port(), time.monotonic()
    environment = {**os.environ, "SANWEI_DATA_DIR": str(folder), "PORT": str(port)}
    running = subprocess.Popen(
        [shutil.which("make"), "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until_it_answers(f"http://127.0.0.1:{port}/", running)
        return round(time.monotonic() - began, 2)
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)


def until_it_answers(address: str, running) -> None:
    while running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    sys.exit("make run ended before its first page")
