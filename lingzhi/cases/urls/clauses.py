from django.urls import path

from lingzhi.cases.views import clauses

urlpatterns = [path("clauses/<int:control>/", clauses.clause, name="clause")]
