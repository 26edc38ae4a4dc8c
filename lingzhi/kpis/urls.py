from django.urls import path

from lingzhi.kpis.views import alerts, changes, channels, dashboard, indicator, publishing, values

app_name = "kpis"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("export/", dashboard.export, name="export"),
    path("channels/", channels.channels, name="channels"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:pk>/", alerts.alert, name="alert"),
    path("alerts/<int:pk>/take/", alerts.take_alert, name="take_alert"),
    path("alerts/<int:pk>/close/", alerts.close_alert, name="close_alert"),
    path("dictionary/", dashboard.dictionary, name="dictionary"),
    path("dictionary/choices/", dashboard.choices, name="choices"),
    path("months/", publishing.months, name="months"),
    path("months/<int:pk>/", publishing.month, name="month"),
    path("months/<int:pk>/export/", publishing.export_month, name="export_month"),
    path("months/<int:year>/<int:month>/publish/", publishing.publish_month, name="publish_month"),
    path("targets/<int:pk>/end/", changes.end_target, name="end_target"),
    path("values/", values.values, name="values"),
    path("values/<int:pk>/confirm/", values.confirm_value, name="confirm_value"),
    path("values/<int:pk>/withdraw/", values.withdraw_value, name="withdraw_value"),
    path("values/<int:pk>/file/", values.value_file, name="value_file"),
    path("<slug:code>/", indicator.indicator, name="indicator"),
    path("<slug:code>/cases/", indicator.cases, name="cases"),
    path("<slug:code>/cases/export/", indicator.export_cases, name="export_cases"),
    path("<slug:code>/define/<slug:variant>/", changes.define, name="define"),
    path("<slug:code>/targets/new/", changes.set_target, name="set_target"),
    path("<slug:code>/benchmark/", changes.set_benchmark, name="set_benchmark"),
    path("<slug:code>/values/new/", values.enter_value, name="enter_value"),
    path("<slug:code>/owner/", changes.name_owner, name="name_owner"),
]
