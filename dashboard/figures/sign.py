"""The product's sign at the top left: a chart that steps up, as SVG text."""

from dashboard.figures.palette import BRAND

SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="24" viewBox="0 0 40 24" fill="none">'
    f'<path d="M2 20H10V14H18V17H25V8H33" stroke="{BRAND}" stroke-width="2.6"/>'
    f'<circle cx="34" cy="7" r="3.6" fill="{BRAND}"/></svg>'
)
