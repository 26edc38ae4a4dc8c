from django.urls import path

from lingzhi.cases.views import dictionaries

urlpatterns = [
    path("dictionaries/", dictionaries.dictionaries, name="dictionaries"),
    path("dictionaries/new/", dictionaries.edit, name="new_entry"),
    path("dictionaries/rules/", dictionaries.rules, name="dictionary_rules"),
    path("dictionaries/<int:pk>/", dictionaries.edit, name="edit_entry"),
    path("dictionaries/<int:pk>/retire/", dictionaries.retire, name="retire_entry"),
    path("dictionaries/<slug:kind>/<slug:field>/", dictionaries.suggest, name="suggest"),
]
