from django.urls import path

from lingzhi.inspections.views import quality

urlpatterns = [
    path("inspectors/", quality.inspectors, name="inspectors"),
    path("inspectors/agents/", quality.adjusted_scores, name="adjusted_scores"),
    path("inspectors/<int:pk>/", quality.inspector, name="inspector"),
    path("calibrations/<int:pk>/gold/", quality.use_as_gold, name="use_as_gold"),
    path("calibrations/<int:pk>/gold/retire/", quality.retire_gold, name="retire_gold"),
]
