from django.urls import path

from lingzhi.inspections.views import appeals

urlpatterns = [
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/outcomes/", appeals.outcomes, name="appeal_outcomes"),
    path("appeals/<int:pk>/", appeals.appeal, name="appeal"),
    path("appeals/<int:pk>/decide/", appeals.decide, name="decide_appeal"),
    path("appeals/<int:pk>/pass-on/", appeals.pass_on, name="pass_on_appeal"),
    path("appeals/<int:pk>/withdraw/", appeals.withdraw, name="withdraw_appeal"),
    path("appeals/<int:pk>/carry-on/", appeals.carry_on, name="carry_on_appeal"),
    path("appeals/<int:pk>/accept/", appeals.accept, name="accept_appeal"),
    path("reviews/<int:pk>/appeal/", appeals.open_appeal, name="open_appeal"),
]
