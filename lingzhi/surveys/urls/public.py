from django.urls import path

from lingzhi.surveys.views import public

urlpatterns = [
    path("s/<str:token>/", public.answer, name="answer"),
    path("q/<str:code>/", public.at_place, name="at_place"),
    path("q/on/<str:secret>/", public.go_on, name="go_on"),
]
