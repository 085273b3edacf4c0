"""What tests need from the machine: a browser, a PostgreSQL server, a worker of their own."""
