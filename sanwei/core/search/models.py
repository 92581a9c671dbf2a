"""What can be found: one row for each piece of text of a record."""

from django.db import connection, models
from django.db.models import Max

from sanwei.core import clock
from sanwei.core.search import holds  # noqa: F401  the lookup `holds`
from sanwei.core.search.words import phrase


class SearchEntryQuerySet(models.QuerySet):
    MATCH = {
        "postgresql": "words @@ to_tsquery('simple', %s)",
        "sqlite": "id IN (SELECT rowid FROM core_searchwords WHERE core_searchwords MATCH %s)",
    }
    # Terms are letters, digits and Chinese characters only (words.RUNS), so they cannot end a quotation.
    SAID = {
        "postgresql": lambda phrases: " & ".join(
            "(" + " <-> ".join(f"'{term}'" for term in words) + ")" for words in phrases
        ),
        "sqlite": lambda phrases: " AND ".join('"' + " ".join(words) + '"' for words in phrases),
    }

    def about(self, model):
        return self.filter(object_type=model._meta.label_lower)

    def matching(self, query: str):
        """Pieces that hold every word of `query`; a single Chinese character is sought in titles."""
        phrases = phrase(query)
        if not phrases:
            return self.none()
        if len(phrases) == 1 and len(phrases[0]) == 1 and len(phrases[0][0]) == 1:
            return self.filter(piece=0, title__holds=phrases[0][0])
        vendor = connection.vendor
        return self.extra(where=[self.MATCH[vendor]], params=[self.SAID[vendor](phrases)])

    def newest(self, count: int) -> list[int]:
        """The records of the newest `count` pieces, newest first, one key for each piece."""
        return list(self.order_by("-at", "-object_id").values_list("object_id", flat=True)[:count])

    def newest_records(self, count: int) -> list[int]:
        """The newest `count` records, however many of their pieces match. Reads every match."""
        records = self.order_by().values("object_id").annotate(newest=Max("at"))
        return [row["object_id"] for row in records.order_by("-newest", "-object_id")[:count]]


class SearchEntry(models.Model):
    """The words of one record, for the database's own text index (see the search migration)."""

    object_type = models.CharField(max_length=64)
    object_id = models.PositiveBigIntegerField()
    piece = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    terms = models.TextField()
    at = models.DateTimeField(default=clock.now)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        indexes = [models.Index(fields=["object_type", "-at", "-object_id"], name="search_newest")]
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "piece"], name="search_piece_once")
        ]

    def __str__(self):
        return self.title
