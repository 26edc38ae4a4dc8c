from django.urls import path

from lingzhi.reports.views import complaints, demand, pivot, reports, units, voice, work

app_name = "reports"
urlpatterns = [
    path("", reports.reports, name="list"),
    path("<int:pk>/", reports.report, name="detail"),
    path("<int:pk>/pdf/", reports.pdf, name="pdf"),
    path("<int:pk>/word/", reports.word, name="word"),
    path("<int:pk>/workbook/", reports.workbook, name="workbook"),
    path("<int:pk>/slides/", reports.slides, name="slides"),
    path("<int:pk>/rebuild/", reports.rebuild, name="rebuild"),
    path("plans/", reports.plans, name="plans"),
    path("plans/new/", reports.new_plan, name="new_plan"),
    path("plans/<int:pk>/change/", reports.change_plan, name="change_plan"),
    path("plans/<int:pk>/end/", reports.end_plan, name="end_plan"),
    path("voice/", voice.voice, name="voice"),
    path("voice/export/", voice.export, name="voice_export"),
    path("voice/terms/lay/", voice.lay, name="lay_voice_terms"),
    path("voice/terms/<str:source>/", voice.terms, name="voice_terms"),
    path("pivot/", pivot.pivot, name="pivot"),
    path("pivot/file/", pivot.export_pivot, name="export_pivot"),
    path("pivot/keep/", pivot.keep_pivot, name="keep_pivot"),
    path("pivot/<int:pk>/remove/", pivot.remove_pivot, name="remove_pivot"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/word/", complaints.complaints_word, name="complaints_word"),
    path("complaints/cases/", complaints.complaints_behind, name="complaints_behind"),
    path("demand/", demand.demand, name="demand"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>/share/<str:code>/", units.share_practice, name="share_practice"),
    path("units/practices/<int:pk>/withdraw/", units.withdraw, name="withdraw_practice"),
    path("work/", work.work_reports, name="work"),
    path("work/new/", work.new_work_report, name="new_work"),
    path("work/<int:pk>/", work.work_report, name="work_report"),
    path("work/<int:pk>/confirm/", work.confirm, name="confirm_work"),
]
