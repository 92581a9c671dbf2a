"""Reading the counts that the database keeps, and folding their rows together."""

import functools

from django.db import transaction
from django.db.models import Sum

from sanwei.core.questions import Question
from units.plans.models import MeasureTally, PlanTally

FOLDED_AT_ONCE = 5_000  # rows


def summed(model, campaign, *by: str) -> list[dict]:
    """One dict for each group of `by`, with the sums of the counted columns; none where nothing is counted."""
    names = (*by, *model.COUNTED)
    return [dict(zip(names, row, strict=True)) for row in sums_of(model, by)(campaign=campaign.pk)]


@functools.cache
def sums_of(model, by: tuple[str, ...]) -> Question:
    sums = {f"sum_of_{name}": Sum(name) for name in model.COUNTED}

    def rows(campaign):
        grouped = model.objects.filter(campaign=campaign).order_by().values("campaign", *by)
        return grouped.annotate(**sums).values_list(*by, *sums)

    return Question(rows, campaign=int)


def fold() -> int:
    """Join rows of differences into one for each group; returns how many rows went. Safe at any time and at once."""
    return sum(fold_one(model) for model in (PlanTally, MeasureTally))


def fold_one(model) -> int:
    with transaction.atomic():
        rows = list(model.objects.select_for_update(skip_locked=True).order_by("pk")[:FOLDED_AT_ONCE])
        sums: dict[tuple, list[int]] = {}
        for row in rows:
            counted = sums.setdefault(
                tuple(getattr(row, name) for name in model.BY), [0] * len(model.COUNTED)
            )
            for place, name in enumerate(model.COUNTED):
                counted[place] += getattr(row, name)
        if len(rows) <= len(sums):
            return 0
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()
        model.objects.bulk_create(
            model(**dict(zip(model.BY, group, strict=True)), **dict(zip(model.COUNTED, counted, strict=True)))
            for group, counted in sums.items()
            if any(counted)
        )
    return len(rows) - len(sums)
