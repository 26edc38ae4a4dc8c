from django.urls import path, re_path

from lingzhi.inspections.views import library

urlpatterns = [
    path("typical-cases/", library.typical_cases, name="typical_cases"),
    re_path(
        r"^typical-cases/(?P<kind>pdf|word)/$", library.print_typical_cases,
        name="print_typical_cases",
    ),
    path("typical-cases/<int:pk>/", library.typical_case, name="typical_case"),
    path("typical-cases/<int:pk>/edit/", library.edit_typical_case, name="edit_typical_case"),
    path(
        "typical-cases/<int:pk>/approve/", library.approve_typical_case,
        name="approve_typical_case",
    ),
    path(
        "typical-cases/<int:pk>/retire/", library.retire_typical_case, name="retire_typical_case"
    ),
    path(
        "conversations/<int:contact>/typical-case/", library.new_typical_case,
        name="new_typical_case",
    ),
]  # fmt: skip
