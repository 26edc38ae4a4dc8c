from django.urls import path

from lingzhi.governance.views import references

urlpatterns = [
    path("references/", references.references, name="references"),
    path("references/new/", references.add_reference, name="add_reference"),
    path("references/<int:pk>/", references.reference, name="reference"),
    path("references/<int:pk>/edit/", references.edit_reference, name="edit_reference"),
    path("references/<int:pk>/uses/<str:kind>/", references.add_use, name="add_use"),
    path("references/<int:pk>/contest/", references.contest, name="contest"),
    path("references/uses/<int:pk>/remove/", references.remove_use, name="remove_use"),
    path("references/contests/<int:pk>/", references.answer_contest, name="answer_contest"),
]
