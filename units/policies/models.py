"""The policy library (文件库): the documents the campaign rests on, and the parts one can point to."""

from django.db import models
from django.db.models import Q

from sanwei.core import clock, search
from sanwei.core.addresses import address
from sanwei.core.workflow import Move
from units.policies import numbers
from units.policies.parts import numeral, split


class PolicyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The library is open to everyone who signs in."""
        return self if user.is_authenticated else self.none()

    def in_force(self):
        return self.filter(state=Policy.State.IN_FORCE)

    def for_list(self):
        return self.defer("full_text")

    def for_detail(self):
        cited = models.Prefetch("cites", Policy.objects.for_list())
        return self.prefetch_related("parts", cited)

    def numbered(self, text):
        """Documents whose number is, or begins with, what was typed, in whatever brackets (R2.3)."""
        return self.filter(is_numbered(text))

    def matching(self, text):
        """Documents found by number if one was typed, else by words in title, issuers, note or text."""
        if numbers.looks_like_number(text):
            return self.numbered(text)
        return self.filter(is_numbered(text) | Q(pk__in=search.keys(text, Policy)))

    def cited_in(self, text):
        """The documents that running text names: by number in any brackets, or by full title in 《》."""
        mentions, titles = numbers.mentions(text), numbers.titles(text)
        wanted = Q(title__in=titles)
        for tail in {mention.tail for mention in mentions}:
            wanted |= Q(number__endswith=tail)
        known = list(self.filter(wanted).only("number", "title"))
        keys = {policy.pk for policy in known if policy.title in titles}
        for mention in mentions:
            named = [policy for policy in known if policy.number and mention.is_of(policy.number)]
            if named:  # 直创字 rather than 创字, where both have that year and serial
                keys.add(max(named, key=lambda policy: len(policy.number)).pk)
        return self.filter(pk__in=keys)

    def years(self):
        """The years of which there are documents, newest first."""
        return self.order_by("-year").values_list("year", flat=True).distinct()


def is_numbered(text: str) -> Q:
    """The condition of numbered(): nothing typed finds nothing.

    A number given in a note of errata counts too: who types the right one finds the misprinted one.
    """
    number = numbers.normalise(text)
    if not number:
        return Q(pk__in=[])
    if numbers.looks_like_number(text):
        return Q(number__contains=number) | Q(erratum__contains=number)
    return Q(number__startswith=number)


class Policy(models.Model):
    """One document (R2.1): what it is, who issued it, and its text."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "现行"
        REPEALED = "repealed", "废止"

    class Kind(models.TextChoices):
        """What the library holds: kinds of official documents (dossier 7.4), rules, and speeches (R2.2)."""

        OPINION = "opinion", "意见"
        NOTICE = "notice", "通知"
        SCHEME = "scheme", "方案"
        RULES = "rules", "办法"
        DECISION = "decision", "决定"
        CIRCULAR = "circular", "通报"
        MINUTES = "minutes", "纪要"
        LETTER = "letter", "函"
        SPEECH = "speech", "领导讲话"
        OTHER = "other", "其他"

    TRANSITIONS = {
        "repeal": Move(
            "废止",
            (State.IN_FORCE,),
            State.REPEALED,
            danger=True,
            reason=True,
            warning="废止后文件仍可查阅，列表和详情页将标明“废止”。",
        ),
        "reinstate": Move("恢复现行", (State.REPEALED,), State.IN_FORCE, reason=True),
    }
    STATE_LOOK = {State.IN_FORCE: "green", State.REPEALED: "grey"}

    kind = models.CharField("文种", max_length=10, choices=Kind)
    number_printed = models.CharField("文号（原样）", max_length=60, blank=True)
    number = models.CharField(
        "文号", max_length=60, blank=True, editable=False
    )  # canonical: 直创字〔2005〕2号
    title = models.CharField("标题", max_length=200)
    issuers = models.JSONField("发文机关", default=list)  # names in order, 党委 before 政府 (R0.2)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    year = models.PositiveSmallIntegerField("年度", editable=False)  # of the date, else of the number
    erratum = models.TextField("勘误和说明", blank=True)
    full_text = models.TextField("全文", blank=True)
    cites = models.ManyToManyField(
        "self", symmetrical=False, related_name="cited_by", verbose_name="引用文件"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.IN_FORCE)
    version = models.PositiveIntegerField(default=1)
    state_changed_at = models.DateTimeField("状态变更时间", default=clock.now)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["-year", "-id"], name="policy_list")]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="policy_number_once"),
        ]

    def __str__(self):
        return f"{self.number}《{self.title}》" if self.number else f"《{self.title}》"

    def get_absolute_url(self):
        return address("policies:detail", self.pk)

    @property
    def issued_by(self) -> str:
        """The issuing organs in order: 市委办公室、市政府办公室."""
        return "、".join(self.issuers)

    @property
    def opening(self) -> str:
        """The text before the first numbered part."""
        return split(self.full_text)[0]


class PolicyPart(models.Model):
    """A numbered part (一、二、…) to which tasks and measures can point (R0.3). Made from the full text."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="parts")
    ordinal = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=200)
    text = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件部分"
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["policy", "ordinal"], name="part_once_per_policy")]

    def __str__(self):
        return f"{self.numeral}、{self.title}"

    @property
    def numeral(self) -> str:
        return numeral(self.ordinal)
