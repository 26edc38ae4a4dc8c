"""Addresses around contacts."""

from lingzhi.contacts.urls import calls, contacts, floor, mail

app_name = "contacts"
urlpatterns = [
    *mail.urlpatterns,
    *contacts.urlpatterns,
    *calls.urlpatterns,
    *floor.urlpatterns,
]
