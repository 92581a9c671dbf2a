"""Addresses of the plans; a verb's address is the verb."""

from django.urls import path

from units.plans.views import drafting, measures, office, pages, papers, verbs

app_name = "plans"
urlpatterns = [
    path("", pages.list, name="list"),
    path("export/", pages.export, name="export"),
    path("urge/", office.urge, name="urge"),
    path("measures/", measures.measure_list, name="measures"),
    path("measures/export/", measures.measure_export, name="measures_export"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/print/", pages.printed, name="print"),
    path("<int:pk>/compare/", pages.compare, name="compare"),
    path("<int:pk>/versions/<int:number>/", pages.version, name="version"),
    path("<int:pk>/versions/<int:number>/receipt/", pages.receipt, name="receipt"),
    path("<int:pk>/check/", drafting.check, name="check"),
    path("<int:pk>/edit/<slug:kind>/", drafting.edit, name="edit"),
    path("<int:pk>/copy_from_last_year/", drafting.copy_from_last_year, name="copy_from_last_year"),
    path("<int:pk>/measures.xlsx", drafting.measures_form, name="measures_form"),
    path("<int:pk>/import_measures/", drafting.import_measures, name="import_measures"),
    path("<int:pk>/papers/", papers.upload, name="upload"),
    path("<int:pk>/papers/<uuid:paper>/remove/", papers.take_out, name="take_out"),
    path("<int:pk>/comment/", office.comment, name="comment"),
    path("<int:pk>/request_signature/", verbs.request_signature, name="request_signature"),
    path("<int:pk>/sign/", verbs.sign, name="sign"),
    path("<int:pk>/hand_back/", verbs.hand_back, name="hand_back"),
    path("<int:pk>/start_review/", verbs.start_review, name="start_review"),
    path("<int:pk>/approve/", verbs.approve, name="approve"),
    path("<int:pk>/return_for_revision/", verbs.return_for_revision, name="return_for_revision"),
    path("<int:pk>/withdraw/", verbs.withdraw, name="withdraw"),
    path("<int:pk>/amend/", verbs.amend, name="amend"),
    path("<int:pk>/publish/", verbs.publish, name="publish"),
    path("<int:pk>/unpublish/", verbs.unpublish, name="unpublish"),
    path("<int:pk>/grant_extension/", verbs.grant_extension, name="grant_extension"),
]
