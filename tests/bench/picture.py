"""The figures of bench.py as bars, one block for each unit, one bar for each figure and size."""
from xml.sax.saxutils import escape

TITLES = {"s": "Seconds", "ms": "Milliseconds a query", "MB": "Peak memory, MB", "x": "Ratios"}
COLOURS = {"hiku": "#1f6f8b", "mecab": "#9aa5ab", "lucene": "#7a9a3a", "groonga": "#c98c3c"}
ROW, LABEL, BAR, WIDTH = 18, 330, 330, 760


def colour(name):
    return next((c for peer, c in COLOURS.items() if name.startswith(peer)), COLOURS["hiku"])


def block(figures, unit, top):
    """The block's elements, and where it ends."""
    rows = [f for f in figures if f["unit"] == unit]
    largest = max(f["value"] for f in rows) or 1
    out = ['<text x="10" y="%d" font-weight="bold">%s</text>' % (top + 14, TITLES[unit])]
    top += ROW + 6
    for f in rows:
        width = max(1, BAR * f["value"] / largest)
        label = "%s (%s records)" % (f["figure"], format(f["records"], ","))
        out.append('<text x="%d" y="%d" text-anchor="end">%s</text>'
                   % (LABEL, top + 13, escape(label)))
        out.append('<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>'
                   % (LABEL + 10, top + 2, width, ROW - 4, colour(f["figure"])))
        out.append('<text x="%.1f" y="%d">%.3g</text>' % (LABEL + 15 + width, top + 13, f["value"]))
        top += ROW
    return out, top + 12


def draw(figures, machine):
    elements, top = [], 34
    for unit in TITLES:
        if any(f["unit"] == unit for f in figures):
            more, top = block(figures, unit, top)
            elements += more
    head = "%s, %s processors: %s" % (machine["processor"], machine["processors"], machine["hiku"])
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" '
            'font-size="11">\n<rect width="100%%" height="100%%" fill="white"/>\n'
            '<text x="10" y="20" font-size="13">%s</text>\n%s\n</svg>\n'
            % (WIDTH, top, escape(head), "\n".join(elements)))
