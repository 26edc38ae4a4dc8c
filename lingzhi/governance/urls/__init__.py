from lingzhi.governance.urls import audits, goals, meetings, plans, references

app_name = "governance"
NOUNS = (goals, plans, meetings, audits, references)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
