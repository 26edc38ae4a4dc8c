from django.urls import path

from lingzhi.cases.views import receptions

urlpatterns = [
    path("receptions/", receptions.receptions, name="receptions"),
    path("receptions/policy/", receptions.policy, name="reception_policy"),
    path("receptions/of/<int:contact>/", receptions.of_contact, name="receive_contact"),
    path("receptions/<int:pk>/", receptions.reception, name="reception"),
    path("receptions/<int:pk>/step/", receptions.step, name="reception_step"),
    path("<int:pk>/reception/", receptions.of_case, name="receive_case"),
]
