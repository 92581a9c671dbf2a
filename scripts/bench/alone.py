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


def figures_of(town) -> list[Figure]:
    return [export_memory(town), pages_of_pdf()]


def pages_of_pdf() -> Figure:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench.paper"],
        cwd=ROOT, env={**os.environ, "SANWEI_ENV": "test"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Figure("pdf.pages_per_cpu_second", round(float(done.stdout), 1), "pages/s")


def export_memory(town) -> Figure:
    """The most that a web worker holds in memory while it writes every row of each of the long lists."""
    workers = processor.children(town.side.web_pid)
    for pid in workers:
        processor.forget_peak(pid)
    for path in (f"{PLANS}export/", f"{PLANS}measures/export/", "/units/organisation/export/"):
        expect(town.office.get(path), 200)
    return Figure("export.memory_mb", max(processor.memory_mb(pid, "VmHWM") for pid in workers), "MB")


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
