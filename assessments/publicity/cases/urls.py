"""Addresses of the cases; a verb's address is the verb."""

from django.urls import path

from assessments.publicity.cases.views import pages, verbs

app_name = "cases"
urlpatterns = [
    path("", pages.list, name="list"),
    path("export/", pages.export, name="export"),
    path("create/", pages.create, name="create"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/print/", pages.printed, name="print"),
    path("<int:pk>/compare/", pages.compare, name="compare"),
    path("<int:pk>/papers/", pages.upload, name="upload"),
    path("<int:pk>/papers/<uuid:paper>/remove/", pages.take_out, name="take_out"),
    path("<int:pk>/edit/", verbs.edit, name="edit"),
    path("<int:pk>/request_signature/", verbs.request_signature, name="request_signature"),
    path("<int:pk>/submit/", verbs.submit, name="submit"),
    path("<int:pk>/sign/", verbs.sign, name="sign"),
    path("<int:pk>/hand_back/", verbs.hand_back, name="hand_back"),
    path("<int:pk>/take_back/", verbs.take_back, name="take_back"),
    path("<int:pk>/start_editing/", verbs.start_editing, name="start_editing"),
    path("<int:pk>/revise/", verbs.revise, name="revise"),
    path("<int:pk>/adopt/", verbs.adopt, name="adopt"),
    path("<int:pk>/return_for_revision/", verbs.return_for_revision, name="return_for_revision"),
    path("<int:pk>/reject/", verbs.reject, name="reject"),
    path("<int:pk>/propose/", verbs.propose, name="propose"),
    path("<int:pk>/refuse/", verbs.refuse, name="refuse"),
    path("<int:pk>/publish/", verbs.publish, name="publish"),
    path("<int:pk>/withdraw/", verbs.withdraw, name="withdraw"),
]
