"""Addresses around contacts."""

from lingzhi.contacts.urls import calls, contacts

app_name = "contacts"
urlpatterns = [
    *contacts.urlpatterns,
    *calls.urlpatterns,
]
