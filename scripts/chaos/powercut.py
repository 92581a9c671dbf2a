"""F12: the power goes. PostgreSQL and the files live on a disk of their own (ext4 on a loop device); everything is
frozen, the disk's image is copied, and the copy is started. Needs root and loop devices."""

import contextlib
import hashlib
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psycopg2

from scripts.chaos.filing import PASSWORD, Filing
from scripts.chaos.load import Writer
from scripts.chaos.storm import BEFORE_THEIR_HEADS
from scripts.chaos.storm import PLANS as STANDING
from scripts.chaos.world import DURABLE, signal_all, world
from scripts.services import Postgresql
from scripts.trial import processor
from scripts.trial.client import Line, Visitor

MEGABYTES = 1500
CARELESS = f"{DURABLE} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
SECONDS = 8.0  # of filing before the lights go out


def f12() -> str:
    """F12, LOSS-03: all acknowledged filings and files are on the copied disk; without fsync they are not (control)."""
    if os.getuid():
        raise AssertionError("needs root: a disk must be made and mounted")
    filed, files, lost, broken = cut(DURABLE)
    if lost or broken or not filed or not files:
        raise AssertionError(f"of {filed} filings {lost} and of {files} files {broken} were lost")
    _, _, control, _ = cut(CARELESS)
    if not control:
        raise AssertionError("the control lost nothing: the cut proves nothing")
    return f"{filed} filings and {files} files acknowledged, all on the disk; control without fsync lost {control} filings"


@contextlib.contextmanager
def disk(folder: Path, name: str, image: Path | None = None, megabytes: int = MEGABYTES):
    """A mounted ext4 of its own, of so many MiB; yields (image, mount point)."""
    new, point = image or folder / f"{name}.img", folder / name
    point.mkdir()
    if image is None:
        with new.open("wb") as file:
            file.truncate(megabytes << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", new], check=True)
    subprocess.run(["mount", "-o", "loop", new, point], check=True)
    try:
        point.chmod(0o755)
        yield new, point
    finally:
        subprocess.run(["umount", "-l", point], check=True)


def cut(options: str) -> tuple[int, int, int, int]:
    """(filings acknowledged, files acknowledged, filings lost, files lost or broken)."""
    with tempfile.TemporaryDirectory(prefix="sanwei-power-") as ours:
        folder = Path(ours)
        folder.chmod(0o755)
        copy = folder / "copy.img"
        with (
            disk(folder, "before") as (image, point),
            world("city", folder=point, options=options) as here,
        ):
            filings, files = busy_hour(here, point)
            freeze_everything(here)
            shutil.copyfile(image, copy)
            kill_everything(here)
        with disk(folder, "after", copy) as (_, found):
            lost = missing_filings(found / "pg", options, filings)
            broken = sum(not whole(found / "data" / "media", digest) for digest in files)
    return len(filings), len(files), lost, broken


def busy_hour(here, point: Path) -> tuple[list[int], list[str]]:
    """File and upload for some seconds; (plans acknowledged, SHA-256 of files acknowledged)."""
    here.ask(BEFORE_THEIR_HEADS)
    here.house.start("web")
    here.house.wait_for_web()
    plans, drafts = here.ask(STANDING, "awaiting_signature"), here.ask(STANDING, "draft")
    here.ask("CHECKPOINT")
    subprocess.run(["sync", "-f", point], check=True)
    filings, files, until = queue.SimpleQueue(), queue.SimpleQueue(), time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=file_plans, args=(here, plans, until, filings)),
        threading.Thread(target=upload_files, args=(here, drafts[0], until, files)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [filings.get() for _ in range(filings.qsize())], [files.get() for _ in range(files.qsize())]


def file_plans(here, plans, until: float, acknowledged) -> None:
    while plans and time.monotonic() < until:
        filing = Filing(here.house.port, *plans.pop())
        filing.run()
        if filing.receipt:
            acknowledged.put(filing.plan)


def upload_files(here, draft, until: float, acknowledged) -> None:
    plan, code = draft
    visitor = Visitor(Line(here.house.port))
    visitor.sign_in(f"clerk-{code.lower()}", PASSWORD)
    writer, number = Writer(visitor, plan), 0
    while time.monotonic() < until and number < 15:
        number += 1
        content = writer.content(number)
        if writer.upload(number) == 302:
            acknowledged.put(hashlib.sha256(content).hexdigest())


def everything(here) -> list[int]:
    return [*processor.family(here.house.running["web"].pid), *processor.family(here.server.pid)]


def freeze_everything(here) -> None:
    signal_all(everything(here), signal.SIGSTOP)


def kill_everything(here) -> None:
    signal_all(everything(here), signal.SIGKILL)


def missing_filings(data: Path, options: str, plans: list[int]) -> int:
    """How many of the plans have no version in the copied database; all, if it does not even start."""
    server = Postgresql(data, options)
    for stale in data.glob(".s.PGSQL*"):
        stale.unlink()
    (server.data / "postmaster.pid").unlink(missing_ok=True)
    try:
        server.start()
    except subprocess.CalledProcessError:
        return len(plans)
    try:
        found = standing(server, plans)
    finally:
        server.stop()
    return len(plans) - found


def standing(server, plans: list[int]) -> int:

    with (
        contextlib.closing(psycopg2.connect(server.url("sanwei"))) as connection,
        connection.cursor() as cursor,
    ):
        try:
            cursor.execute(
                "SELECT count(DISTINCT plan_id) FROM units_planversion WHERE plan_id = ANY(%s)", [plans]
            )
            return cursor.fetchone()[0]
        except psycopg2.DatabaseError:
            return 0


def whole(media: Path, digest: str) -> bool:
    """Whether a file with this content lies there."""
    return any(
        hashlib.sha256(file.read_bytes()).hexdigest() == digest for file in media.rglob("*") if file.is_file()
    )
