"""One's own settings, and the security administrator's pages."""

from django.urls import path

from lingzhi.accounts import token_pages, views

app_name = "accounts"
urlpatterns = [
    path("me/", views.settings, name="settings"),
    path("me/preferences/", views.preferences, name="preferences"),
    path("me/theme/", views.set_theme, name="set_theme"),
    path("me/sessions/end/", views.end_others, name="end_others"),
    path("me/views/save/", views.save_view, name="view_save"),
    path("me/views/<int:pk>/forget/", views.forget_view, name="view_forget"),
    path("me/tokens/", token_pages.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", token_pages.revoke, name="revoke_token"),
    path("security/policy/", views.policy, name="policy"),
    path("security/roles/", views.roles, name="roles"),
]
