from django.urls import path

from lingzhi.governance.views import documents

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/register/", documents.register, name="document_register"),
    path("documents/new/", documents.add, name="add_document"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/edit/", documents.edit, name="edit_document"),
    path("documents/<int:pk>/version/", documents.add_version, name="add_document_version"),
    path("documents/<int:pk>/withdraw/", documents.withdraw, name="withdraw_document"),
    path(
        "documents/<int:pk>/clauses/<int:clause_pk>/remove/", documents.unlink,
        name="unlink_document",
    ),
    path("documents/versions/<int:pk>/file/", documents.file, name="document_file"),
    path("documents/versions/<int:pk>/ask/", documents.ask_approval, name="ask_document"),
    path("documents/versions/<int:pk>/reopen/", documents.reopen, name="reopen_document"),
    path("documents/versions/<int:pk>/drop/", documents.drop, name="drop_document"),
    path("documents/versions/<int:pk>/review/", documents.review, name="review_document"),
    path("documents/versions/<int:pk>/destroy/", documents.destroy, name="destroy_document"),
]  # fmt: skip
