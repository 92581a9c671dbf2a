"""What can be found: one row for each piece of text of a record."""

from django.db import models

from sanwei.core import clock


class SearchEntry(models.Model):
    """The words of one record, for the database's own text index (see the search migration)."""

    object_type = models.CharField(max_length=64)
    object_id = models.PositiveBigIntegerField()
    piece = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    terms = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "piece"], name="search_piece_once")
        ]

    def __str__(self):
        return self.title
