"""Legal texts as an English reader understands them: courtesy translations, of which the Chinese alone counts."""

from functools import cache

from services import defaults
from standards.lawnames import cited, number
from standards.words import Text

__all__ = ["article", "cited", "gloss", "number"]


def gloss(text: str) -> Text:
    """A gist, a title or what a text governs, with its courtesy translation when one is shipped for these words."""
    return Text(text, _glosses().get(text, text))


def article(name: str) -> Text:
    """The name of an article, 第四十八条 as Article 48, or of a part that has a title instead."""
    return gloss(name) if name in _glosses() else cited(name)


@cache
def _glosses() -> dict[str, str]:
    """Chinese to English, of the texts in data/law.json."""
    said = {}
    for basis in defaults.read("law.json"):
        said[basis["title"]], said[basis["governs"]] = basis["title_en"], basis.get("governs_en", basis["governs"])
        for one in basis["articles"]:
            said[one["gist"]] = one.get("gist_en", one["gist"])
            if "article_en" in one:
                said[one["article"]] = one["article_en"]
    return said
