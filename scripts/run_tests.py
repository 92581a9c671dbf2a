"""make test: everything on PostgreSQL with Redis and a worker, on SQLite again whatever depends on the database, and
browser journeys.

Two suites run at once, one on each core, the longest first: where one has ended the next begins. Each has its own data
folder, database and broker. Nothing is left running.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from services import postgresql, redis

ROOT = Path(__file__).resolve().parent.parent
ARTEFACTS = ROOT / "var" / "test-artifacts"
# The journeys that look at every page and remember, from one to the next, what they have seen.
WALKS = ("tests/journeys/test_every_page.py", "tests/journeys/test_demo_city.py")
GROUND = ("tests/core", "tests/corpus")  # about a third of what runs on PostgreSQL
AGAIN_ON_SQLITE = "not journey and not services and not once"


def suite(name: str, data: Path, words: list[str], **environment: str) -> tuple[str, subprocess.Popen, Path]:
    """Start pytest in the background, its output in a file."""
    output = data / f"{name}.txt"
    (data / name).mkdir()
    settings = {
        **os.environ,
        "SANWEI_ENV": "test",
        "SANWEI_DATA_DIR": str(data / name),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "PYTHONDONTWRITEBYTECODE": "",  # what one suite has compiled the next need not
        "SANWEI_TEST_ARTIFACTS": str(ARTEFACTS),
        **environment,
    }
    with output.open("wb") as file:
        command = [sys.executable, "-m", "pytest", "-q", "--durations=5", *words]
        return (
            name,
            subprocess.Popen(command, cwd=ROOT, env=settings, stdout=file, stderr=subprocess.STDOUT),
            output,
        )


def report(name, process, output) -> bool:
    """Show what a suite that has ended said; whether it passed."""
    print(f"\n=== {name} ===", flush=True)
    print(output.read_text(errors="replace"), flush=True)
    return process.returncode == 0


def run_two_at_once(waiting: list) -> bool:
    """Start the suites in this order, each as soon as there is room; whether all passed."""
    running, passed = [], []
    try:
        while waiting or running:
            while waiting and len(running) < 2:
                running.append(waiting.pop(0)())
            time.sleep(0.2)
            ended = [one for one in running if one[1].poll() is not None]
            running = [one for one in running if one not in ended]
            passed += [report(*one) for one in ended]
    finally:
        for _, process, _ in running:
            process.kill()
            process.wait()
    return all(passed)


def main() -> int:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        data = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="sanwei-test-")))
        database = held.enter_context(postgresql())

        def on_postgresql(name, url, *words):
            services = {"DATABASE_URL": url, "SANWEI_BROKER_URL": held.enter_context(redis())}
            return lambda: suite(name, data, ["-m", *words], **services)

        rooms = [f"--ignore={path}" for path in GROUND]
        other_journeys = [f"--ignore={path}" for path in WALKS]
        passed = run_two_at_once(
            [
                on_postgresql("rooms", database, "not journey", *rooms),
                on_postgresql("ground", f"{database}_ground", "not journey", *GROUND),
                on_postgresql("journeys", f"{database}_journeys", "journey", *other_journeys),
                on_postgresql("walks", f"{database}_walks", "journey", *WALKS),
                lambda: suite("sqlite", data, ["-m", AGAIN_ON_SQLITE], DATABASE_URL="sqlite://:memory:"),
            ]
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
