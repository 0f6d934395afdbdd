"""The typeface of all PDF files: Chinese without a font file."""

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

FONT = "STSong-Light"  # every PDF reader has it or its own of that kind, so none is embedded


def register_font() -> None:
    """Make the font known; to be called before anything is drawn, and harmless when done again."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
