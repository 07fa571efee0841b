"""What a machine's token may ask for, and for which purpose."""

from services import receipts
from services.access import ApiClient, Forbidden

IMPORTS = "imports"  # the scope of sending files for the shared record
RECORDS = "records"  # the scope of reading a subject's published records; services/operations.py names it


def check_purpose(client: ApiClient, purpose: str) -> None:
    """A token for one purpose of the lists may not be used for another. Raises Forbidden."""
    if client.purpose in receipts.purposes() and client.purpose != purpose:
        raise Forbidden(f"token is for {client.purpose}")
