from django.urls import path

from lingzhi.inspections.views import archives

urlpatterns = [
    path("archives/", archives.archives, name="archives"),
    path("archives/mine/", archives.my_archive, name="my_archive"),
    path("archives/<int:pk>/", archives.archive, name="archive"),
    path("archives/<int:pk>/print/", archives.print_archive, name="print_archive"),
]
