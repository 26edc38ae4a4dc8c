from django.urls import path

from lingzhi.cases.views import flows

urlpatterns = [
    path("flows/", flows.flows, name="flows"),
    path("flows/lay/", flows.lay, name="lay_flows"),
    path("flows/<int:pk>/", flows.flow, name="flow"),
    path("flows/<int:pk>/draft/", flows.draft, name="draft_flow"),
]
