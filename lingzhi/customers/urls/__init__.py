"""Addresses around customers."""

from lingzhi.customers.urls import campaigns, companies, files, identity, opinions, rules

app_name = "customers"
urlpatterns = [
    *rules.urlpatterns,
    *companies.urlpatterns,
    *campaigns.urlpatterns,
    *identity.urlpatterns,
    *opinions.urlpatterns,
    *files.urlpatterns,
]
