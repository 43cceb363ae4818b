"""PDF from a Typst template and data: tagged, PDF/UA-1, fonts included, no system library, no network.

Data reach the template as JSON in ``sys.inputs.data``, so text of users is text to Typst and never source.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst


class PdfError(RuntimeError):
    """A template that could not be rendered: a fault of the template or of its data, not of a reader's text."""


def render(template: Path, data: Mapping[str, Any], *, created_at: datetime) -> bytes:
    """Render ``template`` with ``data`` and return the PDF.

    :param template: a ``.typ`` file; it can read files beside and below itself only.
    :param data: JSON data, decimals already as strings.
    :param created_at: aware instant written into the document; the same input gives the same bytes.
    :raises PdfError: the template does not compile.

    PDF/UA asks for a glyph for every character. The fonts inside of Typst (Latin, Greek, Cyrillic, symbols) serve
    first; text in other scripts takes the machine's own fonts; where those lack a glyph too the document is still
    tagged, but not declared PDF/UA.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    attempts: tuple[tuple[bool, list[Any]], ...] = ((False, ["ua-1"]), (True, ["ua-1"]), (True, []))
    error: typst.TypstError | None = None
    for with_system_fonts, standards in attempts:
        compiler = typst.Compiler(
            template,
            root=template.parent,
            font_paths=_fonts(with_system_fonts=with_system_fonts),
            sys_inputs=inputs,
        )
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=standards, timestamp=created_at)
        except typst.TypstError as failure:
            error = failure
            if "could not be displayed" not in failure.message:
                break
        else:
            assert isinstance(pdf, bytes)
            return pdf
    raise PdfError(f"{template.name}: {error.diagnostic if error else 'no result'}") from error


def picture(template: Path, data: Mapping[str, Any], *, per_inch: float = 144.0) -> bytes:
    """Render a template of one page as PNG, ``per_inch`` pixels to the inch; otherwise as ``render``.

    :raises PdfError: the template does not compile, or has more than one page.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    fonts = _fonts(with_system_fonts=True)
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts, sys_inputs=inputs)
    try:
        png = compiler.compile(format="png", ppi=per_inch)
    except typst.TypstError as failure:
        raise PdfError(f"{template.name}: {failure.diagnostic}") from failure
    if not isinstance(png, bytes):
        raise PdfError(f"{template.name}: more than one page")
    return png


@cache
def _fonts(*, with_system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_system_fonts, include_embedded_fonts=True)
