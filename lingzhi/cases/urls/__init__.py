from lingzhi.cases.urls import (
    cases,
    changing,
    desk,
    escalation,
    extending,
    files,
    flows,
    follow_ups,
    limits,
    links,
    receptions,
    what_if,
)

app_name = "cases"
NOUNS = (
    changing,
    desk,
    escalation,
    extending,
    files,
    flows,
    follow_ups,
    limits,
    links,
    receptions,
    what_if,
    cases,
)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
