from django.urls import path

from lingzhi.rulebook.views import (
    adopting,
    editing,
    importing,
    library,
    printing,
    reading,
    regulations,
)

app_name = "rulebook"
urlpatterns = [
    path("", library.rulebook, name="list"),
    path("packs/new/", editing.new_pack, name="new_pack"),
    path("packs/<slug:code>/", library.pack, name="pack"),
    path("packs/<slug:code>/withdraw/", editing.withdraw_pack, name="withdraw_pack"),
    path("packs/<slug:code>/adopt/", adopting.adopt, name="adopt"),
    path("import/", importing.new_import, name="import_new"),
    path("import/<slug:code>/", importing.review, name="import_review"),
    path("import/<slug:code>/refuse/", importing.refuse_rest, name="import_refuse_rest"),
    path("import/<slug:code>/finish/", importing.finish, name="import_finish"),
    path("import/<slug:code>/proposals/<int:pk>/", importing.change, name="import_change"),
    path("import/<slug:code>/proposals/<int:pk>/decide/", importing.decide, name="import_decide"),
    path("import/<slug:code>/clauses/<str:number>/", importing.change_clause, name="import_clause"),
    path("units/<int:pk>/print.pdf", printing.print_unit_pdf, name="print_unit_pdf"),
    path("units/<int:pk>/print.docx", printing.print_unit_word, name="print_unit_word"),
    path("versions/<int:pk>/print.pdf", printing.print_pdf, name="print_pdf"),
    path("versions/<int:pk>/print.docx", printing.print_word, name="print_word"),
    path("versions/<int:pk>/figures/", adopting.figures, name="figures"),
    path("versions/<int:pk>/edit/", editing.edit, name="edit"),
    path("versions/<int:pk>/conflicts/", adopting.conflicts, name="conflicts"),
    path("versions/<int:pk>/text/", adopting.preview, name="preview"),
    path("versions/<int:pk>/start/", adopting.start, name="start"),
    path("versions/<int:pk>/discard/", adopting.discard, name="discard"),
    path("versions/<int:pk>/take-back/", adopting.take_back, name="take_back"),
    path("versions/<int:pk>/", regulations.version, name="version"),
    path("versions/<int:pk>/changes/", regulations.changes, name="changes"),
    path("versions/<int:pk>/withdraw/", regulations.withdraw, name="withdraw"),
    path("versions/<int:pk>/decide/", regulations.decide, name="decide"),
    path("versions/<int:pk>/read/", reading.read, name="read"),
    path("versions/<int:pk>/readers/", reading.readers, name="readers"),
    path("regulations/<int:pk>/", regulations.regulation, name="regulation"),
    path("regulations/<int:pk>/revise/", regulations.revise, name="revise"),
    path("regulations/<int:pk>/review/", regulations.review, name="review"),
    path("regulations/<int:pk>/slots/<slug:key>/", reading.fill_slot, name="fill_slot"),
    path("regulations/<int:pk>/documents/<int:file_pk>/", reading.document, name="document"),
    path("regulations/<int:pk>/clauses/<str:number>/", regulations.clause, name="clause"),
    path(
        "regulations/<int:pk>/clauses/<str:number>/lawful/", reading.record_step, name="record_step"
    ),
    path("desk/<str:what>/<slug:ref>/", editing.desk, name="desk"),
    path("desk/<str:what>/<slug:ref>/new/", editing.new_clause, name="new_clause"),
    path(
        "desk/<str:what>/<slug:ref>/clauses/<str:number>/", editing.edit_clause, name="edit_clause"
    ),
    path(
        "desk/<str:what>/<slug:ref>/clauses/<str:number>/remove/",
        editing.remove_clause,
        name="remove_clause",
    ),
    path(
        "desk/<str:what>/<slug:ref>/clauses/<str:number>/controls/",
        editing.edit_control,
        name="new_control",
    ),
    path(
        "desk/<str:what>/<slug:ref>/clauses/<str:number>/controls/<slug:key>/",
        editing.edit_control,
        name="edit_control",
    ),
    path(
        "desk/<str:what>/<slug:ref>/clauses/<str:number>/controls/<slug:key>/remove/",
        editing.remove_control,
        name="remove_control",
    ),
]
