from django.urls import path

from lingzhi.cases.views import blames, complaint_acts, complaint_settings, complaints, paper

urlpatterns = [
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/mine/", complaints.own, name="own_complaints"),
    path("complaints/new/", complaints.register, name="register_complaint"),
    path("complaints/new/from/<int:contact>/", complaints.register, name="register_complaint_from"),
    path("complaints/counts/", complaints.counts, name="complaint_counts"),
    path("complaints/<int:pk>/complainant/", complaints.complainant, name="complainant"),
    path("complaints/<int:pk>/letters/<int:event>/", complaints.letter, name="letter"),
    path("complaints/duties/", complaint_settings.duties, name="duties"),
    path("complaints/duties/lay/", complaint_settings.lay, name="lay_duties"),
    path("complaints/duties/<int:pk>/", complaint_settings.duty, name="duty"),
    path("complaints/forms/<int:pk>/", paper.form, name="form"),
    path("complaints/forms/<int:pk>/pdf/", paper.pdf, name="form_pdf"),
    path("complaints/blames/<int:pk>/", blames.blame, name="blame"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("complaints/<int:pk>/<slug:name>/", complaint_acts.act, name="complaint_act"),
    path("complaints/<int:pk>/<slug:name>/<int:item>/", complaint_acts.act, name="complaint_item"),
]
