"""The first start after a clone: nothing is compiled yet, and everything is in the city's language all the same."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sharingcity"
SAY = """
from pathlib import Path
from sharingcity.site.cli.frame import load_settings
load_settings(Path("data"))
from django.utils.translation import gettext, override
import sharingcity
print(Path(sharingcity.__file__).parents[2])
for language in ("ko", "ar"):
    with override(language):
        print(gettext("Saved searches"))
"""


def test_words_are_there_before_the_models_are_read(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "src" / "sharingcity", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "SHARINGCITY_DATA": str(tmp_path / "data")}

    said = subprocess.run(
        [sys.executable, "-c", SAY], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    ).stdout.split("\n")

    assert said[0] == str(tmp_path)
    assert said[1:3] == ["저장한 검색", "عمليات البحث المحفوظة"]
