from django.urls import path

from lingzhi.cases.views import visits

urlpatterns = [
    path("visits/", visits.visits, name="visits"),
    path("visits/mine/", visits.my_visits, name="my_visits"),
    path("visits/new/", visits.plan, name="plan_maintenance"),
    path("<int:pk>/visit/", visits.plan, name="plan_visit"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/go/<slug:step>/", visits.go, name="go_on_visit"),
    path("visits/<int:pk>/finish/", visits.finish, name="finish_visit"),
    path("visits/<int:pk>/give-up/", visits.give_up, name="give_up_visit"),
    path("visits/<int:pk>/rebook/", visits.rebook, name="rebook_visit"),
    path("visits/<int:pk>/photos/", visits.add_photo, name="add_visit_photo"),
    path("visit-photos/<int:pk>/", visits.photo, name="visit_photo"),
]
