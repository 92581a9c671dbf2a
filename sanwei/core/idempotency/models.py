"""What was answered to a POST that carried a key, so that sending it twice does it once."""

from django.conf import settings
from django.db import models


class Reply(models.Model):
    """Kept 48 hours (security.md rule 8)."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)  # SHA-256 of address and fields
    location = models.TextField()  # a filter in Chinese is nine letters a character
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="reply_once")]
