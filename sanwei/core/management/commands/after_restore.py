"""manage.py after_restore: run by deploy/restore.sh before anything of the house is started."""

from django.core.management.base import BaseCommand

from sanwei.core.holding.actions import hold_after_restore


class Command(BaseCommand):
    help = "从备份恢复后执行：结束全部会话，暂停一切发送，直到有人用 release_outbox 放行。"

    def handle(self, **options):
        hold, ended = hold_after_restore()
        self.stdout.write(f"已结束 {ended} 个会话。{hold.warning()}")
