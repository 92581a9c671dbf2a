"""One's own exports: how far they have come, and their files."""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sanwei.core import clock
from sanwei.core.doors import signed_in
from sanwei.core.exports import access, actions, storage
from sanwei.core.exports.models import Export
from sanwei.core.refusals import Refused
from sanwei.core.ui.downloads import XLSX, kept_file

logger = logging.getLogger(__name__)
# For so long the page asks by itself how far it is. Asking keeps a session awake: an idle one must still end.
PATIENCE = dt.timedelta(minutes=10)
OTHER_POSTS = "您的岗位在文件生成后有变动，该文件不再提供。请按现在的岗位重新导出。"


def the_export(request, pk) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.user), pk=pk)


@signed_in
@require_safe
def detail(request, pk):
    export = the_export(request, pk)
    page = {
        "export": export,
        "asks_again": export.is_waiting and clock.now() - export.asked_at < PATIENCE,
        "can_download": access.can_download(request.user, export),
        "other_posts": OTHER_POSTS,
    }
    return render(request, "core/exports/detail.html", page)


@signed_in
@require_safe
def download(request, pk):
    """The file, for who asked for it and still holds the same posts."""
    export = the_export(request, pk)
    if export.state != Export.State.READY:
        raise Http404
    if not access.can_download(request.user, export):
        raise PermissionDenied(OTHER_POSTS)
    try:
        response = kept_file(storage.relative_path(export.stored_name), f"{export.title}.xlsx", XLSX)
    except FileNotFoundError as error:
        logger.error("the file of export %s is gone", export.pk)
        raise Refused("该导出文件已不在服务器上。请重新导出。") from error
    actions.record_download(export=export, by=request.user)
    return response
