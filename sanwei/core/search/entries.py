"""Entering and finding. What is found is always fetched through the record's own visible_to."""

from django.db import connection, transaction

from sanwei.core import clock
from sanwei.core.search.models import SearchEntry
from sanwei.core.search.words import chunks, phrase, terms

LOOKED_AT = 500  # newest hits of which the visible ones are shown

FIND = {
    "postgresql": """
        SELECT object_id, max(at) AS newest FROM core_searchentry
        WHERE object_type = %s AND to_tsvector('simple', terms) @@ to_tsquery('simple', %s)
        GROUP BY object_id ORDER BY newest DESC, object_id DESC LIMIT %s
    """,
    "sqlite": """
        SELECT object_id, max(at) AS newest FROM core_searchentry
        WHERE object_type = %s AND id IN (SELECT rowid FROM core_searchwords WHERE core_searchwords MATCH %s)
        GROUP BY object_id ORDER BY newest DESC, object_id DESC LIMIT %s
    """,
}


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


def find(query: str, model, user, limit: int = 20) -> list:
    """The rows of `model` that hold every word of `query` and that `user` may see, newest first."""
    order = {key: place for place, key in enumerate(hits(query, model))}
    rows = model.objects.visible_to(user).for_list().filter(pk__in=list(order))
    return sorted(rows, key=lambda row: order[row.pk])[:limit]


def hits(query: str, model) -> list[int]:
    """Keys of the records that match, newest first; a single Chinese character is sought in titles."""
    phrases = phrase(query)
    if not phrases:
        return []
    kind = model._meta.label_lower
    if len(phrases) == 1 and len(phrases[0]) == 1 and len(phrases[0][0]) == 1:
        named = SearchEntry.objects.filter(object_type=kind, piece=0, title__contains=query.strip())
        return list(named.order_by("-at").values_list("object_id", flat=True)[:LOOKED_AT])
    with connection.cursor() as cursor:
        cursor.execute(FIND[connection.vendor], [kind, MATCH[connection.vendor](phrases), LOOKED_AT])
        return [key for key, _ in cursor.fetchall()]


# Terms are letters, digits and Chinese characters only (words.RUNS), so they cannot end a quotation.
MATCH = {
    "postgresql": lambda phrases: " & ".join(
        "(" + " <-> ".join(f"'{term}'" for term in words) + ")" for words in phrases
    ),
    "sqlite": lambda phrases: " AND ".join('"' + " ".join(words) + '"' for words in phrases),
}
