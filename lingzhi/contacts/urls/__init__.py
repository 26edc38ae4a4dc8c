"""Addresses around contacts."""

from lingzhi.contacts.urls import contacts, mail

app_name = "contacts"
urlpatterns = [
    *mail.urlpatterns,
    *contacts.urlpatterns,
]
