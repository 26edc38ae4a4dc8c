from lingzhi.improvement.urls import rectifications, repeats

app_name = "improvement"
NOUNS = (rectifications, repeats)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
