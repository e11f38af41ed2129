"""The few words of SVG that the drawings share."""

from django.utils.safestring import SafeString, mark_safe


def finished(drawing: str) -> SafeString:
    """The one door through which drawings reach pages: numbers and our own class names, words escaped before."""
    return mark_safe(drawing)  # noqa: S308 - made of numbers and constants; labels are escaped by whoever adds them


def number(value: float) -> str:
    """A coordinate as short text: two digits at most, no trailing zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rect(box: tuple[float, float, float, float], css: str, radius: float = 0) -> str:
    """A rectangle of (x, y, width, height)."""
    x, y, width, height = (number(side) for side in box)
    return f'<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{number(radius)}"/>'


def circle(x: float, y: float, radius: float, css: str) -> str:
    """A disc round (x, y)."""
    return f'<circle class="{css}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def path(data: str, css: str) -> str:
    """A path; holes in it stay open."""
    return f'<path class="{css}" fill-rule="evenodd" d="{data}"/>' if data else ""


def dots(points: list[tuple[float, float]], css: str) -> str:
    """Round points as one path: a stroke of no length with round ends. Far smaller than circles."""
    return path("".join(f"M{number(x)} {number(y)}h0" for x, y in points), css)
