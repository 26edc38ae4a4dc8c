from django.urls import path

from lingzhi.governance.views import directory, service_parts

urlpatterns = [
    path("services/", directory.services_list, name="services"),
    path("services/new/", directory.add_service, name="add_service"),
    path("services/pdf/", directory.pdf, name="services_pdf"),
    path("services/word/", directory.word, name="services_word"),
    path("services/<int:pk>/", directory.service, name="service"),
    path("services/<int:pk>/edit/", directory.edit_service, name="edit_service"),
    path("services/<int:pk>/ask/", directory.ask_approval, name="ask_service"),
    path("services/<int:pk>/reopen/", directory.reopen, name="reopen_service"),
    path("services/<int:pk>/change/", directory.change, name="change_service"),
    path("services/<int:pk>/review/", directory.review, name="review_service"),
    path("services/<int:pk>/withdraw/", directory.withdraw, name="withdraw_service"),
    path("services/<int:pk>/promise/", service_parts.add_promise, name="add_promise"),
    path("services/<int:pk>/clause/", service_parts.add_clause, name="add_service_clause"),
    path(
        "services/<int:pk>/clause/<int:clause_pk>/remove/", service_parts.remove_clause,
        name="remove_service_clause",
    ),
    path("promises/<int:pk>/edit/", service_parts.edit_promise, name="edit_promise"),
    path("promises/<int:pk>/remove/", service_parts.remove_promise, name="remove_promise"),
]  # fmt: skip
