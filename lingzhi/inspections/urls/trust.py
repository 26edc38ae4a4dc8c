from django.urls import path

from lingzhi.inspections.views import adequacy, trust, validity

urlpatterns = [
    path("rules/trust/", trust.trust, name="trust"),
    path("sheets/<int:pk>/validity/", validity.validity, name="validity"),
    path("rules/adequacy/", adequacy.adequacy, name="adequacy"),
    path("rules/trust/settings/", trust.trust_settings, name="trust_settings"),
    path("rules/<int:pk>/<int:number>/automatic/", trust.automatic, name="make_automatic"),
    path("rules/<int:pk>/<int:number>/assist/", trust.assist, name="take_back_automatic"),
    path("conversations/<int:contact>/marks/", trust.mark, name="mark_findings"),
]
