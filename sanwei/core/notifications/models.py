"""What is to be told, what people have been told (in the site, always) and what is sent to them besides."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from sanwei.core import clock


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody sees their own and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing said to one person, once: (user, key) is unique, so a verb or a clock that runs twice says it once."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "通知"
        REMINDER = "reminder", "提醒"
        URGE = "urge", "催办"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    key = models.CharField(max_length=200)
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.NOTICE)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    url = models.CharField(max_length=300, blank=True)
    object_type = models.ForeignKey(ContentType, models.CASCADE, null=True)
    object_id = models.PositiveBigIntegerField(null=True)
    about = GenericForeignKey("object_type", "object_id")
    created_at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("阅读时间", null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_inbox"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notification_once")]

    def __str__(self):
        return self.title


class AnnouncementQuerySet(models.QuerySet):
    def untold(self):
        """Those that are to be told, now or later."""
        return self.filter(told_at=None, parked_at=None)

    def waiting(self):
        """Those the relay may tell now, the longest waiting first."""
        return self.untold().filter(due_at__lte=clock.now()).order_by("due_at", "pk")

    def parked(self):
        return self.filter(parked_at__isnull=False)


class Announcement(models.Model):
    """What is to be told and to whom: one row in the transaction of the act, from which the relay makes the
    notifications and the outbox (docs/decisions/telling.md). The key is unique: under one key people are told once.

    Whoever holds a post of the audience when it is told is told, also somebody appointed after the act; who left in
    between is not.
    """

    key = models.CharField(max_length=200)
    audience = models.JSONField("对象")  # of audience.named() or audience.holders_of()
    kind = models.CharField("类别", max_length=10, choices=Notification.Kind)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    url = models.CharField(max_length=300, blank=True)
    object_type = models.CharField(max_length=100, blank=True)  # a model's label, as in the record
    object_id = models.PositiveBigIntegerField(null=True)
    digest = models.BooleanField("汇总发送", default=False)
    created_at = models.DateTimeField("时间", default=clock.now)
    due_at = models.DateTimeField(default=clock.now)  # not before: moved on by a claim and by a failure
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    told_at = models.DateTimeField("通知时间", null=True)
    parked_at = models.DateTimeField("停发时间", null=True)
    last_error = models.CharField("错误", max_length=300, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息稿"
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="announcement_due", condition=Q(told_at=None, parked_at=None)
            ),
            models.Index(fields=["-id"], name="announcement_parked", condition=Q(parked_at__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["key"], name="announcement_once")]

    def __str__(self):
        return self.title

    @classmethod
    def to(
        cls, audience, *, key, title, body="", url="", about=None, kind=Notification.Kind.NOTICE, digest=False
    ):
        """One for `audience`, not yet written; with `digest` its mail waits for the next morning's collected one."""
        return cls(
            key=key,
            audience=audience,
            kind=kind,
            title=title[:200],
            body=body,
            url=url,
            object_type=about._meta.label_lower if about else "",
            object_id=about.pk if about else None,
            digest=digest,
        )


class Preference(models.Model):
    """Which ways a person is reached besides the site. Without a row: all that the account has an address for."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference")
    mail = models.BooleanField("电子邮件", default=True)
    text = models.BooleanField("短信（提醒和催办）", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息设置"


class OutboxQuerySet(models.QuerySet):
    def unsent(self):
        """Those that are to be sent, now or later."""
        return self.filter(sent_at=None, parked_at=None)

    def due(self):
        return self.unsent().filter(due_at__lte=clock.now())

    def free(self):
        """Those that a worker may send now: due, and held by nobody, or by a worker that has died."""
        return self.due().filter(Q(claimed_until=None) | Q(claimed_until__lt=clock.now()))

    def parked(self):
        return self.filter(parked_at__isnull=False)


class OutboxMessage(models.Model):
    """Something to be sent outside, written together with the notification and sent by the relay afterwards.

    Claimed with a lease, sent, marked; `dedup_key` is unique and travels as the Message-ID, so that a second sending
    in the one window that cannot be closed is recognised as the same message.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "电子邮件"
        TEXT = "text", "短信"

    channel = models.CharField("渠道", max_length=6, choices=Channel)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    dedup_key = models.CharField(max_length=220, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    digest = models.BooleanField("汇总发送", default=False)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField("发送时间")
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("已发时间", null=True)
    parked_at = models.DateTimeField("停发时间", null=True)
    last_error = models.CharField("错误", max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发件箱"
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="outbox_due", condition=Q(sent_at=None, parked_at=None)
            ),
            models.Index(fields=["-id"], name="outbox_parked", condition=Q(parked_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.title}"
