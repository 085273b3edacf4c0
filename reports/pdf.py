"""A paper as PDF, whatever its kind."""

from reports import official
from reports.blocks import Official, Report
from reports.body import set_body
from reports.drawn import Paper
from reports.fonts import Faces
from reports.imprint import Imprint
from reports.page import LANDSCAPE, UPRIGHT, Composer


def render(composed: Report | Official, imprint: Imprint, faces: Faces | None = None) -> Paper:
    """The paper's bytes, the same for the same content and imprint."""
    if isinstance(composed, Official):
        return official.render(composed, imprint, faces)
    composer = Composer(LANDSCAPE if composed.is_landscape else UPRIGHT, imprint, title=composed.title, faces=faces)
    composer.title_block(composed.under)
    set_body(composer, composed.body)
    return composer.finish()
