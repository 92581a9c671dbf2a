"""The drill: fill, back up, lose everything, restore on an empty host by deploy/restore.sh alone (BKP-01, BKP-09)."""

import contextlib
import hashlib
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from scripts.chaos.books import message_ids
from scripts.chaos.filing import PASSWORD, Filing
from scripts.chaos.load import Writer
from scripts.chaos.site import expect
from scripts.chaos.storm import BEFORE_THEIR_HEADS, PLANS
from scripts.chaos.world import DURABLE, KEPT, World, world
from scripts.services import postgresql_server, redis_server
from scripts.trial.client import Line, Visitor
from scripts.trial.house import ROOT, House

FILINGS, FILES = 3, 3
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# Rows and a digest of all they hold.
CONTENT = "SELECT count(*), md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {} AS row"
OF_THE_MOMENT = {"core_heartbeat", "core_hold", "django_session"}  # what a restore changes by design
RECORD = {
    "core_entry",
    "core_seal",
}  # goes on: the hold is in it; restore.sh holds it against its head of before
UNTOLD = "SELECT key FROM core_announcement WHERE told_at IS NULL AND parked_at IS NULL ORDER BY 1"
UNSENT = "SELECT 1 FROM core_outboxmessage WHERE sent_at IS NULL AND parked_at IS NULL AND due_at <= now()"
MAILED = "SELECT dedup_key FROM core_outboxmessage WHERE channel = 'mail' AND sent_at IS NOT NULL"
BEATEN = (
    "SELECT count(*) FROM core_heartbeat WHERE name = 'deliver outbox' AND at > now() - interval '3 seconds'"
)


def restore() -> str:
    """Everything that was acknowledged before the backup is there again; nothing is sent until a person lets it go,
    then each message once; nobody is still signed in."""
    with tempfile.TemporaryDirectory(prefix="sanwei-drill-") as ours, world("city") as lost:
        visitor, receipt = a_morning_of_work(lost)
        before = Inventory(lost)
        began = time.monotonic()
        backup = Path(script(lost.house, "backup.sh", ours).strip())
        backed_up = time.monotonic() - began
        lost.stop()
        with empty_host(Path(ours), lost.house) as found:
            began = time.monotonic()
            script(found.house, "restore.sh", str(backup))
            found.house.prepare()
            restored = time.monotonic() - began
            before.compare(Inventory(found))
            found.start()
            old_sessions_are_gone(found, visitor, receipt)
            sent = held_and_let_go(found, before.untold)
    rows = sum(count for count, _ in before.tables.values())
    return (
        f"{rows} rows of {len(before.tables)} tables, {len(before.files)} files, last receipt and record"
        f" as before; backup {backed_up:.0f} s, restore {restored:.0f} s; nothing told or sent on hold, then {sent}"
    )


def script(house: House, name: str, *words: str) -> str:
    """What a script of deploy/ says; what it complains of is the fault."""
    done = subprocess.run(
        [ROOT / "deploy" / name, *words], env=house.environment, capture_output=True, text=True, check=False
    )
    expect(done.returncode == 0, f"{name}: {done.stderr[-2000:]}")
    return done.stdout


def a_morning_of_work(here) -> tuple[Visitor, str]:
    """Some file, some upload, nothing is sent yet; (somebody who is signed in, the last receipt's address)."""
    here.ask("CREATE ROLE sanwei_web LOGIN")  # the backup speaks of a role that the empty host does not know
    here.house.manage("grant_web_role")
    here.ask(BEFORE_THEIR_HEADS)
    here.house.start("web")
    here.house.wait_for_web()
    plans, drafts = here.ask(PLANS, "awaiting_signature"), here.ask(PLANS, "draft")
    for _ in range(FILINGS):
        filing = Filing(here.house.port, *plans.pop())
        filing.run()
        expect(filing.receipt, "a filing was not acknowledged")
    plan, code = drafts[0]
    clerk = Visitor(Line(here.house.port))
    clerk.sign_in(f"clerk-{code.lower()}", PASSWORD)
    writer = Writer(clerk, plan)
    expect(all(writer.upload(number) == 302 for number in range(FILES)), "an upload was not acknowledged")
    return filing.visitor, filing.receipt


