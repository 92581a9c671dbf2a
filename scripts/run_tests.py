"""make test: all on PostgreSQL with Redis and a worker, on SQLite again what depends on the database, browser journeys.

Two run at once, one on each core: the journeys begin where SQLite has ended. Each has its own data folder, database
and broker. Nothing is left running.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from services import postgresql, redis

ROOT = Path(__file__).resolve().parent.parent
ARTEFACTS = ROOT / "var" / "test-artifacts"


def suite(name: str, data: Path, words: list[str], **environment: str) -> tuple[str, subprocess.Popen, Path]:
    """Start pytest in the background, its output in a file."""
    output = data / f"{name}.txt"
    (data / name).mkdir()
    settings = {
        **os.environ,
        "SANWEI_ENV": "test",
        "SANWEI_DATA_DIR": str(data / name),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
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
    """Wait for a suite, show what it said; whether it passed."""
    process.wait()
    print(f"\n=== {name} ===", flush=True)
    print(output.read_text(errors="replace"), flush=True)
    return process.returncode == 0


def main() -> int:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="sanwei-test-") as folder,
        postgresql() as database,
        redis() as broker,
        redis() as second_broker,
    ):
        data = Path(folder)
        running = [
            suite(
                "sqlite",
                data,
                ["-m", "not journey and not services and not once"],
                DATABASE_URL="sqlite://:memory:",
            ),
            suite("postgresql", data, ["-m", "not journey"], DATABASE_URL=database, SANWEI_BROKER_URL=broker),
        ]
        try:
            passed = [report(*running[0])]
            journeys = {"DATABASE_URL": f"{database}_journeys", "SANWEI_BROKER_URL": second_broker}
            running.append(suite("journeys", data, ["-m", "journey"], **journeys))
            passed += [report(*one) for one in running[1:]]
        finally:
            for _, process, _ in running:
                if process.poll() is None:
                    process.kill()
                    process.wait()
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
