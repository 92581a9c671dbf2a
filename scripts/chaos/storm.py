"""The storm: the stress load of the last hour while parts are killed and frozen at random, then the books (LOSS-01)."""

import random
import subprocess
import sys
import threading
import time

from scripts.chaos import books
from scripts.chaos.load import STRESS, Load
from scripts.trial.house import ROOT

STRIKES = (
    "kill_web_worker", "kill_web_master", "kill_task_child", "kill_worker_tree", "kill_beat", "kill_redis",
    "kill_backend", "kill_postmaster", "freeze_redis", "freeze_worker", "freeze_web_worker", "freeze_beat",
)  # fmt: skip
BETWEEN = (2.0, 6.0)  # seconds between two strikes
DRAIN = 420  # seconds after which everything must have been sent, reminded and sealed
# The plans of the open campaign all stand before their heads, so that there is enough to file.
BEFORE_THEIR_HEADS = """
    UPDATE units_plan p SET state = 'awaiting_signature' FROM units_campaign c
    WHERE c.id = p.campaign_id AND c.state = 'open' AND p.state = 'draft' AND p.unit_order % 10 <> 9
"""
PLANS = """
    SELECT p.id, u.code FROM units_plan p JOIN units_unit u ON u.id = p.unit_id
    JOIN units_campaign c ON c.id = p.campaign_id AND c.state = 'open' WHERE p.state = %s ORDER BY p.id
"""
WAITING = """
    SELECT (SELECT count(*) FROM core_announcement WHERE told_at IS NULL)
      + (SELECT count(*) FROM core_outboxmessage WHERE sent_at IS NULL AND parked_at IS NULL AND due_at < now())
      + (SELECT count(*) FROM core_entry e LEFT JOIN core_seal s ON s.entry_id = e.id WHERE s IS NULL)
"""


def weather(world, chance: random.Random, over: threading.Event, say) -> list[str]:
    """Strike after strike until it is over; returns what was done."""
    done = []
    while not over.wait(chance.uniform(*BETWEEN)):
        strike = chance.choice(STRIKES)
        done.append(strike)
        say(f"{strike}: {getattr(world, strike)(chance)}")
    return done


def clocks_gone_wild(world, over: threading.Event) -> None:
    """More clocks than one: reminders are asked for again and again, by several at once (F15)."""
    command = [sys.executable, "-m", "celery", "-A", "sanwei", "call", "units.plans.tasks.remind"]
    while not over.wait(5.0):
        for _ in range(2):
            subprocess.run(
                command, cwd=ROOT, env=world.house.environment, capture_output=True, check=False, timeout=30
            )


def storm(world, seed: int, seconds: float, say, calm: bool = False):
    """Run the load under the weather of `seed`; returns (Books, Load, strikes)."""
    chance = random.Random(seed)
    world.ask(BEFORE_THEIR_HEADS)
    plans, drafts = world.ask(PLANS, "awaiting_signature"), world.ask(PLANS, "draft")
    load = Load(world.house.port, STRESS, plans, drafts, random.Random(seed + 1))
    load.open_doors()
    over, strikes = threading.Event(), []
    sky = threading.Thread(target=lambda: strikes.extend(() if calm else weather(world, chance, over, say)))
    wild = threading.Thread(target=clocks_gone_wild, args=(world, over))
    for thread in (sky, wild):
        thread.start()
    try:
        load.run(seconds)
    finally:
        over.set()
        for thread in (sky, wild):
            thread.join()
    drain(world, say)
    return books.close(world, load.filings, world.house.data / "mail"), load, strikes


def drain(world, say) -> None:
    """Wait until everybody is told, the outbox empty and the record sealed; a last call for reminders comes first."""
    world.house.wait_for_web()
    world.house.manage("shell", "-c", "from units.plans.reminders import remind; remind()")
    began = time.monotonic()
    world.until(lambda: world.one(WAITING) == 0, "people are not told, or the outbox does not empty", DRAIN)
    say(f"drained {time.monotonic() - began:.0f} s after the last arrival")
