from django.urls import include, path

from suzhou_portal.linkage import (
    asking,
    claiming,
    faults,
    flow,
    following,
    lists,
    receipt,
    suggesting,
)

urlpatterns = [
    path("open311/v2/", include("suzhou_portal.linkage.open311.urls")),
    path("requests/", following.requests, name="requests"),
    path("requests/new/", asking.ask, name="ask"),
    path("requests/leave/", following.leave_requests, name="leave_requests"),
    path("requests/phone/", following.prove_phone, name="prove_phone"),
    path("requests/open/", claiming.open_requests, name="open_requests"),
    path("requests/<int:pk>/", following.follow, name="request"),
    path("requests/<int:pk>/suggestions/", suggesting.suggested, name="request_suggestions"),
    path("requests/<int:pk>/receipt/", receipt.receipt, name="request_receipt"),
    path("faults/new/", faults.page_fault, name="page_fault"),
    path("linkage/", flow.linkage, name="linkage"),
    path("areas/<str:code>/lists/", lists.three_lists, name="three_lists"),
    path("areas/<str:code>/lists/<slug:name>/", lists.one_list, name="one_list"),
]
