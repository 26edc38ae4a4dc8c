from django.urls import path

from lingzhi.surveys.views import weak_links

urlpatterns = [
    path("surveys/weak-links/", weak_links.weak_links, name="weak_links"),
    path("surveys/weak-links/<int:pk>/", weak_links.weak_link, name="weak_link"),
]
