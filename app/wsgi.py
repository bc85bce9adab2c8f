"""What gunicorn serves: ``gunicorn app.wsgi:server``."""

from app.factory import create_app

server = create_app().server

# A process serves a component's files only after it has once rendered the page that names them.
server.test_client().get("/")
