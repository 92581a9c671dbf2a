"""The two-level list of problem classes (问题类别, dossier 3.6): data, kept by the office."""

from django.db import models


class FindingClassQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The list is open to everyone who signs in."""
        return self if user.is_authenticated else self.none()

    def classes(self):
        """The first level: A 工作纪律, B 上班时间做无关事…"""
        return self.filter(parent=None).order_by("code")

    def items(self):
        """The second level: what a finding names."""
        return self.filter(parent__isnull=False).select_related("parent").order_by("code")

    def in_use(self):
        return self.filter(retired_on=None)


class FindingClass(models.Model):
    """A class, or an item of a class. What findings name is retired, never deleted or renamed."""

    code = models.CharField("代码", max_length=8, unique=True)
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="类别", related_name="children"
    )
    retired_on = models.DateField("停用日期", null=True, blank=True)

    objects = FindingClassQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题类别"

    def __str__(self):
        return self.name
