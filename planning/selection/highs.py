"""HiGHS, told arrays and watched."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import highspy
import numpy as np

from planning.selection.instance import Floats
from planning.selection.outcome import Progress, Status, Stopped, Watch
from planning.selection.program import Program

_PROVEN = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    # All columns are bounded here.
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Status.INFEASIBLE,
}
_FEASIBLE = 2  # HiGHS' kSolutionStatusFeasible


@dataclass(frozen=True, eq=False)
class Found:
    status: Status
    values: Floats
    objective: float
    bound: float
    gap: float
    nodes: int


@dataclass(eq=False)
class Clock:
    """The time there is for all that is solved, who watches, and the progress told last."""

    seconds: float
    watch: Watch | None = None
    # From what the solver minimises to what people read.
    shown: Callable[[float], float] = float
    # Costs from here on are no answers.
    beyond: float = np.inf

    def __post_init__(self) -> None:
        self.begun = monotonic()

    @property
    def spent(self) -> float:
        return monotonic() - self.begun

    @property
    def left(self) -> float:
        return max(self.seconds - self.spent, 0.0)

    def tell(self, stage: str, cost: float | None = None, bound: float | None = None) -> None:
        """Raises Stopped where whoever watches has had enough."""
        if self.watch is None:
            return
        objective, limit = self._read(cost), self._read(bound)
        gap = None
        if objective is not None and limit is not None:
            gap = relative_gap(objective, limit)
        if not self.watch(Progress(self.spent, stage, objective, limit, gap)):
            raise Stopped

    def _read(self, cost: float | None) -> float | None:
        known = cost is not None and np.isfinite(cost) and abs(cost) < self.beyond
        return self.shown(cost) if known and cost is not None else None


def relative_gap(objective: float, bound: float) -> float:
    apart = abs(objective - bound)
    return 0.0 if apart < 1e-9 else apart / max(abs(objective), 1e-9)


def optimise(
    program: Program,
    clock: Clock,
    *,
    stage: str,
    gap: float = 0.0,
    apart: float = 1e-7,
    start: Floats | None = None,
    nodes: int | None = None,
    enough: float | None = None,
) -> Found:
    """The least of the program. One thread and one seed: the same program takes the same path.

    `apart`: answers that differ by less are as good. `nodes` limits the search in a way that no
    clock decides. `enough`: any answer that costs no more will do, and a proof that there is none
    ends it as infeasible. Raises Stopped.
    """
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": gap,
        "mip_abs_gap": apart,
        "mip_feasibility_tolerance": 1e-7,
        "primal_feasibility_tolerance": 1e-8,
        "dual_feasibility_tolerance": 1e-8,
        "time_limit": clock.left,
    }.items():
        solver.setOptionValue(name, value)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(_told(program))
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start.tolist()
        solver.setSolution(known)
    if enough is not None:
        solver.setOptionValue("objective_target", enough)
    stopped = beyond = False

    def watched(event: Any) -> None:
        nonlocal stopped, beyond
        out = event.data_out
        if enough is not None and enough < out.mip_dual_bound < np.inf:
            beyond = True
            event.interrupt()
        try:
            clock.tell(stage, float(out.mip_primal_bound), float(out.mip_dual_bound))
        except Stopped:
            stopped = True
            event.interrupt()

    if program.whole.any():
        solver.cbMipInterrupt.subscribe(watched)
    solver.run()
    if stopped:
        raise Stopped
    status = _PROVEN.get(solver.getModelStatus(), Status.UNKNOWN)
    info = solver.getInfo()
    if status is Status.UNKNOWN and info.primal_solution_status == _FEASIBLE:
        status = Status.FEASIBLE
    objective = float(info.objective_function_value)
    bound = float(info.mip_dual_bound) if program.whole.any() else objective
    if beyond or (enough is not None and status is Status.OPTIMAL and objective > enough):
        status = Status.INFEASIBLE
    values = np.asarray(solver.getSolution().col_value, float)
    return Found(
        status,
        values if len(values) == program.width else np.zeros(program.width),
        objective,
        bound,
        relative_gap(objective, bound),
        max(int(info.mip_node_count), 0),
    )


def relaxed(program: Program, clock: Clock) -> tuple[float, Floats] | None:
    """What the program costs if parts of sites could be chosen, and by how much at least it
    would cost more for each unit of a column away from where it is then; None if out of time."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", clock.left)
    told = _told(program)
    told.integrality_ = []
    solver.passModel(told)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    objective = float(solver.getInfo().objective_function_value)
    return objective, np.asarray(solver.getSolution().col_dual, float)


def _told(program: Program) -> highspy.HighsLp:
    matrix, least, most = program.matrix()
    told = highspy.HighsLp()
    told.num_col_, told.num_row_ = program.width, matrix.shape[0]
    told.col_cost_, told.offset_ = program.cost, program.offset
    told.col_lower_, told.col_upper_ = program.lower, program.upper
    told.row_lower_, told.row_upper_ = least, most
    told.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    told.a_matrix_.start_ = matrix.indptr
    told.a_matrix_.index_ = matrix.indices
    told.a_matrix_.value_ = matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    told.integrality_ = [kinds[each] for each in program.whole.astype(int).tolist()]
    return told
