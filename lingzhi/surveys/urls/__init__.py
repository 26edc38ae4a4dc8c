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
)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
