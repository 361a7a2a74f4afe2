# How a question was read, in one line: "Remains handed over to Ukraine, 2 June 2025 to today".

reading-labelled = { $label }: { $subject }

subject = { $kinds } { $way }
subject-all = handovers of every kind { $to }
# What happened to them, by kind ("remains", "people" or "any" for both together) and recipient.
way = { $of ->
    [remains] handed over
    [people] returned
   *[any] handed over
} { $recipient ->
    [ukraine] to Ukraine
    [russia] to Russia
    [both] to Ukraine and to Russia
   *[any] by either side
}

label-rounds = number of rounds
label-last = last round
label-first = first round
label-largest = largest round
label-smallest = smallest round
label-average = average per round
label-list = rounds one by one
label-breakdown = sums
label-compare = comparison
label-conflict = where the two sides’ figures differ
label-claimed_total = claimed total ({ $who })
label-happened = was there a round
label-days_since = days since the last round
label-share_identified = identified

reading-by = { $by ->
    [day] by day
    [week] by week
    [month] by month
    [year] by year
    [agreement] by agreement
    [kind] by kind
    [recipient] by recipient
   *[party] by source
}
reading-versus = { $first } and { $second }
reading-agreement = under { $name }
reading-party = { $party ->
    [ukraine] by Ukraine’s own figures
    [russia] by Russia’s own figures
   *[other] by others’ figures
}
reading-as-of = as the ledger stood on { $at }
