from lingzhi.cases.urls import (
    cases,
    desk,
    files,
    flows,
    follow_ups,
    links,
    receptions,
)

app_name = "cases"
NOUNS = (
    desk,
    files,
    flows,
    follow_ups,
    links,
    receptions,
    cases,
)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
