"""Entering and finding. What is found is always fetched through the record's own visible_to."""

from django.db import transaction

from sanwei.core import clock
from sanwei.core.search.models import SearchEntry
from sanwei.core.search.words import chunks, terms

LOOKED_AT = 100  # newest pieces of which the visible ones are shown


def index(obj, title: str, text: str, at=None) -> None:
    """Enter or renew the words of a record. Side effects: its search entries."""
    with transaction.atomic():
        forget(obj)
        SearchEntry.objects.bulk_create(entries_of(obj, title, text, at))


def entries_of(obj, title: str, text: str, at=None) -> list[SearchEntry]:
    """The unsaved entries of a record, one for each piece of its text."""
    return [
        SearchEntry(
            object_type=obj._meta.label_lower,
            object_id=obj.pk,
            piece=number,
            title=title[:300],
            terms=" ".join(terms(f"{title}\n{piece}" if number == 0 else piece)),
            at=at or clock.now(),
        )
        for number, piece in enumerate(chunks(text))
    ]


def forget(obj) -> None:
    SearchEntry.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).delete()


def keys(query: str, model):
    """The keys of all records of `model` that hold every word of `query`, as a queryset to filter by."""
    return SearchEntry.objects.about(model).matching(query).values("object_id")


def find(query: str, rows, limit: int = 20) -> list:
    """Those of the queryset `rows` that hold every word of `query`, newest first.

    `rows` is what the person may see: `Plan.objects.visible_to(user).for_list()`. Where the words stand in more
    pieces than are looked at and these do not fill the page, all pieces of `rows` are asked: neither a unit's own plan
    among thousands nor a short document beside a long one is lost.
    """
    if rows.query.is_empty():  # visible_to() has said none already
        return []
    matches = SearchEntry.objects.about(rows.model).matching(query)
    pieces = matches.newest(LOOKED_AT)
    found = in_order(rows, pieces, limit)
    if len(found) < limit and len(pieces) == LOOKED_AT:
        own = matches.filter(object_id__in=rows.order_by().values("pk"))
        found = in_order(rows, own.newest_records(LOOKED_AT), limit)
    return found


def in_order(rows, pieces, limit) -> list:
    """Rows in the order of their newest pieces."""
    order = {key: place for place, key in enumerate(dict.fromkeys(pieces))}
    return sorted(rows.filter(pk__in=list(order)), key=lambda row: order[row.pk])[:limit]
