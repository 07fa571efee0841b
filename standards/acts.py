"""Acts that carry no number of their own: what stands for it, so that the same act is known again."""

from standards.schema import Derive, Payload


def composed(number: str, *parts: str, longest: int = 128) -> Derive:
    """Fill an empty number from other fields; it stays empty while one of them lacks."""

    def derive(payload: Payload) -> None:
        said = [str(payload.get(part, "")) for part in parts]
        if not payload.get(number) and all(said):
            payload[number] = " ".join(said)[:longest]

    return derive
