# Queries as questions. What the reader of questions must understand again.

ask-what = { $kind ->
    [remains] bodies
    [prisoners] prisoners
    [civilians] civilians
    [children] children
   *[all] all kinds
}
ask-done = { $of ->
    [people] returned
   *[any] handed over
}
ask-event = { $kind ->
    [remains] handover of bodies
    [prisoners] exchange of prisoners
    [civilians] { $way ->
        [any] handover
       *[to] return
    } of civilians
    [children] { $way ->
        [any] handover
       *[to] return
    } of children
   *[all] handover
}
ask-events = { $kind ->
    [remains] handovers of bodies
    [prisoners] exchanges of prisoners
    [civilians] { $way ->
        [any] handovers
       *[to] returns
    } of civilians
    [children] { $way ->
        [any] handovers
       *[to] returns
    } of children
   *[all] handovers
}
ask-event-of = handover of { $what }
ask-events-of = handovers of { $what }
ask-event-since = { $kind ->
    [remains] handover of bodies
    [prisoners] exchange of prisoners
    [civilians] { $way ->
        [any] handover
       *[to] return
    } of civilians
    [children] { $way ->
        [any] handover
       *[to] return
    } of children
   *[all] handover
}
ask-event-of-since = handover of { $what }
ask-who = { $party ->
    [ukraine] Ukraine
    [russia] Russia
   *[other] others
}
ask-passed = { $of ->
    [people] returned
   *[any] handed over
} { $to }
ask-under = under { $name }
ask-party = according to { $party ->
    [ukraine] Ukraine
    [russia] Russia
   *[other] others
}
ask-versus = { $first } and { $second }

ask-total = { $all ->
    [yes] How many of { $what }
   *[no] How many { $what }
} were { $done }{ $to }{ $tail }?
ask-rounds = How many { $events }{ $to } were there{ $tail }?
ask-rounds-grouped = How many { $events }{ $to } were there{ $tail }?
ask-last = When was the last { $event }{ $to }{ $tail }?
ask-first = When was the first { $event }{ $to }{ $tail }?
ask-largest = What was the largest { $event }{ $to }{ $tail }?
ask-smallest = What was the smallest { $event }{ $to }{ $tail }?
ask-average = How many { $what } were { $done }{ $to } per round on average{ $tail }?
ask-average-grouped = How many { $what } were { $done }{ $to } per round on average{ $tail }?
ask-list = List the { $events }{ $to }{ $tail }
ask-breakdown = { $all ->
    [yes] How many of { $what }
   *[no] How many { $what }
} were { $done }{ $to }{ $tail }?
ask-compare = Compare { $what } { $done }{ $to }{ $tail }
ask-conflict = Where do the two sides disagree on { $what }{ $passed }{ $tail }?
ask-claimed_total = What total does { $who } claim for { $what }{ $passed }{ $tail }?
ask-happened = Was there a { $event }{ $to }{ $tail }?
ask-days_since = How many days since the last { $since }{ $to }{ $tail }?
ask-share_identified = How many of the { $what }{ $passed }{ $tail } were identified?
