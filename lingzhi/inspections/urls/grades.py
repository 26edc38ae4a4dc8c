from django.urls import path

from lingzhi.inspections.views import grades

urlpatterns = [
    path("grades/", grades.grades, name="grades"),
    path("grades/criteria/", grades.criteria, name="grade_criteria"),
    path("grades/criteria/<int:pk>/compute/", grades.compute, name="compute_grades"),
]
