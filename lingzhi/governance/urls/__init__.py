from lingzhi.governance.urls import goals, plans

app_name = "governance"
NOUNS = (goals, plans)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
