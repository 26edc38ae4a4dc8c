"""Addresses around customers."""

from lingzhi.customers.urls import files, identity, opinions

app_name = "customers"
urlpatterns = [*identity.urlpatterns, *opinions.urlpatterns, *files.urlpatterns]
