"""Answers against an oracle: a slow computation from claims, written from the contract alone (sections 1 and 4).

It shares no code with the answers but the value types, keeps no sums and looks at every claim for every question.
"""

import datetime as dt
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.claims import KINDS, PARTIES, RECIPIENTS, Claim
from bot.domain.compute import compute
from bot.domain.queries import GROUPS, MEASURES, Query, Span
from tests.builders import a_round, agreement, day, ledger

NOW = dt.datetime(2025, 6, 20, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
DEALS = (agreement("istanbul-2025-06-02"), agreement("dubai-2025-06-09"), agreement("rome-2025-06-24"))


class Oracle:
    """The contract, read out one sentence at a time."""

    def __init__(self, book, query):
        self.query = query
        self.claims = [c for c in book.claims if c.measure == "round"]
        self.totals = [c for c in book.claims if c.measure == "total"]
        self.every_round = [r for r in book.rounds if r.date <= TODAY]
        self.deals = {a.id: a for a in book.agreements if a.date <= TODAY}
        self.kinds = query.kinds or KINDS
        self.both = query.recipient == "both" or query.group_by == "recipient"

    # Figures of one round.

    def figures(self, of, recipient):
        """A partial claim is shown and never a figure; an undisclosed one has none."""
        mine = [c for c in self.claims if c.round == of.id and c.recipient == recipient]
        return [c for c in mine if not c.partial and c.qualifier != "undisclosed"]

    def headline(self, of, recipient, party=None):
        """Receiver, other side, others; exact before rounded; most publishers; newest, undated last; a pin first."""
        claims = [c for c in self.figures(of, recipient) if party in (None, c.party)]
        if any(c.pinned for c in claims):
            claims = [c for c in claims if c.pinned]
        other = {"ukraine": "russia", "russia": "ukraine"}[recipient]
        for whose in (recipient, other, "other"):
            own = [c for c in claims if c.party == whose]
            if not own:
                continue
            own = [c for c in own if c.qualifier == "exact"] or own
            publishers = defaultdict(set)
            for c in own:
                publishers[c.count].add(c.publisher)
            most = max(len(who) for who in publishers.values())
            own = [c for c in own if len(publishers[c.count]) == most]
            newest = max(c.published or dt.date.min for c in own)
            own = [c for c in own if (c.published or dt.date.min) == newest]
            return max(c.count for c in own)
        return None

    def spread(self, of, recipient):
        """The lowest and the highest of what the parties (of those asked for) say."""
        parties = PARTIES if self.query.party is None else (self.query.party,)
        said = [self.headline(of, recipient, self.query.party)]
        said += [n for p in parties if (n := self.headline(of, recipient, p)) is not None]
        return min(said), max(said)

    def seen(self, of, recipient, party):
        """How a round counts for a recipient: a figure, "undisclosed", "silent" (left out), or None (none of it)."""
        told = [c for c in self.claims if c.round == of.id]
        disclosed = any(self.figures(of, r) for r in RECIPIENTS)
        if recipient is None:
            for way in RECIPIENTS:
                if (n := self.headline(of, way, party)) is not None:
                    return n
            return "silent" if disclosed and party else "undisclosed"
        if not any(c.recipient == recipient for c in told) and disclosed:
            return None
        if (n := self.headline(of, recipient, party)) is not None:
            return n
        return "silent" if party and self.headline(of, recipient) is not None else "undisclosed"

    # Rounds of a question.

    def way_of(self, of, recipient):
        if recipient is not None:
            return recipient
        told = [r for r in RECIPIENTS if self.headline(of, r, self.query.party) is not None]
        named = [r for r in RECIPIENTS if any(c.round == of.id and c.recipient == r for c in self.claims)]
        return (told or named)[0]

    def rounds(self, kind, recipient, *, span=None, party=None, deal=None):
        span, query = span or self.query.span, self.query
        found = []
        for r in self.every_round:
            if r.kind != kind or (deal or query.agreement) not in (None, r.agreement):
                continue
            if (span.since and r.date < span.since) or (span.until and r.date > span.until):
                continue
            seen = self.seen(r, recipient, party or query.party)
            if seen is not None:
                found.append((r, seen))
        return sorted(found, key=lambda pair: (pair[0].date, pair[0].id))

    def many(self, recipient, **how):
        return [pair for kind in self.kinds for pair in self.rounds(kind, recipient, **how)]

    def covered(self, kind, span):
        first = min((r.date for r in self.every_round if r.kind == kind), default=None)
        return first is not None and (span.until is None or span.until >= first)

    @property
    def one(self):
        return None if self.query.recipient == "both" else self.query.recipient

    def refused(self):
        query = self.query
        spans = [query.span, query.versus or Span()] if query.measure == "compare" else [query.span]
        if any(s.since and s.since > TODAY for s in spans):
            return "future"
        if query.measure == "claimed_total":
            return None
        if query.agreement and query.agreement not in self.deals:
            return "not_recorded"
        if not all(any(self.covered(k, s) for k in self.kinds) for s in spans):
            return "not_recorded"
        return None

    def silent(self, pairs):
        return self.query.party is not None and bool(pairs) and not any(isinstance(seen, int) for _, seen in pairs)


def counted(pairs):
    return [(r, seen) for r, seen in pairs if seen != "silent"]


def numbers(pairs):
    return [seen for _, seen in pairs if isinstance(seen, int)]


def summed(pairs):
    """Unknown is not zero, and no round is."""
    return sum(numbers(pairs)) if numbers(pairs) or not counted(pairs) else None


def shown(measure, pairs):
    if measure == "rounds":
        return len(counted(pairs))
    if measure == "average":
        return round(sum(numbers(pairs)) / len(numbers(pairs)), 2) if numbers(pairs) else None
    return summed(pairs)


def added(query, kinds):
    """Remains are never added to the living; rounds may be counted together."""
    return query.measure == "rounds" or len(kinds) == 1 or "remains" not in kinds


def label_of(on, by):
    return {
        "day": on.isoformat(),
        "week": "{}-W{:02}".format(*on.isocalendar()),
        "month": on.isoformat()[:7],
        "year": on.isoformat()[:4],
    }[by]


def expected_rows(oracle, by):
    """Rows of a breakdown as (label, recipient, kind) → value."""
    query = oracle.query
    groups = defaultdict(list)
    for way in RECIPIENTS if oracle.both else (oracle.one,):
        for kind in oracle.kinds:
            apart = ((way if oracle.both and by != "recipient" else None),)
            apart += ((kind if by != "kind" and not added(query, oracle.kinds) else None),)
            pairs = oracle.rounds(kind, way)
            if by == "kind" and (counted(pairs) or (query.kinds and oracle.covered(kind, query.span))):
                groups[(kind, *apart)] += pairs
            elif by == "recipient" and oracle.covered(kind, query.span):
                groups[(way, *apart)] += pairs
            elif by == "agreement":
                for deal in oracle.deals:
                    if query.agreement in (None, deal) and counted(of := oracle.rounds(kind, way, deal=deal)):
                        groups[(deal, *apart)] += of
            elif by == "party":
                for party in PARTIES:
                    if numbers(of := oracle.rounds(kind, way, party=party)):
                        groups[(party, *apart)] += of
            elif by in ("day", "week", "month", "year"):
                for pair in counted(pairs):
                    groups[(label_of(pair[0].date, by), *apart)].append(pair)
    return groups


def check_rows(oracle, answer, by):
    groups = expected_rows(oracle, by)
    pairs = [pair for way in (RECIPIENTS if oracle.both else (oracle.one,)) for pair in oracle.many(way)]
    if oracle.silent(pairs) and by != "party":
        assert (answer.status, answer.reason) == ("no_data", "party_silent")
        return
    assert answer.status == "answered"
    assert answer.value is None
    wanted = {key: shown(oracle.query.measure, of) for key, of in groups.items()}
    assert {(r.label, r.recipient, r.kind): r.value for r in answer.rows} == wanted
    assert len(answer.rows) == len(wanted)
    if oracle.both and by == "recipient":
        assert answer.rounds == len(counted(oracle.many(None)))


def check_number(oracle, answer):
    """Total, number of rounds, average; not broken down."""
    query = oracle.query
    if oracle.both:
        check_rows(oracle, answer, "recipient")
        return
    if not added(query, oracle.kinds):
        check_rows(oracle, answer, "kind")
        return
    pairs = oracle.many(oracle.one)
    if oracle.silent(pairs):
        assert (answer.status, answer.reason) == ("no_data", "party_silent")
        return
    if query.measure == "average" and not counted(pairs):
        assert answer.status == "no_data"
        return
    assert answer.status == "answered"
    assert answer.value == shown(query.measure, pairs)
    assert answer.rounds == len(counted(pairs))
    assert answer.undisclosed == len([1 for _, seen in pairs if seen == "undisclosed"])
    if query.measure == "total" and query.recipient and answer.value is not None:
        spreads = [oracle.spread(r, query.recipient) for r, seen in pairs if isinstance(seen, int)]
        assert (answer.low, answer.high) == (sum(low for low, _ in spreads), sum(high for _, high in spreads))


def check_compare(oracle, answer):
    query = oracle.query
    spans = [query.span, query.versus or Span()]
    sides = [[oracle.many(way, span=s) for way in (RECIPIENTS if oracle.both else (oracle.one,))] for s in spans]
    if any(oracle.silent([p for of in side for p in of]) for side in sides):
        assert (answer.status, answer.reason) == ("no_data", "party_silent")
        return
    if oracle.both or not added(query, oracle.kinds):
        for row in answer.rows:
            kinds = (row.kind,) if row.kind else oracle.kinds
            assert row.value in [
                summed([p for k in kinds for p in oracle.rounds(k, row.recipient or oracle.one, span=s)]) for s in spans
            ]
        return
    one, other = (summed(side[0]) for side in sides)
    assert [r.value for r in answer.rows] == [one, other]
    assert answer.value == (None if one is None or other is None else one - other)


def check_edge(oracle, answer):
    """The last or the first round, or how long ago the last one was."""
    query = oracle.query
    newest = query.measure != "first"
    pairs = oracle.many(oracle.one)
    there = counted(pairs)
    if not there:
        assert answer.status == "no_data"
        assert answer.reason == ("party_silent" if pairs else "not_recorded")
        return
    on = (max if newest else min)(r.date for r, _ in there)
    assert (answer.status, answer.date) == ("answered", on)
    if query.measure == "days_since":
        assert answer.value == (TODAY - on).days
        return
    of_day = [seen for r, seen in there if r.date == on]
    if not oracle.both:
        assert sorted(str(row.value) for row in answer.rows) == sorted(
            str(seen if isinstance(seen, int) else None) for seen in of_day
        )
    assert answer.value is None or answer.value in of_day
    if len(of_day) == 1 and not oracle.both:
        assert answer.value == (of_day[0] if isinstance(of_day[0], int) else None)


def check_extreme(oracle, answer):
    pick = max if oracle.query.measure == "largest" else min
    ways = RECIPIENTS if oracle.both else (oracle.one,)
    best = [pick(found) for way in ways if (found := numbers(oracle.many(way)))]
    pairs = [p for way in ways for p in oracle.many(way)]
    if not best:
        open_ = bool(counted(pairs)) and not oracle.query.party
        assert answer.status == ("answered" if open_ else "no_data")
        assert answer.value is None
        return
    assert answer.status == "answered"
    assert sorted(r.value for r in answer.rows) == sorted(best)
    assert answer.value == (best[0] if len(best) == 1 else None)


def check_list(oracle, answer):
    ways = RECIPIENTS if oracle.both else (oracle.one,)
    pairs = [(way, *p) for way in ways for p in oracle.many(way)]
    if oracle.silent([p[1:] for p in pairs]):
        assert (answer.status, answer.reason) == ("no_data", "party_silent")
        return
    wanted = [(r.date, r.id, seen if isinstance(seen, int) else None) for _, r, seen in pairs if seen != "silent"]
    key = lambda row: (*row[:2], row[2] or 0)  # noqa: E731
    assert sorted(((r.date, r.round, r.value) for r in answer.rows), key=key) == sorted(wanted, key=key)
    assert [r.date for r in answer.rows] == sorted(r.date for r in answer.rows)


def check_happened(oracle, answer):
    ways = RECIPIENTS if oracle.both else (oracle.one,)
    pairs = [p for way in ways for p in oracle.many(way)]
    if oracle.silent(pairs):
        assert (answer.status, answer.reason) == ("no_data", "party_silent")
        return
    there = counted(pairs)
    assert answer.status == "answered"
    assert answer.rounds == len({r.id for r, _ in there})
    if not there:
        assert answer.value == 0
        return
    whose = {oracle.way_of(r, way) for way in ways for r, seen in oracle.many(way) if seen != "silent"}
    kinds = tuple({r.kind for r, _ in there})
    if len(whose) == 1 and (len(kinds) == 1 or "remains" not in kinds):
        assert answer.value == summed(there)
    else:
        assert answer.value is None


def check_conflict(oracle, answer):
    """Both give a figure and both cannot hold: about means 5 %, at least means not lower."""
    query = oracle.query
    wanted = set()
    for r in oracle.every_round:
        inside = (not query.since or r.date >= query.since) and (not query.until or r.date <= query.until)
        if r.kind not in oracle.kinds or not inside or query.agreement not in (None, r.agreement):
            continue
        for way in RECIPIENTS if oracle.one is None else (oracle.one,):
            ours, theirs = (oracle.headline(r, way, p) for p in ("ukraine", "russia"))
            if ours is None or theirs is None:
                continue
            qualifiers = []
            for party, n in (("ukraine", ours), ("russia", theirs)):
                of = [c for c in oracle.figures(r, way) if c.party == party and c.count == n]
                of = [c for c in of if c.pinned] or [c for c in of if c.qualifier == "exact"] or of
                qualifiers.append({c.qualifier for c in of})
            if any(len(q) > 1 for q in qualifiers):
                return  # "about 100" and "at least 100" are one figure; which of them stands is not said
            (a,), (b,) = qualifiers
            if a == b == "at_least":
                holds = True
            elif "at_least" in (a, b):
                holds = theirs >= ours if a == "at_least" else ours >= theirs
            elif "about" in (a, b):
                around = max(n for n, q in ((ours, a), (theirs, b)) if q == "about")
                holds = abs(ours - theirs) <= around / 20
            else:
                holds = ours == theirs
            if not holds:
                wanted.add((r.date, r.id, way, ours, theirs))
    assert {(w.date, w.round, w.recipient, w.ukraine, w.russia) for w in answer.rows} == wanted
    assert len(answer.rows) == len(wanted)


def check_claimed_total(oracle, answer):
    query = oracle.query
    way = oracle.one or "ukraine"
    fit = [
        c
        for c in oracle.totals
        if c.kind == oracle.kinds[0]
        and c.recipient == way
        and not c.partial
        and c.count is not None
        and c.date <= min(query.until or TODAY, TODAY)
        and query.since in (None, c.since)
    ]
    own = [c for c in fit if query.claimant and query.claimant.lower() in c.claimant.lower()]
    fit = own or [c for c in fit if c.party == (query.party or way)]
    if not fit:
        assert (answer.status, answer.reason, answer.value) == ("no_data", "party_silent", None)
        return
    newest = [c for c in fit if c.date == max(c.date for c in fit)]
    assert (answer.status, answer.date) == ("answered", newest[0].date)
    assert (answer.value, answer.rows[0].since) in {(c.count, c.since) for c in newest}


def check_identified(oracle, answer):
    ways = RECIPIENTS if oracle.both else (oracle.one,)
    told = []
    for way in ways:
        for r, _ in oracle.many(way):
            mine = [
                c.breakdown["identified"]
                for c in oracle.claims
                if c.round == r.id
                and c.recipient == oracle.way_of(r, way)
                and "identified" in c.breakdown
                and not c.partial
                and oracle.query.party in (None, c.party)
            ]
            if mine:
                told.append(mine)
    if not told:
        assert (answer.status, answer.value) == ("no_data", None)
        return
    assert len(answer.rows) == len(told)
    assert all(any(row.identified in of for of in told) for row in answer.rows)
    if len(ways) == 1:
        assert answer.value == sum(row.identified for row in answer.rows)


CHECKS = {
    "total": check_number,
    "rounds": check_number,
    "average": check_number,
    "compare": check_compare,
    "last": check_edge,
    "first": check_edge,
    "days_since": check_edge,
    "largest": check_extreme,
    "smallest": check_extreme,
    "list": check_list,
    "happened": check_happened,
    "conflict": check_conflict,
    "claimed_total": check_claimed_total,
    "share_identified": check_identified,
}


def check(book, query):
    """Hold an answer against the oracle."""
    answer = compute(book, query, now=NOW, timezone=dt.UTC)
    oracle = Oracle(book, query)
    refused = oracle.refused()
    if refused is not None:
        assert (answer.status, answer.reason, answer.value, answer.rows) == ("no_data", refused, None, ())
    elif query.measure == "breakdown":
        check_rows(oracle, answer, query.group_by or "month")
    elif query.group_by and query.measure in ("total", "rounds", "average"):
        check_rows(oracle, answer, query.group_by)
    else:
        CHECKS[query.measure](oracle, answer)


days = st.dates(dt.date(2025, 5, 28), dt.date(2025, 6, 26))
few_days = st.sampled_from([day(f"2025-06-{n:02}") for n in (1, 2, 9, 11, 16, 20, 23)])


@st.composite
def books(draw):
    """A small ledger: several rounds a day, both ways, partial, undisclosed, rounded and pinned claims, totals."""
    claims: list[Claim] = []
    rounds = []
    for number in range(draw(st.integers(1, 7))):
        kind, on = draw(st.sampled_from(KINDS[:3])), draw(few_days)
        made = a_round(
            f"{kind}-{on}-{number}", kind=kind, date=on, agreement=draw(st.sampled_from([None, *(d.id for d in DEALS)]))
        )
        rounds.append(made)
        claims += draw(st.lists(_claims(made), min_size=1, max_size=5))
    claims += draw(st.lists(_totals(), max_size=4))
    numbered = [Claim(**{name: getattr(c, name) for name in Claim.__slots__} | {"id": n}) for n, c in enumerate(claims)]
    return ledger(*numbered, rounds=rounds, agreements=DEALS)


def _fields():
    return {
        "party": st.sampled_from(PARTIES),
        "publisher": st.sampled_from("AB"),
        "published": st.none() | few_days,
        "partial": st.sampled_from([False, False, False, True]),
        "recipient": st.sampled_from(RECIPIENTS),
    }


@st.composite
def _claims(draw, of):
    qualifier = draw(st.sampled_from(["exact", "exact", "about", "at_least", "undisclosed"]))
    count = None if qualifier == "undisclosed" else draw(st.sampled_from([95, 99, 100, 105, 106, 400]))
    return Claim(
        round=of.id,
        kind=of.kind,
        count=count,
        qualifier=qualifier,
        date=of.date,
        claimant="somebody",
        url="",
        pinned=draw(st.integers(0, 9)) == 0,
        breakdown=draw(st.sampled_from([{}, {}, {"identified": 7}, {"soldiers": 3}])),
        **{name: draw(values) for name, values in _fields().items()},
    )


@st.composite
def _totals(draw):
    qualifier = draw(st.sampled_from(["exact", "about", "at_least", "undisclosed"]))
    date = draw(few_days)
    return Claim(
        round=None,
        kind=draw(st.sampled_from(KINDS[:2])),
        measure="total",
        count=None if qualifier == "undisclosed" else draw(st.integers(0, 500)),
        qualifier=qualifier,
        date=date,
        since=draw(st.sampled_from([None, min(date, day("2025-06-02"))])),
        claimant=draw(st.sampled_from(["Medinsky", "Yusov"])),
        url="",
        **{name: draw(values) for name, values in _fields().items()},
    )


queries = st.builds(
    Query,
    measure=st.sampled_from(MEASURES),
    kinds=st.none() | st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(tuple),
    recipient=st.sampled_from(["ukraine", "russia", "both", None]),
    since=st.none() | days,
    until=st.none() | days,
    versus=st.none() | st.builds(Span, since=st.none() | days, until=st.none() | days),
    agreement=st.sampled_from([None, None, None, *(d.id for d in DEALS)]),
    party=st.sampled_from([None, None, *PARTIES]),
    claimant=st.sampled_from([None, "Yusov"]),
    group_by=st.none() | st.sampled_from(GROUPS),
).filter(lambda q: q.since is None or q.until is None or q.since <= q.until)


@pytest.mark.parametrize("measure", MEASURES)
def test_answer_is_what_the_contract_says(measure):
    @settings(max_examples=25, deadline=None)
    @given(book=books(), query=queries)
    def holds(book, query):
        check(book, Query(**{name: getattr(query, name) for name in Query.__slots__} | {"measure": measure}))

    holds()
