"""Handing out papers. Uploading and removing are the business of the rooms that own them."""

import logging

from django.http import Http404
from django.views.decorators.http import require_safe

from sanwei.core.attachments import storage
from sanwei.core.attachments.models import Attachment
from sanwei.core.doors import public
from sanwei.core.refusals import Refused
from sanwei.core.ui.downloads import kept_file

logger = logging.getLogger(__name__)


class Unreadable(Refused):
    """The row is there and its file is not: a restore that is not finished, or a disk that failed."""

    status = 503


@public
@require_safe
def download(request, key):
    """The file, for whoever may see its owner now; 404 for everybody else, signed in or not (AUTHZ-10)."""
    try:
        paper = Attachment.objects.readable(request.user, key)
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    try:
        return kept_file(storage.relative_path(paper.stored_name), paper.name, paper.content_type)
    except FileNotFoundError as error:
        logger.error("the file of paper %s is gone", paper.pk)
        raise Unreadable("该附件的文件暂时无法读取，系统已记录。请联系系统管理员从备份恢复。") from error
