# A round as subscribers are told of it.
event = { $kind ->
    [remains] Handover of remains
    [prisoners] { $ways ->
        [both] Exchange of prisoners
       *[one] Return of prisoners
    }
    [civilians] Return of civilians
   *[children] Return of children
}
reported-without-figure = Reported without a figure:
alert-agreement = Under the agreement { $name }, { $day }.
alert-updated = Updated: these are the figures on record now.
alert-withdrawn = This report has been withdrawn; it no longer counts.
alert-blocked = A new round has been recorded. Its figures can be asked for with /last.
digest-title = Handovers, { $period }
digest-empty = No new round was recorded in this time.