class Inventory:
    """(rows, digest) by table, what nobody has been told yet, and the digest of every paper."""

    def __init__(self, here):
        self.tables = {
            table: here.ask(CONTENT.format(table))[0]
            for (table,) in here.ask(TABLES)
            if table not in OF_THE_MOMENT
        }
        self.untold = [key for (key,) in here.ask(UNTOLD)]
        self.files = papers(Path(here.house.environment["SANWEI_MEDIA_DIR"]))

    def compare(self, after) -> None:
        """Raises AssertionError naming what is not as it was."""
        expect(len(self.files) >= FILES and self.untold, "nothing to lose: the drill proves nothing")
        changed = {table for table in self.tables if after.tables.get(table) != self.tables[table]}
        expect(changed <= RECORD, f"tables that are not as they were: {sorted(changed - RECORD)}")
        expect(after.tables["core_entry"][0] > self.tables["core_entry"][0], "the hold is not in the record")
        expect(self.files == after.files, "files are not as they were")
        expect(self.untold == after.untold, "what was to be told is not as it was")


def papers(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


@contextlib.contextmanager
def empty_host(folder: Path, lost: House):
    """Another PostgreSQL, another Redis, an empty folder; of the old host there are the secrets only, and the backup."""
    with postgresql_server(DURABLE) as server, redis_server(*KEPT) as broker:
        data = folder / "new"
        house = House(server.create_database("sanwei"), broker.url, data)
        kept = {name: lost.environment[name] for name in lost.environment if name not in house.environment}
        secrets = {name: lost.environment[name] for name in ("SANWEI_SECRET_KEY", "SANWEI_AUDIT_KEY")}
        house.environment |= {**kept, **secrets, "SANWEI_MEDIA_DIR": str(data / "media")}
        here = World(server, broker, house)
        try:
            yield here
        finally:
            here.stop()


def old_sessions_are_gone(here, visitor: Visitor, receipt: str) -> None:
    """Who was signed in is asked to sign in again, and then finds the receipt."""
    visitor.line = Line(here.house.port)
    answer = visitor.get(receipt)
    expect(answer.status == 302 and "sign_in" in answer.headers["location"], "an old session still opens")
    office = Visitor(Line(here.house.port))
    office.sign_in("office", PASSWORD)
    expect(office.get(receipt).status == 200, "the last receipt is not there")


def held_and_let_go(here, untold: list[str]) -> str:
    """Nothing is told or sent while held, each of `untold` once after; how much that was, in words."""
    mail = here.house.data / "mail"
    here.until(lambda: here.one(BEATEN), "the relay does not run")
    here.until(lambda: not here.one(BEATEN), "the relay runs without a pause", 10)
    here.until(lambda: here.one(BEATEN), "the relay does not run again")
    expect(not [*message_ids(mail)], "something was sent while on hold")
    expect([key for (key,) in here.ask(UNTOLD)] == untold, "somebody was told while on hold")
    said = Visitor(Line(here.house.port)).get("/readyz").json()["outbox"]
    expect(said.startswith("held"), f"/readyz says {said}")
    here.house.manage("release_outbox", "--release", "--by", "office")
    here.until(lambda: not here.ask(UNTOLD) and not here.ask(UNSENT), "what was let go is not told and sent")
    wanted = {f"<{key.replace(':', '.').replace(' ', '')}@sanwei>" for (key,) in here.ask(MAILED)}
    expect(wanted and wanted <= {*message_ids(mail)}, "what is marked as sent was not")
    twice = [key for key, times in Counter(message_ids(mail)).items() if times > 1]
    expect(not twice, f"sent twice: {twice}")
    return f"{len(untold)} announcements told and {len(wanted)} mails sent, each once"
