"""Addresses around customers."""

from lingzhi.customers.urls import files, opinions

app_name = "customers"
urlpatterns = [*opinions.urlpatterns, *files.urlpatterns]
