# The figure.
answer-no-round = 0: no round recorded
answer-undisclosed = Figure not disclosed
answer-dated = { $day }: { $figure }
answer-average = { $figure } a round on average
answer-conflicts = { $n ->
    [0] No round on which the two sides’ figures differ
    [one] { $n } round on which the two sides’ figures differ
   *[other] { $n } rounds on which the two sides’ figures differ
}
answer-yes = Yes: { $figure }
answer-yes-undisclosed = Yes, and the figure was not disclosed
answer-yes-several = Yes
answer-no = No: no round recorded
answer-identified = { $n ->
    [one] { $n } identified
   *[other] { $n } identified
}
answer-last-was = The last round was on { $day }.

# Rows.
row = { $label }: { $figure }
row-round = { $day }: { $figure }
row-round-way = { $day }, { $way }: { $figure }
row-spread = { $figure } (from { $low } to { $high })
row-undisclosed = { $figure } and { $n ->
    [one] { $n } round without a figure
   *[other] { $n } rounds without a figure
}
row-conflict = { $day }, { $what }: Ukraine says { $ukraine }, Russia says { $russia }
row-identified = { $day }: { $identified } of { $figure }
kind-way = { $kind } { $recipient }
week = week of { $day }
rows-page = { $first } to { $last } of { $all }
rows-more = { $n ->
    [one] { $n } more
   *[other] { $n } more
}

# Who says so.
according = { $party ->
    [ukraine] According to Ukraine
    [russia] According to Russia
   *[other] According to others
}
side = { $according }: { $figure }
side-rounds = { $according }: { $figure } ({ $rounds })
spread = From { $low } to { $high }, taking each round’s lowest and highest figure.
compare-more = { $n } more in the first period
compare-fewer = { $n } fewer in the first period
compare-same = The same in both periods
claimed = Claimed by { $claimant }, as of { $day }, counted since { $since }.
claimed-no-start = Claimed by { $claimant }, as of { $day }. The source does not say since when it counts.
beside = Besides: { $reading }: { $figure }.
sources = Sources
source-pinned = chosen by an administrator
reference = Reference { $ref }

# What is not known.
note-records-begin = The records begin on { $day }; what was before is not known here.
note-undisclosed = { $n ->
    [one] { $n } round happened with no figure from anyone; it adds nothing to the sum.
   *[other] { $n } rounds happened with no figure from anyone; they add nothing to the sum.
}
note-undisclosed-apart = { $n ->
    [one] { $n } round happened with no figure from anyone; it is left out.
   *[other] { $n } rounds happened with no figure from anyone; they are left out.
}
party-silent = { $party ->
    [ukraine] Ukraine gave no figure of its own
    [russia] Russia gave no figure of its own
   *[other] others gave no figure of their own
}
note-party_silent = { $n ->
    [one] { $n } round is left out: { $silent } for it.
   *[other] { $n } rounds are left out: { $silent } for them.
}
note-no_round = No round recorded in this time.
note-other_talks = Other talks of that name: { $talks }.
note-talks = { $day } ({ $name })
note-ledger_sum = The rounds on record for the same time add up to { $n }.
note-total_more = That is { $n } more than the claimed total.
note-total_fewer = That is { $n } fewer than the claimed total; not every round was made public with a figure.
note-partial = { $n ->
    [one] { $n } published figure covers only a part of a round and is not in the sum.
   *[other] { $n } published figures cover only a part of a round and are not in the sum.
}
note-rounded = { $qualifier ->
    [about] The figure is given as rounded.
   *[at_least] The figure is given as a lower bound.
}
note-one_way = { $n ->
    [one] For { $n } round of this time nobody says what { $recipient ->
        [russia] Russia
       *[ukraine] Ukraine
    } received.
   *[other] For { $n } rounds of this time nobody says what { $recipient ->
        [russia] Russia
       *[ukraine] Ukraine
    } received.
}
note-as_of = As the ledger stood on { $day }.
note-identity = Whose remains they are is the handing side’s statement until they are identified.

# What was taken for granted.
assumed-agreement = Read as { $name }, { $day }.
assumed-year = No year was named; read as { $taken }.
corrected = “{ $written }” is read as “{ $read }”.

# A claim, and a source among several.
claim-total = { $figure } in all as of { $day }, counted since { $since }
claim-total-open = { $figure } in all as of { $day }
claim-part = { $figure }, only a part of the round
claim-said = { $figure }, { $party ->
    [ukraine] according to Ukraine
    [russia] according to Russia
   *[other] according to others
}
