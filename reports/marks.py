"""Shapes, colours and patterns of lights, as PDF operators; each can be told from the others in black and white."""

from collections.abc import Callable

from reports.facts import LightCode

INK: dict[LightCode, str] = {
    "hollow": "0.35 0.35 0.35",
    "late_receipt": "0.72 0.11 0.11",
    "green": "0.10 0.45 0.22",
    "yellow": "0.75 0.50 0.00",
    "red": "0.72 0.11 0.11",
    "blue": "0.10 0.33 0.62",
    "black": "0 0 0",
    "grey": "0.45 0.45 0.45",
}
_TINT: dict[LightCode, str] = {
    "hollow": "1 1 1",
    "late_receipt": "1 1 1",
    "green": "0.84 0.93 0.86",
    "yellow": "0.99 0.94 0.80",
    "red": "0.97 0.84 0.83",
    "blue": "0.84 0.89 0.96",
    "black": "0.25 0.25 0.25",
    "grey": "0.93 0.93 0.93",
}
PLAIN: tuple[LightCode, ...] = ("blue", "green", "yellow", "grey", "red", "hollow", "late_receipt", "black")
"""Patterns for counts that are no lights, in order."""


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle around a point."""
    pull = radius * 0.5523
    right, left, over, under = x + radius, x - radius, y + radius, y - radius
    return (
        f"{right:.2f} {y:.2f} m {right:.2f} {y + pull:.2f} {x + pull:.2f} {over:.2f} {x:.2f} {over:.2f} c "
        f"{x - pull:.2f} {over:.2f} {left:.2f} {y + pull:.2f} {left:.2f} {y:.2f} c "
        f"{left:.2f} {y - pull:.2f} {x - pull:.2f} {under:.2f} {x:.2f} {under:.2f} c "
        f"{x + pull:.2f} {under:.2f} {right:.2f} {y - pull:.2f} {right:.2f} {y:.2f} c h"
    )


def polygon(*points: tuple[float, float]) -> str:
    """The path of a closed polygon."""
    return " ".join(f"{x:.2f} {y:.2f} {'l' if place else 'm'}" for place, (x, y) in enumerate(points)) + " h"


def shape(code: LightCode, x: float, y: float, size: float) -> str:
    """The mark of a light, ``size`` points wide, around a centre: ring, open diamond, disc, triangle, diamond, tick,
    square, bar: those of the pages.
    """
    half = size / 2
    ink = INK[code]
    square = f"{x - half * 0.85:.2f} {y - half * 0.85:.2f} {half * 1.7:.2f} {half * 1.7:.2f} re"
    diamond = polygon((x, y + half), (x + half, y), (x, y - half), (x - half, y))
    paths = {
        "hollow": f"0.8 w {circle(x, y, half * 0.85)} S",
        "late_receipt": f"0.8 w {diamond} S {x:.2f} {y + half * 0.5:.2f} m {x:.2f} {y - half * 0.5:.2f} l S",
        "green": f"{circle(x, y, half * 0.9)} f",
        "yellow": f"{polygon((x, y + half * 0.9), (x + half, y - half * 0.8), (x - half, y - half * 0.8))} f",
        "red": f"{diamond} f",
        "blue": f"1.5 w {x - half * 0.85:.2f} {y:.2f} m {x - half * 0.25:.2f} {y - half * 0.6:.2f} l "
        f"{x + half * 0.85:.2f} {y + half * 0.65:.2f} l S",
        "black": f"{square} f",
        "grey": f"{x - half:.2f} {y - half * 0.25:.2f} {size:.2f} {half * 0.5:.2f} re f",
    }
    return f"q {ink} rg {ink} RG {paths[code]} Q"


def patch(code: LightCode, x: float, y: float, width: float, height: float) -> str:
    """A rectangle in the pattern of a light, with its outline; ``x``, ``y`` are its lower left corner."""
    box = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    lines = " ".join(_PATTERNS[code](x, y, width, height))
    ink = INK[code]
    hatch = f"0.6 w {ink} RG {lines} S" if lines else ""
    return f"q {_TINT[code]} rg {box} f q {box} W n {hatch} Q 0.6 w {ink} RG {box} S Q"


def _diagonals(step: float, x: float, y: float, width: float, height: float) -> list[str]:
    """Lines that rise to the right for a positive step, to the left for a negative one."""
    count = int((width + height) / abs(step)) + 1
    if step > 0:
        starts = [x - height + place * step for place in range(count + 1)]
        return [f"{at:.2f} {y:.2f} m {at + height:.2f} {y + height:.2f} l" for at in starts]
    starts = [x - place * step for place in range(count + 1)]
    return [f"{at:.2f} {y:.2f} m {at - height:.2f} {y + height:.2f} l" for at in starts]


def _rows(step: float, x: float, y: float, width: float, height: float) -> list[str]:
    return [
        f"{x:.2f} {y + place * step:.2f} m {x + width:.2f} {y + place * step:.2f} l"
        for place in range(1, int(height / step) + 1)
    ]


def _columns(step: float, x: float, y: float, width: float, height: float) -> list[str]:
    return [
        f"{x + place * step:.2f} {y:.2f} m {x + place * step:.2f} {y + height:.2f} l"
        for place in range(1, int(width / step) + 1)
    ]


def _dots(step: float, x: float, y: float, width: float, height: float) -> list[str]:
    """Short strokes on a grid, every second row shifted."""
    found: list[str] = []
    for row in range(int(height / step) + 1):
        top = y + (row + 0.5) * step
        start = x + (0.25 if row % 2 else 0.75) * step
        found += [
            f"{start + place * step:.2f} {top:.2f} m {start + place * step + 0.8:.2f} {top:.2f} l"
            for place in range(int(width / step) + 1)
        ]
    return found


_Pattern = Callable[[float, float, float, float], list[str]]
_PATTERNS: dict[LightCode, _Pattern] = {
    "hollow": lambda *_: [],
    "late_receipt": lambda *box: _diagonals(-5, *box),
    "green": lambda *box: _diagonals(5, *box),
    "yellow": lambda *box: _dots(3, *box),
    "red": lambda *box: _diagonals(3.5, *box) + _diagonals(-3.5, *box),
    "blue": lambda *box: _rows(3, *box),
    "black": lambda *_: [],
    "grey": lambda *box: _columns(3, *box),
}
