"""Kinds nobody wrote, and answers to them near their limits."""

from datetime import timedelta

from hypothesis import strategies as st

from inspections.kind import (
    COULD_NOT_CHECK,
    NOT_APPLICABLE,
    Above,
    AnswerTo,
    AnyOf,
    AtLeast,
    AtMost,
    Choice,
    Evidence,
    Fact,
    Force,
    Is,
    Item,
    Kind,
    Larger,
    LessThan,
    Measure,
    Measures,
    MustBe,
    NoFault,
    Number,
    Option,
    Ratio,
    Severity,
    Smaller,
    Sure,
    YesNo,
)

FACTS = {
    "high_rise": st.booleans(),
    "height_m": st.sampled_from([0, 27, 49.9999999, 50, 50.0000001, 120]),
    "indoor": st.booleans(),
    "ports": st.integers(0, 200),
    "bays": st.sampled_from([0, 20, 99, 100, 101, 500]),
    "ebikes": st.integers(0, 3000),
    "area_m2": st.sampled_from([0, 12.5, 199.9999999, 200, 200.0000001, 1500]),
    "appliance": st.sampled_from(["ordinary", "large", "extra_large"]),
    "road": st.sampled_from(["path", "asphalt_branch", "concrete_branch"]),
}
facts = st.fixed_dictionaries({}, optional={n: st.none() | each for n, each in FACTS.items()})

LIMITS = st.sampled_from([0, 0.3, 0.5, 1, 1.5, 3, 4.0, 12, 20, 50])
NAMES = ("a", "b", "c")


def conditions(earlier: list[str]):
    of = st.sampled_from([Fact(name) for name in FACTS] + [AnswerTo(code) for code in earlier])
    value = st.booleans() | st.sampled_from(["ok", "worn", "large", "path"])
    one = st.builds(Is, of, value) | st.builds(Above, of, LIMITS)
    return one | st.builds(AnyOf, st.lists(one, min_size=1, max_size=3).map(tuple))


numbers = st.builds(
    Number,
    st.sampled_from(["m", "%", "盏"]),
    st.sampled_from([-10, 0, 0.5]),
    st.sampled_from([20, 100.0, 1e6]),
    st.booleans(),
    st.sampled_from(["", "lamps"]),
)
answers = st.one_of(
    st.just(YesNo()),
    numbers,
    st.lists(st.sampled_from(["ok", "worn", "missing"]), min_size=1, unique=True).flatmap(
        lambda keys: st.tuples(
            *(
                st.builds(Option, st.just(k), st.just("词"), st.just("word"), st.booleans())
                for k in keys
            )
        ).map(Choice)
    ),
    st.integers(1, 3).flatmap(
        lambda many: st.tuples(
            *(
                st.builds(
                    Measure, st.just(n), st.just("量"), st.just("size"), numbers, st.booleans()
                )
                for n in NAMES[:many]
            )
        ).map(Measures)
    ),
)


def rules(answer, earlier: list[str]):
    shared = {
        "only_if": st.none() | conditions(earlier),
        "sure": st.none() | st.sampled_from(Sure),
        "force": st.none() | st.sampled_from(Force),
    }
    if isinstance(answer, YesNo):
        rule = st.builds(MustBe, st.booleans(), **shared)
    elif isinstance(answer, Choice):
        rule = st.builds(NoFault, **shared)
    else:
        of = st.none()
        if isinstance(answer, Measures):
            name = st.sampled_from([measure.name for measure in answer.measures])
            of = name | st.one_of(*(st.builds(two, name, name) for two in (Smaller, Larger, Ratio)))
        rule = st.one_of(
            *(st.builds(word, LIMITS, of, **shared) for word in (AtLeast, AtMost, LessThan))
        )
    return st.lists(rule, min_size=1, max_size=3).map(tuple)


@st.composite
def items(draw, code: str, earlier: list[str]):
    answer = draw(answers)
    return Item(
        code=code,
        zh="检查项",
        en="item",
        severity=draw(st.sampled_from(Severity)),
        evidence_zh="照片",
        evidence_en="photo",
        evidence=draw(st.sampled_from(Evidence)),
        basis_zh=draw(st.text(max_size=5)),
        basis_en="basis",
        sure=draw(st.sampled_from(Sure)),
        answer=answer,
        rules=draw(rules(answer, earlier)),
        force=draw(st.sampled_from(Force)),
        only_if=draw(st.none() | conditions(earlier)),
        retired=draw(st.integers(0, 5)) == 0,
    )


@st.composite
def kinds(draw):
    codes = [f"AA-{number:02}" for number in range(1, draw(st.integers(1, 5)) + 1)]
    return Kind(
        slug="drawn",
        title_zh="随机",
        title_en="Drawn",
        asset=draw(st.sampled_from([None, "lane", "light"])),
        due_every=timedelta(days=draw(st.integers(1, 400))),
        items=tuple(draw(items(code, codes[:n])) for n, code in enumerate(codes)),
    )


quantities = st.one_of(
    LIMITS,
    LIMITS.map(lambda limit: limit - 1e-7),
    LIMITS.map(lambda limit: limit + 1e-7),
    st.integers(-20, 200),
    st.decimals(0, 100, places=2).map(float),
    st.floats(-20, 2e6),
)
anything = st.one_of(st.none(), st.booleans(), st.text(max_size=3), quantities, st.just([]))


def answers_to(kind: Kind):
    """Mostly such as can be read; now and then anything at all."""
    return st.fixed_dictionaries({}, optional={item.code: _answer(item) for item in kind.items}) | (
        st.dictionaries(
            st.sampled_from([item.code for item in kind.items] + ["ZZ-99", "__proto__"]), anything
        )
    )


def _answer(item: Item):
    match item.answer:
        case YesNo():
            own = st.booleans()
        case Choice(options):
            own = st.sampled_from([option.key for option in options])
        case Measures(measures):
            needed = {m.name: _number(m.number) for m in measures if not m.optional}
            optional = {m.name: _number(m.number) for m in measures if m.optional}
            own = st.fixed_dictionaries(needed, optional=optional)
        case Number():
            own = _number(item.answer)
    return own | st.sampled_from([NOT_APPLICABLE, COULD_NOT_CHECK])


def _number(number: Number):
    inside = quantities.map(lambda value: min(max(value, number.min), number.max))
    return inside.map(int).filter(lambda value: value >= number.min) if number.whole else inside
