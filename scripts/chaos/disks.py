"""F13: full disks. Data, write-ahead log and papers each live on a small ext4 of their own. Needs root and loop devices."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg2

from scripts.chaos.books import NOTHING, WHOLE
from scripts.chaos.filing import BROKEN, stamped
from scripts.chaos.load import Writer, multipart
from scripts.chaos.powercut import disk
from scripts.chaos.site import LIST, Site, again, expect, opened
from scripts.chaos.storm import BEFORE_THEIR_HEADS, PLANS
from scripts.chaos.world import DURABLE, world
from scripts.trial.client import Line, Visitor
from scripts.trial.house import ROOT

SIZES = {"pg": 400, "log": 160, "papers": 64}  # MiB
LITTLE_LOG = f"{DURABLE} -c min_wal_size=32MB -c max_wal_size=64MB"
BALLAST = 48  # MiB
NO_ROOM = "服务器存储空间不足，请联系系统管理员扩容后再上传"
GROW = "CREATE TABLE growing AS SELECT repeat('x', 2000) FROM generate_series(1, 100000)"
WRITE_LOG = "SELECT pg_logical_emit_message(false, 'f13', repeat('x', 1000000))"
FILINGS = 4  # in each condition of the disks


def f13() -> str:
    """F13, LOSS-04: papers full: refused in words; data full: errors, the server lives; log full: PANIC, the ballast
    goes, it starts. What was acknowledged is there each time, what was not is filed by sending it again."""
    if os.getuid():
        raise AssertionError("needs root: disks must be made and mounted")
    with small_city() as (site, points):
        lines = [
            papers_full(site, points["papers"]),
            data_full(site, points["pg"]),
            log_full(site, points["log"]),
        ]
        fault = site.world.house.manage("verify_audit").strip()
    return f"{'; '.join(lines)}; {fault}"


@contextlib.contextmanager
def small_city():
    """A city on three small disks; (site, mount point by name). No floor of free space: the disk itself is the limit."""
    with tempfile.TemporaryDirectory(prefix="sanwei-disks-") as ours, contextlib.ExitStack() as mounted:
        folder = Path(ours)
        folder.chmod(0o755)
        points = {
            name: mounted.enter_context(disk(folder, name, megabytes=size))[1] for name, size in SIZES.items()
        }
        knobs = {"SANWEI_MEDIA_DIR": str(points["papers"] / "media"), "SANWEI_DISK_FLOOR_MB": "0"}
        with world("city", folder=folder, options=LITTLE_LOG, **knobs) as here:
            move_log(here.server, points["log"])
            here.ask(BEFORE_THEIR_HEADS)
            here.start()
            yield Site(here, None, None, here.ask(PLANS, "awaiting_signature")), points


def move_log(server, point: Path) -> None:
    """The write-ahead log to a disk of its own, as deploy asks for, and the ballast beside it."""
    server.stop("fast")
    shutil.copytree(server.data / "pg_wal", point / "pg_wal")
    shutil.rmtree(server.data / "pg_wal")
    (server.data / "pg_wal").symlink_to(point / "pg_wal")
    for path in [point, *point.rglob("*")]:
        if server.who:
            os.chown(path, server.who["user"], server.who["group"])
    ballast("put", point, str(BALLAST))
    server.start()


def ballast(*words) -> None:
    subprocess.run([ROOT / "deploy" / "ballast.sh", *words], check=True, capture_output=True)


def fill(point: Path) -> Path:
    """Somebody else's file that takes the last byte."""
    filler = point / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size) == size:
                    pass
    return filler


def papers_full(site, point: Path) -> str:
    plan, code = site.world.ask(PLANS, "draft")[0]
    clerk = site.signed_in(Visitor(Line(site.world.house.port)), f"clerk-{code.lower()}")
    writer = Writer(clerk, plan)
    expect(writer.upload(1) == 302, "a paper is not taken with room for it")
    filler = fill(point)
    said = upload_refused(clerk, writer)
    filler.unlink()
    expect(NO_ROOM in said, "a paper without room was not refused in words")
    expect(writer.upload(3) == 302, "a paper is not taken once there is room again")
    site.world.house.manage("verify_attachments")
    return "papers full: refused in words, the others whole"


