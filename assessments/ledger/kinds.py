"""What brings points: kinds of events, as the rooms that tell of them call them, and the points they bring unless the office
decides otherwise (dossier 2.10, Appendix B)."""

import dataclasses
from decimal import Decimal

from django.db import models


class Kind(models.TextChoices):
    TASK_RED = "task.red", "整改任务红灯"
    TASK_SENT_BACK = "task.sent_back", "整改任务退办"
    FINDING_MINOR = "finding.minor", "督查发现问题（一般）"
    FINDING_MODERATE = "finding.moderate", "督查发现问题（较重）"
    FINDING_SERIOUS = "finding.serious", "督查发现问题（严重）"
    PLAN_LATE = "plan.late", "实施方案迟报"


NOUN = {  # what one of it is
    Kind.TASK_RED: "件",
    Kind.TASK_SENT_BACK: "次",
    Kind.FINDING_MINOR: "人次",
    Kind.FINDING_MODERATE: "人次",
    Kind.FINDING_SERIOUS: "人次",
    Kind.PLAN_LATE: "个工作日",
}


def said(points: Decimal) -> str:
    """扣0.5分, 加1分."""
    return f"{'扣' if points < 0 else '加'}{plain(abs(points))}分"


def plain(points: Decimal) -> str:
    """0.5, -2, 10: without the noughts that say nothing."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(points: Decimal) -> str:
    """-0.5, +1, 0: as it stands in a table."""
    return f"{'+' if points > 0 else ''}{plain(points)}"


@dataclasses.dataclass(frozen=True)
class Terms:
    """The points that one kind of event brings: `points` for each of its quantity beyond the first `free`, all in all `cap` at
    most (an amount, never negative; None: no limit), under the indicator with this code."""

    indicator: str
    points: Decimal
    free: int = 0
    cap: Decimal | None = None

    def points_for(self, quantity: int = 1, before: int = 0) -> Decimal:
        """What an event brings by which so much of it came to be, where `before` of it had been counted already."""
        return self.whole(quantity) - self.whole(before)

    def whole(self, quantity: int) -> Decimal:
        """What so much of it brings all in all; nought where all of it is free."""
        whole = self.points * max(0, quantity - self.free)
        if self.cap is not None and abs(whole) > self.cap:
            whole = self.cap.copy_sign(whole)
        return whole

    def sentence(self, kind: str) -> str:
        """整改任务退办：每次扣0.5分，前1次不计，最多扣0.5分（指标F1）。"""
        noun = NOUN[kind]
        parts = [f"{Kind(kind).label}：每{noun}{said(self.points)}"]
        if self.free:
            parts.append(f"前{self.free}{noun}不计")
        if self.cap is not None:
            parts.append(f"最多{said(self.cap.copy_sign(self.points))}")
        return f"{'，'.join(parts)}（指标{self.indicator}）。"


HALF = Decimal("-0.50")
USUAL = {
    # F1: 红灯每件扣0.5; 被退办2次以上每件扣0.5, so the first time is free and a matter costs no more than that.
    Kind.TASK_RED: Terms("F1", HALF),
    Kind.TASK_SENT_BACK: Terms("F1", HALF, free=1, cap=Decimal("0.50")),
    # F2: 一般0.5/较重1/严重2每人次.
    Kind.FINDING_MINOR: Terms("F2", HALF),
    Kind.FINDING_MODERATE: Terms("F2", Decimal("-1.00")),
    Kind.FINDING_SERIOUS: Terms("F2", Decimal("-2.00")),
    # A2: 逾期每迟1个工作日扣0.5(最多2).
    Kind.PLAN_LATE: Terms("A2", HALF, cap=Decimal("2.00")),
}
