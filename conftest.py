"""Every test of every slice runs in the same harness."""

pytest_plugins = ["tests.harness.database", "tests.harness.guards", "tests.harness.fixtures", "tests.harness.post"]
