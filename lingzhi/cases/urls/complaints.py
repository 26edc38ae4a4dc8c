from django.urls import path

from lingzhi.cases.views import (
    authorities,
    blames,
    causes,
    complaint_acts,
    complaint_settings,
    complaints,
    form_templates,
    paper,
)

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
    path("complaints/authorities/new/", authorities.edit, name="new_authority"),
    path("complaints/authorities/<int:pk>/", authorities.edit, name="edit_authority"),
    path("complaints/authorities/<int:pk>/retire/", authorities.retire, name="retire_authority"),
    path("complaints/causes/", causes.causes, name="causes"),
    path("complaints/causes/new/", causes.edit, name="new_cause"),
    path("complaints/causes/<int:pk>/", causes.edit, name="edit_cause"),
    path("complaints/causes/<int:pk>/retire/", causes.retire, name="retire_cause"),
    path("complaints/templates/", form_templates.templates, name="form_templates"),
    path("complaints/templates/new/", form_templates.edit, name="new_form_template"),
    path("complaints/templates/<int:pk>/", form_templates.template, name="form_template"),
    path("complaints/templates/<int:pk>/next/", form_templates.edit, name="next_form_template"),
    path(
        "complaints/templates/<int:pk>/retire/", form_templates.retire, name="retire_form_template"
    ),
    path("complaints/forms/<int:pk>/", paper.form, name="form"),
    path("complaints/forms/<int:pk>/pdf/", paper.pdf, name="form_pdf"),
    path("complaints/blames/<int:pk>/", blames.blame, name="blame"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("complaints/<int:pk>/<slug:name>/", complaint_acts.act, name="complaint_act"),
    path("complaints/<int:pk>/<slug:name>/<int:item>/", complaint_acts.act, name="complaint_item"),
]
