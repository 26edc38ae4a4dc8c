"""A link as a code that phones read."""

import qrcode
from qrcode.image.svg import SvgPathImage


def code_as_svg(link: str) -> bytes:
    """An SVG with a quiet zone; a quarter of it may be dirty or torn."""
    image = qrcode.make(
        link, image_factory=SvgPathImage, error_correction=qrcode.constants.ERROR_CORRECT_Q
    )
    return bytes(image.to_string())
