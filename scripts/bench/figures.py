"""The figures and their goals: written to var/bench/latest.json and printed as the table of docs/performance.md."""

import dataclasses
import json
import operator
from pathlib import Path

LATEST = Path(__file__).resolve().parents[2] / "var" / "bench" / "latest.json"
SIGNS = {"≤": operator.le, "≥": operator.ge, "<": operator.lt, "=": operator.eq}

# name → goal. A goal on a figure with a reference is about the ratio, on any other about the value itself.
GOALS = {
    "plan.sign": "≤ 4",
    "plan.autosave": "≤ 3",
    "plan.list": "≤ 2.5",
    "plan.list.growth": "≤ 1.3",
    "plan.detail": "≤ 3",
    "desk.home": "≤ 3",
    "dashboard.growth": "≤ 2",
    "task.list": "≤ 2.5",
    "task.list.growth": "≤ 1.3",
    "task.verb": "≤ 4",
    "board.growth": "≤ 2",
    "finding.file": "≤ 5",
    "reminders.rows_read_per_due": "≤ 1.2",
    "search.growth": "≤ 1.5",
    "queries.list.max": "≤ 12",
    "queries.detail.max": "≤ 15",
    "login": "≤ 15",
    "export.memory_mb": "< 200",
    "pdf.pages_per_cpu_second": "≥ 40",
    "start.seconds": "≤ 10",
    "client.share": "≤ 0.33",
    "deadline.lost": "= 0",
    "deadline.twice": "= 0",
}


@dataclasses.dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None

    @property
    def goal(self) -> str:
        return GOALS.get(self.name, "")

    @property
    def ok(self) -> bool:
        """Whether the goal is met; a figure without a goal is for information."""
        if not self.goal:
            return True
        sign, bound = self.goal.split()
        return SIGNS[sign](self.value if self.ratio is None else self.ratio, float(bound))

    def as_row(self) -> dict:
        return {**dataclasses.asdict(self), "goal": self.goal, "ok": self.ok}


def write(figures: list[Figure]) -> None:
    """Put the figures into the file; figures of the same name are replaced, others stay (make chaos adds its own)."""
    rows = {row["name"]: row for row in json.loads(LATEST.read_text())} if LATEST.exists() else {}
    rows |= {figure.name: figure.as_row() for figure in figures}
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    LATEST.write_text(json.dumps(list(rows.values()), ensure_ascii=False, indent=1) + "\n")


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| figure | value | unit | reference | ratio | goal | met |", "|---|---|---|---|---|---|---|"]
    for figure in figures:
        met = ("yes" if figure.ok else "**no**") if figure.goal else ""
        cells = (figure.name, short(figure.value), figure.unit, short(figure.reference), short(figure.ratio))
        lines.append(f"| {' | '.join(cells)} | {figure.goal} | {met} |")
    return "\n".join(lines)


def short(number: float | None) -> str:
    return "" if number is None else f"{number:.3g}" if abs(number) < 100 else f"{number:,.0f}"
