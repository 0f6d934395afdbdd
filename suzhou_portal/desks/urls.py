from django.urls import path

from suzhou_portal.desks import (
    drafts,
    listing,
    many,
    printing,
    public,
    start,
    steps,
    together,
    views,
)

urlpatterns = [
    path("desk/", start.index, name="desk_index"),
    path("desk/drafts/<uuid:draft>/", drafts.drop, name="drop_draft"),
    path("desk/<slug:name>/", listing.DeskListView.as_view(), name="desk"),
    path("desk/<slug:name>/new/", views.new, name="desk_new"),
    path("desk/<slug:name>/many/", many.many, name="desk_many"),
    path("desk/<slug:name>/together/<slug:verb>/", together.steps_together, name="desk_together"),
    path("desk/<slug:name>/<int:pk>/", views.detail, name="desk_record"),
    path("desk/<slug:name>/<int:pk>/edit/", views.edit, name="desk_edit"),
    path("desk/<slug:name>/<int:pk>/files/", views.add_files, name="desk_files"),
    path(
        "desk/<slug:name>/<int:pk>/printed/<slug:document>.<str:ending>",
        printing.document,
        name="desk_printed",
    ),
    path("desk/<slug:name>/<int:pk>/undo/", steps.take_back, name="desk_undo"),
    path("desk/<slug:name>/<int:pk>/amendment/", steps.decide_amendment, name="desk_amendment"),
    path("desk/<slug:name>/<int:pk>/<slug:verb>/", steps.move, name="desk_move"),
    path("open/<slug:name>/", public.PublicListView.as_view(), name="public"),
    path("open/<slug:name>/<int:pk>/", public.public_detail, name="public_record"),
    path("open/<slug:name>/<int:pk>/files/<int:file>/", public.public_file, name="public_file"),
]
