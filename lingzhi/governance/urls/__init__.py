from lingzhi.governance.urls import goals

app_name = "governance"
NOUNS = (goals,)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
