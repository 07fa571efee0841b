"""The web application as gunicorn loads it."""

from app import create_app
from settings import read_settings

application = create_app(read_settings())
