"""What tests need from the machine: a browser and a PostgreSQL server."""
