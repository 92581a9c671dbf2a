"""What a person follows (关注)."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from sanwei.core import clock


class Watch(models.Model):
    """One person follows one record. What is shown of it is always fetched through the record's visible_to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    object_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey("object_type", "object_id")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "关注"
        constraints = [
            models.UniqueConstraint(fields=["user", "object_type", "object_id"], name="watch_once")
        ]

    def __str__(self):
        return f"{self.user}关注{self.about}"
