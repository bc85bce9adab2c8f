"""Long work as jobs: a queue, their records, and the worker process that does them."""
