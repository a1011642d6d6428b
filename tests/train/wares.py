"""Lists that look like promos of stories and are none: products, jobs, events. Made up for training, drawn by lot."""

from collections.abc import Sequence
from html import escape

import numpy as np

_MAKERS = (
    "Alder",
    "Norvik",
    "Casa Lume",
    "Helio",
    "Brightwell",
    "Tandem",
    "Okoro",
    "Falk & Sohn",
    "Miravel",
    "Zephyrine",
)
_GOODS = (
    "Espresso Machine", "Running Shoe", "Office Chair", "Wireless Headphones", "Yoga Mat", "Cast Iron Skillet",
    "Kaffeemaschine", "Rucksack", "Stehlampe", "Mechanical Keyboard", "Rain Jacket", "Sleeping Bag", "Vélo électrique",
    "Bicicleta plegable", "Robot Vacuum", "USB-C Hub", "Standing Desk", "Gaming Laptop", "Garden Hose", "Water Bottle",
)  # fmt: skip
_SIZES = (
    "7' x 5' x 1/4\"",
    "16 GB",
    "42",
    "500 ml",
    "2025 Edition",
    "Premium Large",
    "15,6 Zoll",
    "Pro",
    "Set of 4",
    "",
)
_POINTS = (
    "adjustable height", "a five year warranty", "precise temperature control", "a washable cover", "fast charging",
    "recycled materials", "quiet operation", "a compact footprint", "extra padding", "an easy to clean surface",
)  # fmt: skip
_PRICES = ("$499.95", "€ 89,00", "1.299,00 €", "£45", "$12.99 $19.99", "ab 24,90 €", "From $1,050")
_RATINGS = ("(513)", "4.7 out of 5", "34 reviews", "★★★★☆", "4,5 (1.204)")
_BUY = ("Add to cart", "Shop now", "View product", "Buy now", "In den Warenkorb", "Check price", "Zum Angebot")
_TRADES = (
    "Software Engineer", "Sales Manager", "Nurse Practitioner", "Systemadministrator", "Controller", "Data Analyst",
    "Fachinformatiker", "Ingénieur qualité", "Electrician", "Head of Marketing", "Werkstudent Logistik", "Paralegal",
)  # fmt: skip
_FORMS = ("(m/w/d)", "(f/m/x)", "- Remote", "Full-time", "(H/F)", "Senior", "in Teilzeit")
_TOWNS = ("Berlin", "Austin, TX", "Lyon", "Remote", "Manchester", "Wien", "Toronto", "Hamburg", "Madrid")
_APPLY = ("Apply now", "Jetzt bewerben", "View job", "Details", "Postuler")
_HAPPENINGS = (
    "Summer Concert in the Park", "Charity Bike Ride", "Annual Members Meeting", "Wine Tasting Evening",
    "Open Day at the Harbour", "Flohmarkt am Rathaus", "Beginners' Pottery Workshop", "Half Marathon", "Jazznacht",
    "Webinar: Planning for Retirement", "Book Fair", "Family Fun Run",
)  # fmt: skip
_WHEN = ("Sat, 14 June, 7:30 pm", "12.07.2025, 20 Uhr", "June 3 - 5", "Every Tuesday", "Sun 22 Mar 10:00")
_TICKETS = ("Get tickets", "Register", "Find out more", "Tickets", "Mehr Infos")
_HEADINGS = ("Shop", "Our picks", "Jobs", "Stellenmarkt", "Events", "Veranstaltungen", "Deals of the day", "What's on")


def wares(draw: np.random.Generator, markup: tuple[str, str, str, str]) -> tuple[str, list[str]]:
    """A list of products, jobs or events, and its texts. markup: tags of list and entry, class of an entry, heading."""
    holder, entry, entry_class, heading = markup

    def one_of(values: Sequence[str]) -> str:
        return values[int(draw.integers(len(values)))]

    kind = one_of(("product", "product", "job", "event"))
    over, linked, listed = one_of(_HEADINGS), draw.random() < 0.85, draw.random() < 0.7
    lines = [over]
    made = [f"<h3>{over}</h3>"] if listed else []
    for number in range(int(draw.integers(3, 13))):
        if kind == "product":
            goods = one_of(_GOODS)
            name = " ".join(filter(None, (one_of(_MAKERS), goods, one_of(_SIZES))))
            more = [one_of(_PRICES), one_of(_RATINGS), one_of(_BUY)]
            if draw.random() < 0.5:
                more.insert(1, f"A {goods.lower()} with {one_of(_POINTS)} and {one_of(_POINTS)}.")
            href = f"/product/{number}-{goods.lower().replace(' ', '-')}"
        elif kind == "job":
            name = f"{one_of(_TRADES)} {one_of(_FORMS)}"
            more = [f"{one_of(_MAKERS)} GmbH", one_of(_TOWNS), one_of(_APPLY)]
            href = f"/jobs/{number}"
        else:
            name = one_of(_HAPPENINGS)
            more = [one_of(_WHEN), one_of(_TOWNS), one_of(_TICKETS)]
            href = f"/events/{name.lower().replace(' ', '-')}"
        lines += [name, *more]
        shown = f'<a href="{href}">{escape(name)}</a>' if linked else escape(name)
        picture = f'<a href="{href}"><img src="/w{number}.jpg" alt="{escape(name)}"></a>' if number % 2 else ""
        inner = f"{picture}<{heading}>{shown}</{heading}>" + "".join(f"<div>{escape(line)}</div>" for line in more)
        made.append(f'<{entry} class="{entry_class}">{inner}</{entry}>' if entry else inner)
    return f"<{holder}>{''.join(made)}</{holder}>", lines
