"""`./test [--quick] [--engine sqlite|postgresql] [pytest arguments]`.

Format, lint, types and import contracts; then the tests on SQLite and on PostgreSQL, races and browser included. The
last line sums up all pytest sessions. `--quick`: SQLite only, without browser, races and what is marked slow.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

import cluster
import needs
import stages

from sharingcity.site import bootstrap

ENGINES = ("sqlite", "postgresql")


def read_arguments(given: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="./test", description=__doc__, allow_abbrev=False, add_help=False)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--engine", choices=ENGINES)
    return parser.parse_known_args(given)


def run_all(options: argparse.Namespace, given: list[str]) -> stages.Record:
    record = stages.Record()
    engines = [options.engine] if options.engine else ["sqlite"] if options.quick else list(ENGINES)
    known = {"SHARINGCITY_TEST_PROFILE": "quick" if options.quick else "full"}
    programs = needs.postgresql() if "postgresql" in engines else None
    if not options.quick:
        known["SHARINGCITY_TEST_CHROMIUM"] = needs.chromium()
    stages.run_checks(record)
    if "sqlite" in engines:
        known["SHARINGCITY_DATABASE_URL"] = ""
        stages.run_engine(record, "tests on SQLite", given, is_quick=options.quick, **known)
    if programs is not None:
        with cluster.postgresql_cluster(programs) as address:
            known["SHARINGCITY_DATABASE_URL"] = address
            known["SHARINGCITY_TEST_ONLY"] = "database" if "sqlite" in engines else ""
            stages.run_engine(record, "tests on PostgreSQL", given, is_quick=options.quick, **known)
    return record


def main(given: list[str]) -> int:
    bootstrap.make_environment("test")
    if Path(sys.prefix) != bootstrap.ENVIRONMENT:
        os.execv(bootstrap.PYTHON, [str(bootstrap.PYTHON), str(Path(__file__).parent), *given])
    record = run_all(*read_arguments(given))
    if record.failed_checks:
        bootstrap.say(f"These checks failed: {', '.join(record.failed_checks)}")
    sys.stderr.flush()
    print(record.closing_line(), flush=True)
    return record.exit_status()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
