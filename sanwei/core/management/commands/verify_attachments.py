from django.core.management.base import BaseCommand, CommandError

from sanwei.core.attachments.keeping import damaged


class Command(BaseCommand):
    help = "逐个核对附件文件的 SHA-256；有缺失或被改动的，列出并以错误结束。"

    def handle(self, **options):
        papers = damaged()
        if papers:
            lines = "\n".join(f"{paper.pk} {paper.stored_name} {paper.at:%Y-%m-%d}" for paper in papers)
            raise CommandError(f"{len(papers)} 个附件缺失或已被改动，请从备份恢复：\n{lines}")
        self.stdout.write("全部附件完好。")
