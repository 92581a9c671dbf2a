"""manage.py release_outbox [--release --by USERNAME [--discard-before MOMENT]]: look first, then let go."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sanwei.core import clock
from sanwei.core.accounts.models import User
from sanwei.core.holding.models import standing
from sanwei.core.notifications.release import release_outbox, waiting
from sanwei.core.refusals import Refused

MOMENT = "%Y-%m-%d %H:%M"


class Command(BaseCommand):
    help = "从备份恢复后：不带参数时列出放行后将发送的消息；核对后加 --release 放行。"

    def add_arguments(self, parser):
        parser.add_argument("--release", action="store_true", help="放行")
        parser.add_argument("--by", help="放行人的用户名（系统管理员或领导组办公室工作人员），记入审计")
        parser.add_argument(
            "--discard-before", help="此刻以前生成的不再发送，转入“未能发出的消息”，如 2027-02-27T08:30"
        )

    def handle(self, *, release, by, discard_before, **options):
        self.look()
        if not release:
            return
        try:
            kept, discarded = release_outbox(by=person(by), discard_before=moment(discard_before))
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"已放行：{kept} 条将发送，{discarded} 条不再发送。")

    def look(self) -> None:
        """Say whether a hold stands and what would be sent."""
        hold = standing()
        self.stdout.write(hold.warning() if hold else "当前没有暂停发送。")
        for line in waiting():
            first, last = (f"{clock.local(at):{MOMENT}}" for at in (line.oldest, line.newest))
            self.stdout.write(f"{line.channel}：{line.count} 条，生成于 {first} 至 {last}")


def person(username: str | None) -> User:
    user = User.objects.filter(username=(username or "").lower()).first()
    if user is None:
        raise CommandError("请用 --by 写明放行人的用户名。")
    return user


def moment(text: str | None) -> dt.datetime | None:
    """A moment by the clock on the wall, unless it names its own zone."""
    if not text:
        return None
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError("--discard-before 请写成 2027-02-27T08:30 的样子。") from error
    return at if timezone.is_aware(at) else timezone.make_aware(at)
