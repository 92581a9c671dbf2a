"""The record of who did what: entries are only ever added, and seals chain them afterwards."""

import datetime as dt

from django.conf import settings
from django.db import models

from sanwei.core import clock

LOOK = "look"  # the verb of who opened a restricted record: it is on record, and no act on the record


class EntryQuerySet(models.QuerySet):
    def about(self, obj):
        """The entries on one record, newest first."""
        return self.of(obj._meta.label_lower, str(obj.pk))

    def of(self, kind, key):
        return self.filter(object_type=kind, object_id=key).order_by("-pk")

    def for_timeline(self):
        """What a timeline shows needs no other table: names and posts stand in the entry."""
        return self.defer("request_id", "address")

    def by(self, user):
        return self.filter(actor=user)

    def filtered(self, *, since=None, until=None, actor="", label="", about=""):
        """Narrow by civil days and by words in the names; what is empty narrows nothing."""
        rows = self
        if since:
            rows = rows.filter(at__gte=clock.end_of_day(since - dt.timedelta(days=1)))
        if until:
            rows = rows.filter(at__lt=clock.end_of_day(until))
        for field, words in (("actor_name", actor), ("label", label), ("object_label", about)):
            if wanted := words.strip()[:100]:  # as long as the longest column sought in by hand
                rows = rows.filter(**{f"{field}__contains": wanted})
        return rows

    def unsealed(self):
        return self.filter(seal=None).order_by("pk")


class Entry(models.Model):
    """One act on one record. Written in the transaction of the act; never changed, never deleted.

    The database itself refuses UPDATE and DELETE (see the guards migration). Holds no personal text beyond
    names of officials acting in their office.
    """

    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name="办理人",
        related_name="+",
        db_index=False,
    )
    actor_name = models.CharField("办理人姓名", max_length=64, blank=True)
    actor_posts = models.CharField("办理人岗位", max_length=200, blank=True)
    verb = models.CharField("动作", max_length=64)
    label = models.CharField("动作名称", max_length=64)
    object_type = models.CharField("对象类型", max_length=64)
    object_id = models.CharField("对象编号", max_length=64)
    object_label = models.CharField("对象名称", max_length=200)
    detail = models.JSONField("详情", default=dict)
    request_id = models.CharField("请求编号", max_length=36, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="entry_object"),
            models.Index(fields=["actor", "-id"], name="entry_actor"),
        ]

    def __str__(self):
        return f"{self.actor_name or '系统'} {self.label} {self.object_label}"


class Seal(models.Model):
    """One link of the chain: `digest` = HMAC(previous digest, canonical entry). Written by the sealer only."""

    sequence = models.PositiveBigIntegerField("序号", primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, verbose_name="审计记录", related_name="seal")
    previous = models.CharField("前一摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = verbose_name_plural = "审计封条"
