from django.urls import path

from lingzhi.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.approvals, name="list"),
    path("chains/", views.chains, name="chains"),
    path("chains/<str:matter>/", views.chain, name="chain"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
