from lingzhi.surveys.urls import (
    insights,
    internal,
    invitations,
    opinions,
    places,
    plans,
    public,
    questionnaires,
    results,
    rules,
    scales,
    weak_links,
)

app_name = "surveys"
NOUNS = (
    insights,
    internal,
    invitations,
    opinions,
    places,
    plans,
    public,
    questionnaires,
    results,
    rules,
    scales,
    weak_links,
)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