def upload_refused(clerk, writer) -> str:
    """Hand in a paper; what the next page says."""
    path = f"{LIST}{writer.plan}/"
    key = clerk.get(path).hidden()["csrfmiddlewaretoken"]
    words = {"csrfmiddlewaretoken": key, "unclassified": "on"}
    body, kind = multipart(words, "files", "佐证材料.pdf", writer.content(2))
    status = clerk.ask("POST", f"{path}papers/", body, {"Content-Type": kind}).status
    expect(status == 302, f"a paper without room was answered {status}")
    return clerk.get(path).text


def data_full(site, point: Path) -> str:
    server, filings = site.world.server.pid, opened_filings(site)
    filler = fill(point)
    refused = diskfull(site, GROW)
    fill(point)
    acknowledged = [post(*one) for one in filings]
    alive = site.world.server.pid == server and site.world.one("SELECT 1") == 1
    healthy = Visitor(Line(site.world.house.port)).get("/healthz").status == 200
    filler.unlink()
    expect(
        refused and alive and healthy, f"disk of data full: refused {refused}, alive {alive}, web {healthy}"
    )
    return f"data full: {settled(site, filings, acknowledged)}, the server lived on"


def log_full(site, point: Path) -> str:
    filings = opened_filings(site)
    filler = fill(point)
    acknowledged = [post(*one) for one in filings[: FILINGS // 2]]
    panicked = until_panic(site)
    acknowledged += [post(*one) for one in filings[FILINGS // 2 :]]
    stays_down = not starts(site)
    ballast("drop", point)
    site.world.until(lambda: site.world.one("SELECT 1"), "does not start without the ballast")
    expect(panicked, "the log never filled its disk")
    lines = settled(site, filings, acknowledged)
    filler.unlink()
    down = "down until the ballast was deleted" if stays_down else "came back by itself"
    return f"log full: PANIC, {down}, {lines}"


def until_panic(site) -> bool:
    """Write to the log until the server is gone; whether it said PANIC."""
    log = site.world.server.folder / "log"
    before = log.read_text(errors="replace").count("PANIC")
    with contextlib.suppress(psycopg2.Error), contextlib.closing(site.world.connect()) as connection:
        for _ in range(2 * SIZES["log"]):
            connection.cursor().execute(WRITE_LOG)
    return log.read_text(errors="replace").count("PANIC") > before


def starts(site, seconds: float = 15) -> bool:
    """Whether it answers within this time; the watchman tries again and again."""

    def answers() -> bool:
        with contextlib.suppress(psycopg2.Error), contextlib.closing(site.world.connect()):
            return True
        return False

    try:
        return site.world.until(answers, "", seconds)
    except AssertionError:
        return False


def diskfull(site, statement: str) -> bool:
    with contextlib.closing(site.world.connect()) as connection:
        try:
            connection.cursor().execute(statement)
        except psycopg2.errors.DiskFull:
            return True
    return False


def opened_filings(site) -> list[tuple]:
    """Heads with the page of signature open, and its fields."""
    filings = [site.filing() for _ in range(FILINGS)]
    return [(filing, opened(site, filing)) for filing in filings]


def post(filing, fields) -> bool:
    """Send it once; whether it was acknowledged."""
    with contextlib.suppress(*BROKEN):
        return filing.visitor.post(f"{LIST}{filing.plan}/sign/", fields, **stamped()).status == 302
    return False


def settled(site, filings, acknowledged) -> str:
    """Now that there is room: what was acknowledged is there, what was not has left nothing and is filed anew."""
    for (filing, fields), was in zip(filings, acknowledged, strict=True):
        books = site.books(filing)
        expect(books == WHOLE or not was, f"plan {filing.plan} was acknowledged and is lost: {books}")
        expect(books in (WHOLE, NOTHING), f"plan {filing.plan} is half filed: {books}")
        again(site, filing, fields)
    return f"{sum(acknowledged)} of {len(acknowledged)} acknowledged and there, the others filed afterwards"
