from django.urls import path

from lingzhi.customers.views import identity

urlpatterns = [
    path("<int:pk>/merge/", identity.merge, name="merge"),
    path("merges/<int:pk>/undo/", identity.undo, name="undo_merge"),
    path("alike/", identity.likenesses, name="likenesses"),
    path("alike/<int:pk>/apart/", identity.apart, name="keep_apart"),
]
