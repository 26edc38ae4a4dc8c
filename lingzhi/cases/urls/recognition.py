from django.urls import path

from lingzhi.cases.views import recognition

urlpatterns = [
    path("recognition/", recognition.recognition, name="recognition"),
    path("recognition/new/", recognition.edit, name="new_recognition"),
    path("recognition/assistant/", recognition.assistant, name="assistant"),
    path("recognition/<int:pk>/", recognition.edit, name="edit_recognition"),
    path("recognition/<int:pk>/end/", recognition.end, name="end_recognition"),
]
