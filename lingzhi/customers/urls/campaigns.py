from django.urls import path

from lingzhi.customers.views import campaigns

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("<int:pk>/campaigns/<int:campaign>/", campaigns.add_entry, name="campaign_entry"),
    path("loyalty/", campaigns.loyalty, name="loyalty"),
]
