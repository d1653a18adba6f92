"""The programs that HiGHS is given."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from planning.selection import clash
from planning.selection.instance import Bools, Floats, Instance, Ints, Model, Terms
from planning.selection.presolve import merge_rows
from planning.selection.program import Program
from planning.selection.reach import Reach


@dataclass(eq=False)
class Built:
    program: Program
    # The columns that say whether a site is chosen, and which site each is of.
    chosen: slice
    sites: Ints
    # Columns by which a limit gives way, by the name of what does.
    slack: dict[str, slice] = field(default_factory=dict)
    # How much capacity one of the columns for ports is.
    port: float = 1.0

    def picked(self, values: Floats) -> Ints:
        return self.sites[values[self.chosen] > 0.5]

    def start(self, opened: Ints) -> Floats:
        """The sites of an answer as the solver takes it; it finds the rest."""
        values = np.full(self.program.width, np.inf)
        values[self.chosen] = np.isin(self.sites, opened)
        return values


def allowed(instance: Instance, terms: Terms) -> Bools:
    """Sites that may be chosen at all."""
    ids = np.array(instance.sites, dtype=object)
    barred = np.array([bool(each) for each in instance.barred], np.bool_)
    barred &= ~np.isin(ids, sorted(terms.admitted))
    return np.asarray(~barred & ~np.isin(ids, sorted(terms.forbidden)))


def forced(instance: Instance, terms: Terms) -> Bools:
    return np.isin(np.array(instance.sites, dtype=object), sorted(terms.forced))


def covering(reach: Reach, sites: Ints, instance: Instance, terms: Terms, number: int) -> Built:
    """The most weight covered by some of these sites; forced ones are out of it already."""
    built = _chosen(sites, instance, terms, number)
    program = built.program
    merged, weight, _ = merge_rows(reach.rows, reach.cols, reach.ceiling, len(sites))
    met = program.columns(len(weight), cost=-weight)
    program.offset = float(reach.ceiling.sum())
    program.rows(
        [(met, sparse.eye_array(len(weight), format="csr")), (built.chosen, -merged)], most=0
    )
    return built


def median(
    reach: Reach, sites: Ints, instance: Instance, terms: Terms, number: int, unserved: float
) -> Built:
    """The least walking. A ceiling of `unserved` is no cost but a demand: somebody must serve."""
    built = _chosen(sites, instance, terms, number)
    program = built.program
    rows, cols, value = reach.rows, reach.cols, reach.value
    must = reach.ceiling >= unserved
    if terms.exactly:
        # Of so many sites one at least is chosen: nobody goes farther than to the last of them.
        most = len(sites) - number + 1
        by_value = np.lexsort((cols, value, rows))
        rows, cols, value = rows[by_value], cols[by_value], value[by_value]
        starts = np.r_[0, np.flatnonzero(rows[1:] != rows[:-1]) + 1] if len(rows) else rows
        rank = np.arange(len(rows)) - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))
        near = rank < most
        rows, cols, value = rows[near], cols[near], value[near]
    k, n = len(rows), len(reach.ceiling)
    program.offset = float(reach.ceiling[~must].sum())
    goes = program.columns(k, cost=np.where(must[rows], value, value - reach.ceiling[rows]))
    at = np.arange(k)
    program.rows(
        [(goes, sparse.csr_array((np.ones(k), (rows, at)), shape=(n, k)))],
        least=must.astype(float),
        most=1.0,
    )
    program.rows(
        [
            (goes, sparse.eye_array(k, format="csr")),
            (built.chosen, -sparse.csr_array((np.ones(k), (at, cols)), shape=(k, len(sites)))),
        ],
        most=0,
    )
    return built


def _chosen(sites: Ints, instance: Instance, terms: Terms, number: int) -> Built:
    program = Program()
    chosen = program.columns(len(sites), whole=True)
    built = Built(program, chosen, sites)
    program.row([(chosen, 1.0)], least=number if terms.exactly else -np.inf, most=number)
    if terms.budget is not None:
        spent = float(instance.price[forced(instance, terms)].sum())
        program.row([(chosen, instance.price[sites])], most=terms.budget - spent)
    pairs = clash.matrix(instance, terms)[sites][:, sites]
    _one_of_each(built, clash.cliques(sparse.csr_array(pairs)))
    return built


def _one_of_each(built: Built, cliques: list[Ints]) -> None:
    if cliques:
        row = np.repeat(np.arange(len(cliques)), [len(each) for each in cliques])
        part = sparse.csr_array(
            (np.ones(len(row)), (row, np.concatenate(cliques))),
            shape=(len(cliques), len(built.sites)),
        )
        built.program.rows([(built.chosen, part)], most=1)


def whole(
    instance: Instance,
    terms: Terms,
    *,
    serve_all: bool,
    elastic: frozenset[str] = frozenset(),
) -> Built:
    """Everything in one program: with capacities, or where all must be served.

    `elastic` names limits that may give way, each by columns of its own that cost 0 as yet:
    number, budget, ports, estates (more than one), forced, forbidden, rules.
    """
    m = len(instance.sites)
    sites = np.arange(m)
    program = Program()
    standing, must, may = instance.standing, forced(instance, terms), allowed(instance, terms)
    ids = np.array(instance.sites, dtype=object)
    out = np.isin(ids, sorted(terms.forbidden)) & ~standing
    ruled_out = ~may & ~out & ~standing
    upper = np.ones(m)
    upper[out & ("forbidden" not in elastic)] = 0
    upper[ruled_out & ("rules" not in elastic)] = 0
    lower = standing | (must & ("forced" not in elastic))
    chosen = program.columns(m, whole=True, lower=np.minimum(lower, upper), upper=upper)
    built = Built(program, chosen, sites, port=terms.port or 1.0)
    for name, which, sign in (
        ("forbidden", out, 1.0),
        ("rules", ruled_out, 1.0),
        ("forced", must, -1.0),
    ):
        if name in elastic and which.any():
            at = np.flatnonzero(which)
            gives = program.columns(len(at), whole=True)
            built.slack[name] = gives
            pick = sparse.csr_array(
                (np.full(len(at), sign), (np.arange(len(at)), at)), shape=(len(at), m)
            )
            program.rows(
                [(chosen, pick), (gives, -sparse.eye_array(len(at), format="csr"))],
                most=0.0 if sign > 0 else -1.0,
            )
    new = (~standing).astype(float)
    if terms.number is not None:
        parts: list[tuple[slice, ArrayLike]] = [(chosen, new)]
        if "number" in elastic:
            built.slack["number"] = program.columns(1, upper=float(m))
            parts.append((built.slack["number"], -1.0))
        exactly = terms.exactly and "number" not in elastic
        program.row(parts, least=terms.number if exactly else -np.inf, most=terms.number)
    if terms.budget is not None:
        parts = [(chosen, instance.price * new)]
        if "budget" in elastic:
            built.slack["budget"] = program.columns(1, upper=float(instance.price.sum()) + 1)
            parts.append((built.slack["budget"], -1.0))
        program.row(parts, most=terms.budget)
    _clashes(built, instance, terms, elastic)
    if terms.capacitated:
        _amounts(built, instance, terms, serve_all=serve_all, elastic=elastic)
    else:
        _covers(built, instance, serve_all=serve_all)
    if terms.model is Model.LSCP and not elastic:
        program.cost[chosen] = instance.price * new if terms.by_price else new
    return built


def _clashes(built: Built, instance: Instance, terms: Terms, elastic: frozenset[str]) -> None:
    of = clash.groups(instance, terms)
    if "estates" in elastic and (of >= 0).any():
        member = np.flatnonzero(of >= 0)
        names, number = np.unique(of[member], return_inverse=True)
        gives = built.program.columns(len(names), upper=float(len(member)))
        built.slack["estates"] = gives
        belongs = sparse.csr_array(
            (np.ones(len(member)), (number, member)), shape=(len(names), len(of))
        )
        built.program.rows(
            [(built.chosen, belongs), (gives, -sparse.eye_array(len(names), format="csr"))], most=1
        )
        terms = replace(terms, one_per_group=False)
    _one_of_each(built, clash.cliques(clash.matrix(instance, terms)))


def _covers(built: Built, instance: Instance, *, serve_all: bool) -> None:
    merged, weight, row_of = merge_rows(
        instance.rows, instance.cols, instance.weight, len(instance.sites)
    )
    program = built.program
    if serve_all:
        program.rows([(built.chosen, merged)], least=1)
        missing = int((row_of < 0).sum())
        if missing:
            # Nobody reaches them: a row that can't be kept says so.
            program.row([(built.chosen, 0.0)], least=1)
        return
    met = program.columns(len(weight), cost=-weight)
    program.offset = float(instance.weight.sum())
    program.rows(
        [(met, sparse.eye_array(len(weight), format="csr")), (built.chosen, -merged)], most=0
    )


def _amounts(
    built: Built, instance: Instance, terms: Terms, *, serve_all: bool, elastic: frozenset[str]
) -> None:
    n, m, k = len(instance.demand), len(instance.sites), len(instance.rows)
    program, total = built.program, float(instance.weight.sum())
    capacity = np.where(np.isfinite(instance.capacity), instance.capacity, total)
    at = np.arange(k)
    cost = {Model.MCLP: -np.ones(k), Model.LSCP: np.zeros(k), Model.PMEDIAN: instance.cost}
    amount = program.columns(
        k,
        cost=0.0 if elastic else cost[terms.model],
        upper=instance.weight[instance.rows],
    )
    by_demand = sparse.csr_array((np.ones(k), (instance.rows, at)), shape=(n, k))
    program.rows(
        [(amount, by_demand)],
        least=instance.weight if serve_all else -np.inf,
        most=instance.weight,
    )
    parts = [
        (amount, sparse.csr_array((np.ones(k), (instance.cols, at)), shape=(m, k))),
        (built.chosen, -sparse.diags_array(capacity, format="csr")),
    ]
    link = instance.weight[instance.rows]
    if "ports" in elastic:
        most = np.ceil(total / built.port)
        more = program.columns(m, upper=most, whole=terms.port > 0)
        built.slack["ports"] = more
        parts.append((more, -built.port * sparse.eye_array(m, format="csr")))
        # Only a site that is there can have more.
        program.rows(
            [
                (more, sparse.eye_array(m, format="csr")),
                (built.chosen, -most * sparse.eye_array(m, format="csr")),
            ],
            most=0,
        )
    else:
        link = np.minimum(link, capacity[instance.cols])
    program.rows(parts, most=0)
    program.rows(
        [
            (amount, sparse.eye_array(k, format="csr")),
            (
                built.chosen,
                -sparse.csr_array((link, (at, instance.cols)), shape=(k, m)),
            ),
        ],
        most=0,
    )
    if terms.model is Model.MCLP and not elastic:
        program.offset = total
