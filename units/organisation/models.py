"""Units, their departments, and the posts people hold in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.roles import UNIT_ROLES, Role
from units.organisation.naming import folded

LONGEST_QUERY = 100  # characters; nobody's name is longer, and a database gives up on much longer ones


class UnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The directory of units is open to everyone who signs in."""
        return self if user.is_authenticated else self.none()

    def active(self):
        return self.filter(ended_on__isnull=True)

    def in_order(self):
        """The fixed political order (dossier H8), never alphabetical."""
        return self.order_by("order", "pk")

    def matching(self, query):
        """Units that a name, short name, former name or pinyin initials find: lasfgw, 发改委, 发展改革 (H7)."""
        words = folded(query)[:LONGEST_QUERY]
        return self.filter(search_terms__holds=words) if words else self

    def filtered(self, *, q="", category="", affiliation="", tier=""):
        """Narrow by what the filter bar says."""
        units = self.matching(q)
        for field, value in (("category", category), ("affiliation", affiliation), ("tier", tier)):
            if value:
                units = units.filter(**{field: value})
        return units

    def for_list(self):
        return self.defer("search_terms")

    def for_detail(self):
        return self.select_related("parent", "successor")


class Unit(models.Model):
    """A unit that takes part in the campaign (dossier R2.6, R7.1, R7.2; T1)."""

    class Category(models.TextChoices):
        PARTY = "party", "党委部门"
        CONGRESS = "congress", "人大政协与审判检察机关"
        GOVERNMENT = "government", "政府部门"
        MASS = "mass", "群团组织"
        ENFORCEMENT = "enforcement", "执法部门"
        COUNTER = "counter", "窗口服务单位"
        UTILITY = "utility", "公用事业与金融单位"
        INSTITUTION = "institution", "直属事业"
        OTHER = "other", "其他"

    class Affiliation(models.TextChoices):
        CITY = "city", "市直"
        CENTRAL = "central", "中央驻市"
        PROVINCIAL = "provincial", "省属驻市"
        SUBORDINATE = "subordinate", "部门直属"

    class Tier(models.TextChoices):
        """Foundation tiers (dossier R7.3)."""

        GOOD = "good", "基础好"
        WEAK = "weak", "基础差"
        NOT_STARTED = "not_started", "尚未启动"

    code = models.CharField("单位代码", max_length=16, unique=True)
    name = models.CharField("单位全称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=40)
    category = models.CharField("类别", max_length=16, choices=Category)
    affiliation = models.CharField("隶属关系", max_length=16, choices=Affiliation)
    tier = models.CharField("创建基础", max_length=16, choices=Tier)
    has_counter = models.BooleanField("是否设服务窗口", default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="主管单位")
    order = models.PositiveIntegerField("排序号")
    search_terms = models.TextField("检索词", blank=True, editable=False)  # made by naming.terms_of()
    ended_on = models.DateField("撤并日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="承接单位", related_name="predecessors"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        indexes = [models.Index(fields=["order", "id"], name="unit_order")]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return address("organisation:detail", self.pk)


class UnitName(models.Model):
    """A name that a unit bore before: history stays with the old name (Appendix C 24)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField("曾用名", max_length=100)
    until = models.DateField("使用至")

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ["-until", "-pk"]

    def __str__(self):
        return self.name


class UnitTier(models.Model):
    """One line of a unit's tier history (R7.3; Appendix C 25)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="tiers")
    tier = models.CharField("创建基础", max_length=16, choices=Unit.Tier)
    since = models.DateField("自")
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "创建基础变更"
        ordering = ["-since", "-pk"]

    def __str__(self):
        return f"{self.unit}{self.get_tier_display()}"


class DepartmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_on=None)


class Department(models.Model):
    """An internal section of a unit (内设科室, dossier R5.1; T2)."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="departments")
    name = models.CharField("科室名称", max_length=60)
    is_counter = models.BooleanField("是否窗口科室", default=False)
    ended_on = models.DateField("撤并日期", null=True, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "科室"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="department_once_per_unit"),
        ]

    def __str__(self):
        return self.name


class PostQuerySet(models.QuerySet):
    def active(self, on=None):
        """Posts held on a civil day (today by default)."""
        day = on or clock.today()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Post(models.Model):
    """What a person is: role + place, with start and end. The only source of rights."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="人员", related_name="posts"
    )
    role = models.CharField("角色", max_length=24, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name="单位", related_name="posts"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name="科室", related_name="posts"
    )
    body = models.CharField(
        "机构", max_length=40, blank=True
    )  # complaint or supervision body: data, not code
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="代理岗位（AB岗）",
        related_name="stand_ins",
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(UNIT_ROLES)) | Q(unit__isnull=False),
                name="post_unit_role_has_unit",
            ),
            models.UniqueConstraint(
                "user",
                "role",
                Coalesce("unit", 0),
                Coalesce("department", 0),
                "body",
                "starts_on",
                name="post_once",
            ),
        ]

    def __str__(self):
        return post_label(self.role, self.department or self.unit or self.body)


def post_label(role, place) -> str:
    """A post in words: 市发改委 单位填报员."""
    return f"{place} {Role(role).label}" if place else Role(role).label


class LeadingGroupQuerySet(models.QuerySet):
    def of_the_city(self):
        return self.filter(unit=None)

    def present(self):
        return self.filter(ends_on=None)

    def as_typed(self):
        """What the form shows of each."""
        return self.values("position", "name", "title", "phone")


class LeadingGroupMember(models.Model):
    """Somebody in the leading group of a unit, or of the city when `unit` is empty (R8.1). History by dates."""

    class Position(models.TextChoices):
        HEAD = "head", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"
        DIRECTOR = "director", "办公室主任"
        LIAISON = "liaison", "联络员"

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name="单位", related_name="leading_group"
    )
    position = models.CharField("职务", max_length=10, choices=Position)
    name = models.CharField("姓名", max_length=64)
    title = models.CharField("行政职务", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=32, blank=True)
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)

    objects = LeadingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "创建工作领导组"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="member_ends_after_start",
            )
        ]

    def __str__(self):
        return f"{self.get_position_display()} {self.name}"
