"""T4 in: a dry run shows what was read; nothing enters unless every row is right."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render

from assessments.inspections.findings import access, imports
from assessments.inspections.planning.views import the_inspection
from sanwei.core.doors import allow, signed_in
from sanwei.core.exchange import error_workbook, template_workbook, xlsx_response
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused

SALT, VALID_FOR = "findings", 3600  # seconds between reading and confirming


class FindingsFileForm(forms.Form):
    file = forms.FileField(
        label="发现问题清单", error_messages={"required": "请选择填好的Excel文件（.xlsx）。"}
    )


def to_fill(request, inspection):
    allow(access.can_file(request.user))
    return the_inspection(request, inspection)


@signed_in
def import_form(request, inspection):
    """The blank T4 of this inspection."""
    inspection = to_fill(request, inspection)
    return xlsx_response("明察暗访发现问题清单.xlsx", template_workbook(imports.template_of(inspection)))


@signed_in
@once
def import_findings(request, inspection):
    inspection = to_fill(request, inspection)
    if "read" in request.POST:
        return enter(request, inspection)
    form = FindingsFileForm(request.POST or None, request.FILES or None)
    page, errors = {"inspection": inspection, "form": form}, []
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        rows, errors = imports.read_findings(inspection, content, request.user)
        if errors and "marked" in request.POST:
            return xlsx_response("发现问题清单（标注错误）.xlsx", error_workbook(content, errors))
        sealed = signing.dumps([inspection.pk, rows], salt=SALT, compress=True)
        page |= {"rows": rows, "faults": errors, "sealed": sealed}
    wrong = form.is_bound and (errors or not form.is_valid())
    template = "assessments/inspections/findings/import.html"
    return render(request, template, page, status=422 if wrong else 200)


def enter(request, inspection):
    """The second step: what was read and shown is written."""
    try:
        key, rows = signing.loads(request.POST["read"], salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise Refused("核对结果已失效，请重新上传文件。") from error
    if key != inspection.pk:
        raise Refused("核对结果不属于本次督查，请重新上传文件。")
    number = imports.file_read(inspection=inspection, by=request.user, rows=rows)
    messages.success(request, f"已登记{number}个问题，请上传证据、核对后告知单位。")
    return redirect(inspection)
