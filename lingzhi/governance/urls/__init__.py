from lingzhi.governance.urls import (
    audits,
    directory,
    documents,
    goals,
    meetings,
    plans,
    policies,
    references,
    reviews,
)

app_name = "governance"
NOUNS = (goals, plans, policies, directory, documents, meetings, audits, references, reviews)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
