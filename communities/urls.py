from django.urls import path

from communities import learning_pages, pay_pages, views

urlpatterns = [
    path("account/pay/", views.own_pay, name="own_pay"),
    path("courses/<int:pk>/attendance/", learning_pages.attendance, name="course_attendance"),
    path("courses/<int:pk>/results/", learning_pages.results, name="course_results"),
    path("planned-sessions/<int:pk>/course/", learning_pages.hold, name="session_course"),
    path("exams/<int:pk>/passes/", learning_pages.passes, name="exam_passes"),
    path(
        "certificates/expiring/",
        learning_pages.ExpiringView.as_view(),
        name="expiring_certificates",
    ),
    path("payroll/", pay_pages.compute, name="payroll"),
    path("payroll/<int:pk>/", pay_pages.compute, name="payroll_of"),
    path("payroll/check/", pay_pages.check, name="pay_check"),
    path("payroll/<int:pk>/check/", pay_pages.check, name="pay_check_of"),
    path("reviews/sheet/", pay_pages.review_sheet, name="review_sheet"),
    path("areas/<str:code>/structure/", views.structure, name="structure"),
    path("areas/<str:code>/committees/", views.committees, name="committees"),
]
