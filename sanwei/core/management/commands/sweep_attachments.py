from django.core.management.base import BaseCommand

from sanwei.core.attachments.keeping import sweep


class Command(BaseCommand):
    help = "删除没有登记的附件文件（一天以前上传中断或回滚留下的）。"

    def handle(self, **options):
        swept = sweep()
        self.stdout.write(f"已清理 {len(swept)} 个无主文件。")
