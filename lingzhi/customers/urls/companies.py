from django.urls import path

from lingzhi.customers.views import companies

urlpatterns = [
    path("companies/", companies.companies, name="companies"),
    path("companies/new/", companies.edit_company, name="new_company"),
    path("companies/<int:pk>/", companies.company, name="company"),
    path("companies/<int:pk>/edit/", companies.edit_company, name="edit_company"),
]
