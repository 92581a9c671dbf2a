"""python -m scripts.bench [--keep FOLDER]: measure everything; the populated databases may be kept for the next time."""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.bench import alone, figures, reminding
from scripts.bench.figures import Figure
from scripts.bench.measure import Side
from scripts.bench.rounds import REQUESTS, ROUNDS, Contest, Outcome, contend
from scripts.bench.town import BOARD, PLANS, TASKS, Bare, Town
from scripts.services import free_port, postgresql_server, redis_server, wait_for
from scripts.trial.house import ROOT, House

SIZES = ("city", "province", "country")
WRITTEN = "province"  # the writes use up what they measure, so this one is made anew each time
SERVER = (
    "-c shared_preload_libraries=pg_stat_statements -c pg_stat_statements.track_utility=off"
    " -c shared_buffers=512MB -c max_wal_size=2GB -c jit=off -c autovacuum=off"
)
THREADS = "4"
LISTS = (
    PLANS, f"{PLANS}measures/", "/units/organisation/", "/units/policies/", "/units/campaigns/",
    "/assessments/bulletins/", "/assessments/findings/", "/assessments/ledger/", "/notifications/", TASKS, f"{TASKS}?light=red", BOARD,
)  # fmt: skip
SEARCHES = ("发展改革", "一窗受理", "fgw")


def say(text: str) -> None:
    print(f"› {text}", flush=True)


def settled(server, database: str) -> None:
    """Statistics and visibility as autovacuum would have left them; it sleeps while we measure."""
    server.run("vacuumdb", "-h", "127.0.0.1", "-p", str(server.port), "-U", "sanwei", "--analyze", database)


@contextlib.contextmanager
def house(server, broker, folder: Path, size: str):
    """A populated house of one size, its web running."""
    began = time.monotonic()
    if size == WRITTEN:
        server.drop_database(size)
    kept = server.has_database(size)
    home = House(server.url(size), broker, folder / size, SANWEI_WEB_THREADS=THREADS)
    if not kept:
        server.create_database(size)
    home.prepare()
    if not kept:
        home.manage("populate", "--size", size, "--force")
        settled(server, size)
    say(f"{size}: populated in {time.monotonic() - began:.0f} s")
    home.start("web")
    try:
        home.wait_for_web()
        yield Town(Side(home.running["web"].pid, home.port, server, size), home)
    finally:
        home.stop()


