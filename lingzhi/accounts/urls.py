"""One's own settings, and the security administrator's pages."""

from django.urls import path

from lingzhi.accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.settings, name="settings"),
    path("me/preferences/", views.preferences, name="preferences"),
    path("me/theme/", views.set_theme, name="set_theme"),
    path("me/sessions/end/", views.end_others, name="end_others"),
    path("security/policy/", views.policy, name="policy"),
    path("security/roles/", views.roles, name="roles"),
]
