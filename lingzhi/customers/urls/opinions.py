from django.urls import path

from lingzhi.customers.views import opinions

urlpatterns = [
    path("opinions/", opinions.opinions, name="opinions"),
    path("opinions/<int:pk>/", opinions.opinion, name="opinion"),
    path("opinions/<int:pk>/answer/", opinions.answer, name="answer_opinion"),
]
