"""Addresses around customers."""

from lingzhi.customers.urls import campaigns, companies, files, identity, opinions, privacy, rules

app_name = "customers"
urlpatterns = [
    *rules.urlpatterns,
    *companies.urlpatterns,
    *campaigns.urlpatterns,
    *identity.urlpatterns,
    *privacy.urlpatterns,
    *opinions.urlpatterns,
    *files.urlpatterns,
]
