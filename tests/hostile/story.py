"""A plain, friendly page, for hostile things to be put into: its story must survive them."""

URL = "https://news.example/2024/03/05/bridge-reopens"

HEADLINE = "Harbour bridge reopens after two years of repairs"

PARAGRAPHS = (
    "The harbour bridge reopened to traffic on Monday morning, two years after engineers found cracks in its eastern "
    "pylon and closed it overnight. Several hundred people walked across before the first bus was let through.",
    "The repairs cost 41 million, nine million more than the council had set aside, mainly because divers discovered "
    "that the foundations had shifted further than the first survey suggested.",
    '"We would rather explain a higher bill than a fallen bridge," said Marta Lindqvist, who heads the city\'s works '
    "department. She thanked residents of the eastern quarter for their patience with the replacement ferry.",
    "The ferry carried about 6,000 passengers a day and will keep running until the end of the month, while sensors on "
    "the pylon are calibrated under the weight of ordinary traffic.",
    "Shopkeepers on both banks said that they had lost up to a third of their customers. The council has promised to "
    "decide on compensation before the summer, but has not said how much money there will be.",
    "Lorries above 12 tonnes remain banned from the bridge for now. A second inspection is planned for October, after "
    "which the works department wants to lift the limit step by step.",
)


def story_page(*, head: str = "", before: str = "", inside: str = "", after: str = "", attributes: str = "") -> bytes:
    """The page as UTF-8 HTML, with hostile markup in its head, before, inside or after the story."""
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    paragraphs.insert(3, inside)
    body = "\n".join(paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{HEADLINE} - News Example</title>{head}'
        f"</head><body><header><nav><a href='/'>Home</a> <a href='/city'>City</a></nav></header>{before}"
        f"<main><article {attributes}><h1>{HEADLINE}</h1><div class='byline'>By Jonas Aalto</div>{body}</article>"
        f"</main>"
        f"{after}<footer>Imprint, privacy, contact</footer></body></html>"
    ).encode("utf-8", "surrogatepass")


def story_text() -> bytes:
    """The story as flattened text."""
    return "\n\n".join([HEADLINE, "By Jonas Aalto", *PARAGRAPHS]).encode()
