from django.urls import path

from lingzhi.surveys.views import scales

urlpatterns = [
    path("surveys/scales/", scales.scales, name="scales"),
    path("surveys/scales/new/", scales.add, name="add_scale"),
    path("surveys/scales/<int:pk>/retire/", scales.retire, name="retire_scale"),
    path("surveys/dimensions/new/", scales.dimension, name="add_dimension"),
    path("surveys/dimensions/<int:pk>/", scales.dimension, name="dimension"),
]
