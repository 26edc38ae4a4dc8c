from django.urls import path

from lingzhi.inspections.views import sheet_editor, sheets

urlpatterns = [
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/new/", sheets.new_sheet, name="new_sheet"),
    path("sheets/upload/", sheets.upload_sheet, name="upload_sheet"),
    path("sheets/examples/<slug:code>/", sheets.copy_example, name="copy_example"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/revise/", sheets.revise_sheet, name="revise_sheet"),
    path("sheets/<int:pk>/head/", sheet_editor.edit_head, name="edit_head"),
    path("sheets/<int:pk>/sections/new/", sheet_editor.edit_section, name="new_section"),
    path(
        "sheets/<int:pk>/sections/<slug:section>/", sheet_editor.edit_section, name="edit_section"
    ),
    path(
        "sheets/<int:pk>/sections/<slug:section>/items/new/",
        sheet_editor.edit_item,
        name="new_item",
    ),
    path(
        "sheets/<int:pk>/sections/<slug:section>/items/<slug:item>/",
        sheet_editor.edit_item,
        name="edit_item",
    ),
    path("sheets/<int:pk>/move/<slug:code>/", sheet_editor.move_part, name="move_part"),
    path("sheets/<int:pk>/remove/<slug:code>/", sheet_editor.remove_part, name="remove_part"),
    path("sheets/<int:pk>/<int:number>/export/", sheets.export_sheet, name="export_sheet"),
    path("sheets/<int:pk>/<int:number>/activate/", sheets.activate_sheet, name="activate_sheet"),
    path("sheets/<int:pk>/<int:number>/retire/", sheets.retire_sheet, name="retire_sheet"),
    path("sheets/<int:pk>/<int:number>/discard/", sheets.discard_sheet, name="discard_sheet"),
]
