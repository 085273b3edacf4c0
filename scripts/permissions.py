"""Write the table of routes and roles in docs/permissions.md anew. Read the difference before committing it."""

import os
import subprocess
import sys

environment = {**os.environ, "WRITE_DOCS": "1"}
test = "tests/architecture/test_routes.py::test_routes_and_roles_are_as_documented"
sys.exit(subprocess.run([sys.executable, "-m", "pytest", "-q", test], env=environment, check=False).returncode)
