from django.urls import path

from lingzhi.cases.views import links

urlpatterns = [
    path("<int:pk>/link/", links.link, name="link"),
    path("<int:pk>/pass-on/", links.pass_on, name="pass_on"),
    path("links/<int:pk>/end/", links.unlink, name="unlink"),
    path("merges/<int:pk>/undo/", links.unmerge, name="unmerge"),
]
