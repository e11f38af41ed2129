"""Addresses of the people room."""

from django.urls import include, path

from sharingcity.people.web import claims, guardian, me, staff

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("guardian/<str:token>", guardian.answer, name="people-guardian"),
    path("me/account", me.account, name="people-account"),
    path("me/consents", me.consents, name="people-consents"),
    path("me/notices", me.notices, name="people-notices"),
    path("me/tokens", me.tokens, name="people-tokens"),
    path("me/tokens/<int:token_id>/revoke", me.revoke_token, name="people-token-revoke"),
    path("me/data", me.data, name="people-data"),
    path("me/data/file", me.data_file, name="people-data-file"),
    path("me/data/delete", me.delete_account, name="people-delete"),
    path("me/restrictions", me.restrictions, name="people-restrictions"),
    path("city/people/claims", claims.claims, name="people-claims"),
    path("city/people/claims/<int:claim_id>/end", claims.end, name="people-claim-end"),
    path("city/people/roles", staff.roles, name="people-roles"),
    path("city/people/roles/<int:grant_id>/end", staff.end_role, name="people-role-end"),
    path("city/people/roles/<int:grant_id>/deputy", staff.name_deputy, name="people-deputy"),
    path("city/notices", staff.notices, name="people-staff-notices"),
    path("city/notices/<int:notice_id>/settle", staff.settle_notice, name="people-notice-settle"),
    path("city/restrictions", staff.restrictions, name="people-staff-restrictions"),
    path("city/restrictions/<int:restriction_id>/decide", staff.decide_restriction, name="people-restriction-decide"),
]
