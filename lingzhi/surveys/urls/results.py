from django.urls import path

from lingzhi.surveys.views import results

urlpatterns = [
    path("surveys/results/", results.results, name="results"),
    path("surveys/results/<int:pk>/<slug:dimension>/tell/", results.tell, name="tell_weak_link"),
    path("surveys/results/answers/", results.answers, name="result_answers"),
    path("surveys/results/bias/", results.bias, name="bias"),
    path("surveys/results/signals/", results.signals, name="signals"),
]