@contextlib.contextmanager
def bare(server):
    """The reference by the same recipe."""
    port, kept = free_port(), server.has_database("bare")
    environment = {**os.environ, "DATABASE_URL": server.url("bare"), "PYTHONDONTWRITEBYTECODE": "1"}
    if not kept:
        server.create_database("bare")
        command = [sys.executable, "-m", "scripts.bench.bare", "prepare"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        settled(server, "bare")
    words = ["scripts.bench.bare:application", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    words += ["--workers", "2", "--threads", THREADS, "--timeout", "60", "--log-level", "error"]
    process = subprocess.Popen([Path(sys.executable).parent / "gunicorn", *words], cwd=ROOT, env=environment)
    try:
        wait_for(port)
        yield Bare(Side(process.pid, port, server, "bare"))
    finally:
        process.terminate()
        process.wait()


def against_the_bare(towns, plain) -> list[Contest]:
    """What is compared with the reference: reads at the largest size, writes at the middle one."""
    _, middle, large = towns
    clerk = middle.clerk

    def contest(name, town, product, reference):
        return Contest(name, town.side, product, plain.side, reference)

    return [
        contest("plan.list", large, lambda n: [large.page(PLANS)] * n, plain.lists),
        contest("plan.detail", large, large.details, plain.lists),
        contest("desk.home", large, lambda n: [large.page("/desk/")] * n, plain.lists),
        contest("desk.home.clerk", middle, lambda n: [middle.page("/desk/", clerk)] * n, plain.lists),
        contest("plan.sign", middle, middle.signings, plain.inserts),
        contest("plan.autosave", middle, lambda n: middle.autosaves("experience", n), plain.inserts),
        contest("plan.autosave.measures", middle, lambda n: middle.autosaves("measures", n), plain.inserts),
        contest("task.list", large, lambda n: [large.page(TASKS)] * n, plain.lists),
        contest("task.verb", middle, middle.reports, plain.inserts),
        contest("finding.file", middle, middle.filings, plain.inserts),
        contest("login", middle, middle.sign_ins, plain.inserts),
    ]


def large_against_small(towns) -> list[Contest]:
    """What must not grow with the city."""
    small, _, large = towns
    pages = {"plan.list.growth": (PLANS,), "dashboard.growth": ("/dashboard/",)}
    pages |= {"task.list.growth": (TASKS,), "board.growth": (BOARD,)}
    pages |= {"search.growth": [f"/search/?q={query}" for query in map(quoted, SEARCHES)]}
    pages |= {f"search.growth.{number}": [path] for number, path in enumerate(pages["search.growth"], 1)}

    def visits(town, paths, count):
        return [town.page(paths[place % len(paths)]) for place in range(count)]

    return [
        Contest(
            name,
            large.side,
            lambda n, paths=paths: visits(large, paths, n),
            small.side,
            lambda n, paths=paths: visits(small, paths, n),
        )
        for name, paths in pages.items()
    ]


def quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def statement_figures(town, outcomes: list[Outcome]) -> list[Figure]:
    """The most statements that any list and any record needs, at the largest size."""
    lists = [town.side.cost([town.page(path)] * 4).statements for path in LISTS]
    found = {outcome.name: outcome.cost.statements for outcome in outcomes}
    return [
        Figure("queries.list.max", max(lists), "statements"),
        Figure("queries.detail.max", max(found["plan.detail"], *records(town)), "statements"),
    ]


def records(town) -> list[float]:
    queries = {
        "/units/organisation/": "SELECT max(id) FROM units_unit",
        f"{PLANS}measures/": "SELECT max(id) FROM units_measure",
        "/units/policies/": "SELECT max(id) FROM units_policy",
        "/units/campaigns/": "SELECT max(id) FROM units_campaign",
        TASKS: "SELECT max(id) FROM units_task WHERE state = 'in_progress'",
    }
    paths = [f"{path}{town.side.ask(query)[0][0]}/" for path, query in queries.items()]
    return [town.side.cost([town.page(path)] * 4).statements for path in paths]


def served(outcomes: list[Outcome]) -> float:
    """Seconds of processor that the servers spent on what was measured."""
    each = sum(outcome.cost.ms + outcome.reference.ms for outcome in outcomes)
    return each * REQUESTS * (ROUNDS + 1) / 1000


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--keep", default="", help="a folder in which the databases outlive the measuring")
    keep = words.parse_args().keep
    with (
        tempfile.TemporaryDirectory(prefix="sanwei-bench-") as folder,
        postgresql_server(SERVER, keep) as server,
        redis_server() as broker,
        bare(server) as plain,
        contextlib.ExitStack() as stack,
    ):
        towns = [stack.enter_context(house(server, broker.url, Path(folder), size)) for size in SIZES]
        client = time.process_time()
        outcomes = contend([*against_the_bare(towns, plain), *large_against_small(towns)], say)
        client = time.process_time() - client
        found = [outcome.figure() for outcome in outcomes]
        found.append(Figure("client.share", round(client / served(outcomes), 3), "of the servers' processor"))
        found += statement_figures(towns[-1], outcomes)
        found += alone.figures_of(towns[-1])
        found.append(reminding.figure(server, broker, Path(folder)))
        for outcome in outcomes:
            print(f"  {outcome.name:<26}{outcome.cost}", flush=True)
    found += alone.start_figures()
    figures.write(found)
    print(figures.table(found))
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
