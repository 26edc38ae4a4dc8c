from django.urls import path

from lingzhi.cases.views import files

urlpatterns = [
    path("<int:pk>/files/new/", files.attach, name="attach"),
    path("<int:pk>/watch/", files.watch, name="watch"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/remove/", files.remove, name="remove_file"),
]
