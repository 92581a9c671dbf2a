"""Papers: files that belong to a record of any room."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from sanwei.core import clock


class AttachmentQuerySet(models.QuerySet):
    def present(self):
        """Those that have not been removed."""
        return self.filter(removed_at__isnull=True)

    def of(self, owner):
        """The papers of one record, in the order in which they were handed in."""
        return self.belonging_to(ContentType.objects.get_for_model(owner).pk, owner.pk)

    def belonging_to(self, kind, key):
        return self.present().filter(owner_type=kind, owner_id=key).for_list()

    def for_list(self):
        return self.select_related("uploaded_by").order_by("at", "pk")

    def readable(self, user, key):
        """The paper `key`, if `user` may see the record it belongs to at this moment; else DoesNotExist.

        The owner's own `visible_to` decides, or `papers_visible_to` where fewer may read the papers than the record; it must
        have an answer for visitors (AnonymousUser) too: a paper is never more public than its record.
        """
        paper = self.present().select_related("owner_type").get(pk=key)
        owners = paper.owner_type.model_class()
        if owners is None:
            raise self.model.DoesNotExist
        seen = getattr(owners.objects, "papers_visible_to", owners.objects.visible_to)
        if not seen(user).filter(pk=paper.owner_id).exists():
            raise self.model.DoesNotExist
        return paper


class Attachment(models.Model):
    """One file that passed the pipeline. Removing keeps row and file (the record of what was handed in)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    owner_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="所属对象类型", related_name="+")
    owner_id = models.PositiveBigIntegerField("所属对象编号")
    owner = GenericForeignKey("owner_type", "owner_id")
    name = models.CharField("文件名", max_length=120)
    stored_name = models.CharField("存储名", max_length=32, unique=True)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("内容摘要", max_length=64)
    content_type = models.CharField("类型", max_length=100)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="上传人", related_name="+"
    )
    at = models.DateTimeField("上传时间", default=clock.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="移除人", related_name="+"
    )
    removed_at = models.DateTimeField("移除时间", null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        indexes = [models.Index(fields=["owner_type", "owner_id", "at"], name="attachment_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_once_per_owner",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
        ]

    def __str__(self):
        return self.name
