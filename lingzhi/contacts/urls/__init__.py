"""Addresses around contacts."""

from lingzhi.contacts.urls import contacts

app_name = "contacts"
urlpatterns = [
    *contacts.urlpatterns,
]
