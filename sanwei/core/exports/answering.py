"""What an address that exports answers: the workbook, or from SANWEI_EXPORT_AT_ONCE_ROWS on a page that asks why."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from sanwei.core.exchange import write, xlsx_response
from sanwei.core.exports import actions, listings
from sanwei.core.exports.forms import ReasonForm
from sanwei.core.refusals import Refused
from sanwei.core.roles import posts_label


def answer(request, name: str, reason_always=False, **places):
    """Export the list `name` as the address filters it. The view wraps itself in @once and names its own door.

    `reason_always`: what is restricted asks why however short it is.
    """
    listing = listings.build(name, request.user, request.GET, places)
    total = listing.found.count()
    if reason_always or total > settings.SANWEI_EXPORT_AT_ONCE_ROWS:
        return asked(request, name, places, listing, total)
    if request.method == "POST":  # it has become short meanwhile, and @once keeps a redirect, not a file
        return redirect(request.get_full_path())
    return at_once(request, listing)


def at_once(request, listing):
    """The workbook itself; that it left is in the record before it does."""
    rows, user = [*listing.rows()], request.user
    content = write(listing.title, listing.heads, rows, mark=listings.mark(user, posts_label(user)))
    actions.record_at_once(title=listing.title, query=request.GET.urlencode(), rows=len(rows), by=user)
    return xlsx_response(f"{listing.title}.xlsx", content)


def asked(request, name, places, listing, total):
    """How many rows there are and what for; then the page of the export."""
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            export = actions.ask(
                listing=name, title=listing.title, path=request.path, query=request.GET.urlencode(),
                places=places, total=total, reason=form.cleaned_data["reason"], by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "导出申请已收到，正在后台生成。")
            return redirect(export)
    # An export's address stands below its list's.
    list_url = f"{request.path.rstrip('/').rpartition('/')[0]}/"
    page = {"form": form, "listing": listing, "total": total, "list_url": list_url}
    page["is_long"] = total > settings.SANWEI_EXPORT_AT_ONCE_ROWS
    page |= {"days": settings.SANWEI_EXPORT_DAYS, "kept": settings.SANWEI_EXPORTS_KEPT}
    return render(request, "core/exports/ask.html", page, status=422 if form.is_bound else 200)
