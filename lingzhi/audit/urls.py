from django.urls import path

from lingzhi.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="list"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.entry, name="entry"),
    path("chain/", views.chain, name="chain"),
    path("chain/verify/", views.verify, name="verify"),
]
