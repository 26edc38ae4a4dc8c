from django.urls import path

from lingzhi.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="list"),
    path("new/", views.upload, name="upload"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/mapping/", views.mapping, name="mapping"),
    path("<int:pk>/problems/", views.problems, name="problems"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("<int:pk>/resume/", views.resume, name="resume"),
]
