"""What gunicorn serves where it is deployed: ``gunicorn app.wsgi:server``."""

from app import loading
from app.factory import create_app

server = create_app().server
loading.of(server).finish()  # before the workers are forked, which then share the libraries' memory
