from lingzhi.cases.urls import (
    afterwards,
    cases,
    changing,
    complaints,
    desk,
    dispatch,
    escalation,
    extending,
    files,
    flows,
    follow_ups,
    limits,
    links,
    receptions,
    visits,
    what_if,
)

app_name = "cases"
NOUNS = (
    afterwards,
    changing,
    complaints,
    desk,
    dispatch,
    escalation,
    extending,
    files,
    flows,
    follow_ups,
    limits,
    links,
    receptions,
    visits,
    what_if,
    cases,
)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
