"""Addresses of the directory."""

from django.urls import path

from sharingcity.directory.web import (
    claim,
    edit,
    entries,
    invitation,
    members,
    report,
    service_edit,
    staff,
    staff_merge,
    staff_retire,
    staff_suggestion,
    still_true,
    suggest,
)

urlpatterns = [
    path("report/<str:kind>/<str:code>", report.report, name="directory-report"),
    path("suggest", suggest.suggest, name="directory-suggest"),
    path("organisations/<str:slug>/claim", claim.claim, name="directory-claim"),
    path("still-true/<str:token>", still_true.answer, name="directory-still-true"),
    path("still-true/<str:token>/stop", still_true.stop, name="directory-still-true-stop"),
    path("invitations/<str:token>", invitation.answer, name="directory-invitation"),
    path("host/entry", entries.entries, name="entry-list"),
    path("host/entry/<str:slug>", entries.entry, name="entry-page"),
    path("host/entry/<str:slug>/edit", edit.edit, name="entry-edit"),
    path("host/entry/<str:slug>/members", members.members, name="entry-members"),
    path("host/entry/<str:slug>/services/new", service_edit.new, name="service-new"),
    path("host/entry/<str:slug>/services/<str:code>", service_edit.edit, name="service-edit"),
    path("city/entries/new", edit.new, name="entry-new"),
    path("city/entries/versions/<int:version_id>", staff.version, name="entry-version"),
    path("city/entries/claims/<int:claim_id>", staff.claim, name="entry-claim"),
    path("city/entries/reports/<str:code>", staff.report, name="entry-report"),
    path("city/entries/suggestions/<str:code>", staff_suggestion.suggestion, name="entry-suggestion"),
    path("city/entries/pairs/<int:likeness_id>", staff_merge.pair, name="entry-pair"),
    path("city/entries/<str:slug>/merge", staff_merge.merge, name="entry-merge"),
    path("city/entries/<str:slug>/retire", staff_retire.retire, name="entry-retire"),
]
