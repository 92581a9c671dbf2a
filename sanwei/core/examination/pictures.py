"""Pictures: decoded whole and drawn anew, so that neither place, device nor hidden content is kept."""

import io
import warnings

from PIL import Image, ImageOps

from .limits import PIXELS
from .unsafe import Unsafe

MAGIC = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
QUALITY = 90
KEPT_MODES = ("1", "L", "RGB")
CLEAR_MODES = ("RGBA", "LA", "P", "PA")  # may be transparent


def redraw(data: bytes, extension: str) -> bytes:
    """The picture upright and bare of all metadata, in the format of its extension.

    Raises Unsafe if it cannot be read whole or has more than 40 million pixels: the original is never kept.
    """
    if not data.startswith(MAGIC[extension]):
        raise Unsafe.mismatch(extension)
    kind = FORMATS[extension]
    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(data), formats=[kind]) as picture:
            refuse_large(picture)
            return drawn(ImageOps.exif_transpose(picture), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except (OSError, ValueError, SyntaxError, Warning, KeyError, TypeError, IndexError) as error:
        raise Unsafe(f"已损坏或格式特殊，请用看图软件打开后另存为 .{extension} 再上传") from error


def refuse_large(picture) -> None:
    if picture.width * picture.height > PIXELS:
        raise too_large()


def too_large() -> Unsafe:
    return Unsafe("超过 4000 万像素，请缩小后再上传")


def drawn(picture, kind: str) -> bytes:
    """A new picture with the same pixels and nothing else, encoded."""
    mode = picture.mode
    if mode not in KEPT_MODES:
        mode = "RGBA" if mode in CLEAR_MODES and kind == "PNG" else "RGB"
        picture = picture.convert(mode)
    bare = Image.new(mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()
