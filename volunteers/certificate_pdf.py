"""A certificate of service as PDF: A4, one page, with the code and a QR code to verify it by."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from suzhou_portal.areas.models import Area
from suzhou_portal.downloads import disposition
from suzhou_portal.formats import date
from suzhou_portal.pdf import FONT, register_font
from suzhou_portal.texts import cleaned
from volunteers.models import ServiceCertificate

WIDTH, HEIGHT = A4
MARGIN, DOT = 72, 3.2  # points


def response(request: HttpRequest, certificate: ServiceCertificate) -> HttpResponse:
    """The certificate, to be kept."""
    page = f"{reverse('verify_certificate')}?code={certificate.code}"
    body = render(certificate, request.build_absolute_uri(page))
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition(f"{certificate.code}.pdf")},
    )


def render(certificate: ServiceCertificate, address: str) -> bytes:
    """The bytes of the PDF; `address` is where it can be verified."""
    register_font()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setTitle("志愿服务证明")
    canvas.setFont(FONT, 28)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 150, "志愿服务证明")
    _lines(canvas, certificate)
    _square(canvas, address)
    if certificate.is_demo:
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 60, "演示数据，不得用作证明")
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _lines(canvas: Canvas, certificate: ServiceCertificate) -> None:
    volunteer = certificate.volunteer
    own = Area.objects.get(pk=settings.PORTAL_AREA)
    text = canvas.beginText(MARGIN, HEIGHT - 220)
    text.setFont(FONT, 14)
    text.setLeading(30)
    text.textLine(f"志愿者：{cleaned(volunteer.name)}　　编号：{volunteer.number}")
    text.textLine(f"服务期间：{date(certificate.from_on)}至{date(certificate.to_on)}")
    text.textLine(f"参加志愿活动：{certificate.activities}次")
    text.textLine(f"认定服务时长：{certificate.hours}小时")
    text.textLine("")
    text.textLine(f"所在地区：{cleaned(certificate.area.name)}")
    text.textLine(f"出具单位：{cleaned(own.name)}五社联动门户（盖章）")
    text.textLine(f"出具日期：{date(certificate.issued_on)}")
    text.setFont(FONT, 11)
    text.textLine("")
    text.textLine(f"验证码：{certificate.spaced_code}")
    text.textLine("扫码或在门户“证明查验”中输入验证码，可以查验真伪。")
    if certificate.revoked_on:
        text.textLine(f"本证明已于{date(certificate.revoked_on)}作废。")
    canvas.drawText(text)


def _square(canvas: Canvas, address: str) -> None:
    for y, row in enumerate(segno.make(address, error="m", micro=False).matrix):
        for x, dark in enumerate(row):
            if dark:
                canvas.rect(MARGIN + x * DOT, 230 - y * DOT, DOT, DOT, stroke=0, fill=1)
