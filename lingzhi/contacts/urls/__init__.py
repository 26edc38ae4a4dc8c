"""Addresses around contacts."""

from lingzhi.contacts.urls import calls, contacts, floor

app_name = "contacts"
urlpatterns = [
    *contacts.urlpatterns,
    *calls.urlpatterns,
    *floor.urlpatterns,
]
