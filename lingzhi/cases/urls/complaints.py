from django.urls import path

from lingzhi.cases.views import complaint_acts, complaint_settings, complaints

urlpatterns = [
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/mine/", complaints.own, name="own_complaints"),
    path("complaints/new/", complaints.register, name="register_complaint"),
    path("complaints/new/from/<int:contact>/", complaints.register, name="register_complaint_from"),
    path("complaints/duties/", complaint_settings.duties, name="duties"),
    path("complaints/duties/lay/", complaint_settings.lay, name="lay_duties"),
    path("complaints/duties/<int:pk>/", complaint_settings.duty, name="duty"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("complaints/<int:pk>/<slug:name>/", complaint_acts.act, name="complaint_act"),
]
