"""The kinds as they are published, for the tests that run in Node."""

import json
import sys

from inspections import kinds


def described() -> str:
    lines = [json.dumps(kind.describe(), ensure_ascii=False) for kind in kinds.all()]
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    sys.stdout.write(described())
