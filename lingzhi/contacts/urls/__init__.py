"""Addresses around contacts."""

from lingzhi.contacts.urls import calls, channels, contacts, floor, mail

app_name = "contacts"
urlpatterns = [
    *mail.urlpatterns,
    *contacts.urlpatterns,
    *calls.urlpatterns,
    *channels.urlpatterns,
    *floor.urlpatterns,
]
