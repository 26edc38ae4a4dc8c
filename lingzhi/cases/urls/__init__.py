from lingzhi.cases.urls import (
    cases,
    changing,
    escalation,
    extending,
    flows,
    limits,
    what_if,
)

app_name = "cases"
urlpatterns = [
    *flows.urlpatterns,
    *limits.urlpatterns,
    *what_if.urlpatterns,
    *escalation.urlpatterns,
    *changing.urlpatterns,
    *extending.urlpatterns,
    *cases.urlpatterns,
]
