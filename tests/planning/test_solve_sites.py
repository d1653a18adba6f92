"""`manage.py solve_sites`: two plain files in, one line of JSON out. No database is asked."""

import json

import pytest
from django.core.management import CommandError, call_command

DEMAND = "demand,weight\na,10\nb,6\nc,3\n"
COSTS = "demand,site,cost\na,1,0\na,2,5\nb,1,9\nb,2,0\nc,10,2\n"


@pytest.fixture
def files(tmp_path):
    def write(demand=DEMAND, costs=COSTS):
        (tmp_path / "demand.csv").write_text(demand, encoding="utf-8")
        (tmp_path / "costs.csv").write_text(costs, encoding="utf-8")
        return ["--costs", str(tmp_path / "costs.csv"), "--demand", str(tmp_path / "demand.csv")]

    return write


@pytest.fixture
def run(capsys):
    def run(*arguments):
        call_command("solve_sites", *arguments, "--format", "json")
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize(
    ("asked", "objective", "sites"),
    [
        (["--model", "mclp", "--p", "1", "--radius", "5"], 16.0, ["2"]),
        (["--model", "mclp", "--p", "2", "--radius", "5"], 19.0, ["2", "10"]),
        (["--model", "lscp", "--radius", "5"], 2.0, ["2", "10"]),
        (["--model", "pmedian", "--p", "3"], 6.0, ["1", "2", "10"]),
        (["--model", "pmedian", "--p", "2", "--radius", "1"], 56.0, ["2", "10"]),
    ],
)
def test_the_answer_is_objective_sites_status_and_gap(files, run, asked, objective, sites):
    assert run(*files(), *asked) == {
        "objective": objective,
        "sites": sites,
        "status": "optimal",
        "gap": 0.0,
    }


def test_where_there_is_no_answer_it_says_so_and_ends_with_3(files, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command(
            "solve_sites", *files(), "--model", "lscp", "--radius", "1", "--format", "json"
        )
    assert ended.value.code == 3
    assert json.loads(capsys.readouterr().out) == {
        "objective": None,
        "sites": [],
        "status": "infeasible",
        "gap": None,
    }


def test_every_bad_line_of_both_files_is_named(files):
    wrong = files(
        "demand,weight\na,10\nb,heavy\na,3\nc,-1\n,4\n",
        "demand,site,cost\na,1,0\nz,1,4\na,1,7\na,2\na,3,nan\n",
    )
    with pytest.raises(CommandError) as refused:
        call_command("solve_sites", *wrong, "--model", "lscp", "--radius", "1")
    assert refused.value.returncode == 2
    assert str(refused.value).splitlines() == [
        "demand.csv:3: weight 'heavy' is no number",
        "demand.csv:4: demand a is listed twice",
        "demand.csv:5: weight '-1' is not a number from 0 up",
        "demand.csv:6: demand is empty",
        "costs.csv:3: demand z is not in demand.csv",
        "costs.csv:4: demand a and site 1 are listed twice",
        "costs.csv:5: 2 cells instead of 3",
        "costs.csv:6: cost 'nan' is not a number from 0 up",
    ]


@pytest.mark.parametrize(
    ("demand", "costs", "said"),
    [
        ("weight\n1\n", COSTS, "demand.csv:1: the first line must name demand, weight"),
        (DEMAND, "demand,site,cost\n", "costs.csv: no costs in it"),
        ("demand,weight\n", "demand,site,cost\n", "demand.csv: no demand in it"),
    ],
)
def test_a_file_that_is_something_else_is_refused(files, demand, costs, said):
    with pytest.raises(CommandError, match=said) as refused:
        call_command("solve_sites", *files(demand, costs), "--model", "lscp", "--radius", "1")
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--model", "mclp", "--radius", "5"], "mclp needs --p"),
        (["--model", "lscp"], "lscp needs --radius"),
        (["--model", "pmedian", "--p", "4"], "--p 4: there are 3 sites to choose from"),
    ],
)
def test_what_a_model_needs_is_asked_for(files, asked, said):
    with pytest.raises(CommandError, match=said) as refused:
        call_command("solve_sites", *files(), *asked)
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_named(files, tmp_path):
    arguments = files()
    (tmp_path / "costs.csv").unlink()
    with pytest.raises(CommandError, match=r"costs\.csv: can't be read: No such file"):
        call_command("solve_sites", *arguments, "--model", "lscp", "--radius", "1")
