"""Two years of inspections, some days at a time, as columns.

All is drawn from the seed, the last day and the number asked for. Nothing depends on the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

import numpy as np
import shapely
from django.utils import timezone
from numpy.typing import NDArray

from inspections.demo import days, habits
from inspections.demo.beats import Beat
from inspections.demo.ground import Points, dice
from inspections.demo.habits import Indices, Numbers
from inspections.demo.people import Walker
from inspections.demo.register import Entered
from inspections.demo.sheets import HASTY_VARIANTS, MOST_FAULTS, VARIANTS

CHUNK = 20_000
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
# How often a kind is due says how often it is done; by season, summer above winter.
SEASON = {"ebike_charging": 0.25, "lighting": -0.25}
EVENING = {"ebike_charging": 0.25, "lighting": 0.9}
# Faults seen at a visit, before estate, inspector and season.
USUAL_FAULTS = 0.62
# Two years make everything a little better; a target estate that came far, much better.
BEGINNING, END, TARGET_GAIN = 1.12, 0.9, 0.85
CORRECTED = 0.004
STREET, STREET_M = 0.03, 110.0
SOURCES = ("gps", "manual", "qr", "last_fix", "")
SOURCE_SHARES = (0.86, 0.06, 0.04, 0.03, 0.01)


@dataclass(slots=True)
class Visits:
    """Columns, one value a visit, in the order of time. `estate`, `walker`, `kind` and `stop`
    count from 0; `stop` within the kind's beat. Times are milliseconds since 1970; `where` is in
    metres, and means nothing where `source` says there was no position. `corrects` is the row
    that this one stands in for, or -1."""

    kind: Indices
    stop: Indices
    estate: Indices
    walker: Indices
    day: Indices
    recorded_ms: Indices
    received_ms: Indices
    where: Points
    source: Indices
    accuracy_m: Numbers
    distance_m: Numbers
    faults: Indices
    variant: Indices
    corrects: Indices

    def __len__(self) -> int:
        return len(self.kind)


class Record:
    """`until`: the day the record ends; its last entries are of the evening before."""

    def __init__(
        self, seed: int, entered: Entered, people: list[Walker], beats: list[Beat], until: date
    ) -> None:
        self.seed, self.entered, self.beats = seed, entered, beats
        self.first = first_day(until)
        self.count = (until - self.first).days
        self.end_ms = _midnight_ms(until)
        self.walkers = habits.walkers(seed, people)
        self.attention = habits.attention(seed, entered)
        estates = entered.town.estates
        self.trouble = np.array([each.trouble for each in estates])
        self.progress = np.array([each.progress or 0.0 for each in estates])
        self.outlines = np.array([each.outline for each in estates], dtype=object)
        self.community = np.array([each.community_id for each in entered.estates])
        self.kinds = np.array([1 / beat.version.kind.due_every.days for beat in beats])
        self.season = np.array([SEASON.get(beat.version.slug, 0.0) for beat in beats])
        self.evening = np.array([EVENING.get(beat.version.slug, 0.0) for beat in beats])

    def chunks(self, inspections: int) -> Iterator[Visits]:
        """Exactly so many visits in all."""
        weights = days.weights(self.seed, self.first, self.count)
        each_day = dice(self.seed, "days", inspections).multinomial(
            inspections, weights / weights.sum()
        )
        start = 0
        while start < self.count:
            stop, size = start, 0
            while stop < self.count and (size == 0 or size + each_day[stop] <= CHUNK):
                size += each_day[stop]
                stop += 1
            if size:
                day = np.repeat(np.arange(start, stop), each_day[start:stop])
                yield self._walk(day, dice(self.seed, "walk", inspections, start))
            start = stop

    def _walk(self, day: Indices, chance: np.random.Generator) -> Visits:
        count = len(day)
        of_year = np.array(
            [(self.first + timedelta(days=int(each))).timetuple().tm_yday for each in day], float
        )
        summer = days.summer(of_year)
        estate = self.attention.estates(self.count - day, chance)
        kind = self._kinds(summer, chance)
        walker = self._who(estate, chance)
        stop = np.zeros(count, dtype=np.int64)
        spots = np.zeros((count, 2))
        for number, beat in enumerate(self.beats):
            rows = np.flatnonzero(kind == number)
            stop[rows] = beat.stops(estate[rows], chance)
            spots[rows] = beat.spots[
                stop[rows], chance.integers(beat.spots.shape[1], size=len(rows))
            ]
        hasty = self.walkers.hasty[walker]
        source = chance.choice(len(SOURCES), count, p=SOURCE_SHARES)
        accuracy = _accuracy(source, chance)
        recorded = self._times(day, of_year, kind, hasty, chance)
        visits = Visits(
            kind=kind,
            stop=stop,
            estate=estate,
            walker=walker,
            day=day,
            recorded_ms=recorded,
            received_ms=recorded,
            where=self._where(spots, accuracy, hasty, chance),
            source=source,
            accuracy_m=accuracy,
            distance_m=np.zeros(count),
            faults=self._faults(day, estate, walker, kind, summer, chance),
            variant=np.where(
                hasty | (chance.random(count) < 0.2),
                chance.integers(HASTY_VARIANTS, size=count),
                chance.integers(HASTY_VARIANTS, VARIANTS, size=count),
            ),
            corrects=np.full(count, -1),
        )
        self._correct(visits, chance)
        visits.received_ms = self._received(visits.recorded_ms, chance)
        visits.distance_m = np.round(
            shapely.distance(shapely.points(visits.where), self.outlines[visits.estate]), 1
        )
        return _in_order(visits)

    def _kinds(self, summer: Numbers, chance: np.random.Generator) -> Indices:
        weights = self.kinds * (1 + np.outer(summer, self.season))
        reach = np.cumsum(weights, axis=1)
        told: Indices = (chance.random(len(summer))[:, None] * reach[:, -1:] > reach).sum(axis=1)
        return told

    def _who(self, estate: Indices, chance: np.random.Generator) -> Indices:
        """One of those who walk the estate's community."""
        who = np.zeros(len(estate), dtype=np.int64)
        communities = self.community[estate]
        for community in np.unique(communities):
            rows = np.flatnonzero(communities == community)
            here = [k for k, each in enumerate(self.walkers.communities) if community in each]
            busy = self.walkers.busy[here]
            who[rows] = chance.choice(here, len(rows), p=busy / busy.sum())
        return who

    def _times(
        self,
        day: Indices,
        of_year: Numbers,
        kind: Indices,
        hasty: NDArray[np.bool_],
        chance: np.random.Generator,
    ) -> Indices:
        """By day in office hours, lamps from dusk on; who is in a hurry does it all before four."""
        count = len(day)
        hour = np.where(
            chance.random(count) < 0.55,
            chance.normal(10.1, 0.8, count).clip(8.4, 11.9),
            chance.normal(15.8, 0.9, count).clip(14.2, 17.9),
        )
        hour = np.where(hasty, chance.normal(15.6, 0.25, count), hour)
        evening = chance.random(count) < self.evening[kind]
        dusk = days.sunset(of_year) + 0.3 + chance.gamma(2, 0.35, count)
        hour = np.where(evening, dusk.clip(max=22.2), hour) + chance.uniform(0, 0.25, count)
        return _midnight_ms(self.first) + day * DAY_MS + (hour * HOUR_MS).astype(np.int64)

    def _where(
        self,
        spots: Points,
        accuracy: Numbers,
        hasty: NDArray[np.bool_],
        chance: np.random.Generator,
    ) -> Points:
        count = len(spots)
        blur = np.where(np.isnan(accuracy), 3.0, accuracy / 2)
        where = spots + chance.normal(size=(count, 2)) * blur[:, None]
        # Seen from across the street, or filled in only at some other estate.
        street = chance.random(count) < STREET
        where[street] += chance.normal(0, STREET_M, (int(street.sum()), 2))
        later = chance.random(count) < np.where(hasty, habits.HASTY_FAR, habits.FAR)
        where[later] = spots[chance.integers(count, size=int(later.sum()))]
        return where

    def _faults(
        self,
        day: Indices,
        estate: Indices,
        walker: Indices,
        kind: Indices,
        summer: Numbers,
        chance: np.random.Generator,
    ) -> Indices:
        passed = day / self.count
        ramp = ((day - self.count + habits.TARGET_DAYS) / (habits.TARGET_DAYS - 40)).clip(0, 1)
        expected = (
            USUAL_FAULTS
            * self.trouble[estate]
            * self.walkers.keen[walker]
            * (1 + self.season[kind] * summer)
            * (BEGINNING + (END - BEGINNING) * passed)
            * (1 - TARGET_GAIN * self.progress[estate] * ramp)
        )
        faults: Indices = np.minimum(chance.poisson(expected), MOST_FAULTS)
        return faults

    def _correct(self, visits: Visits, chance: np.random.Generator) -> None:
        """Makes some rows second entries of others, some minutes later."""
        count = int(chance.binomial(len(visits), CORRECTED))
        rows = chance.permutation(len(visits))[: 2 * count]
        wrong, right = rows[:count], rows[count : 2 * count]
        wrong = wrong[: len(right)]
        for name in ("kind", "stop", "estate", "walker", "day", "where", "source", "accuracy_m"):
            column = getattr(visits, name)
            column[right] = column[wrong]
        later = (chance.uniform(3, 80, len(right)) * 60_000).astype(np.int64)
        visits.recorded_ms[right] = visits.recorded_ms[wrong] + later
        visits.corrects[right] = wrong

    def _received(self, recorded_ms: Indices, chance: np.random.Generator) -> Indices:
        """At once; after the basement; or the next morning, back in the office."""
        count = len(recorded_ms)
        seconds = chance.lognormal(np.log(8), 0.8, count)
        seconds = np.where(chance.random(count) < 0.1, chance.uniform(300, 10_000, count), seconds)
        received = recorded_ms + (seconds * 1000).astype(np.int64)
        start = _midnight_ms(self.first)
        morning = start + ((recorded_ms - start) // DAY_MS + 1) * DAY_MS
        morning += (chance.uniform(8.3, 8.9, count) * HOUR_MS).astype(np.int64)
        received = np.where(chance.random(count) < 0.03, morning, received)
        return np.minimum(received, self.end_ms)


def first_day(until: date) -> date:
    """Two years before."""
    try:
        return until.replace(year=until.year - 2)
    except ValueError:
        return until.replace(year=until.year - 2, day=28)


def _midnight_ms(day: date) -> int:
    return int(timezone.make_aware(datetime.combine(day, time.min)).timestamp()) * 1000


def _accuracy(source: Indices, chance: np.random.Generator) -> Numbers:
    """Metres as a receiver tells them; not a number where there was none."""
    count = len(source)
    fresh = chance.lognormal(np.log(6), 0.55, count).clip(2, 90)
    stale = chance.lognormal(np.log(35), 0.5, count).clip(10, 300)
    told = np.full(count, np.nan)
    for name, metres in (("gps", fresh), ("last_fix", stale)):
        rows = source == SOURCES.index(name)
        told[rows] = np.round(metres[rows], 1)
    return told


def _in_order(visits: Visits) -> Visits:
    order = np.argsort(visits.recorded_ms, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    corrects = visits.corrects[order]
    told = {field.name: getattr(visits, field.name)[order] for field in fields(visits)}
    told["corrects"] = np.where(corrects >= 0, place[corrects], -1)
    return Visits(**told)
