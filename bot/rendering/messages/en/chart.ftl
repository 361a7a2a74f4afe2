# Words in and under a chart.
chart-cumulative = Running total
chart-undisclosed = Figure not disclosed
chart-differ = Figures differ: lowest to highest
chart-differ-sides = The two sides’ figures differ (UA: Ukraine’s, RU: Russia’s)
chart-rule = Receiving side’s figures where given.
chart-others = { $named } and others
chart-source = Sources: { $publishers }. Ledger version { $version }, { $day }.
chart-bars = { $n ->
    [one] { $n } bar.
   *[other] { $n } bars.
}
chart-largest = The largest: { $name }, { $figure }.
chart-only = One bar: { $figure }.
chart-total = The running total ends at { $figure }.
chart-left-out = Not drawn for want of room: { $what }.
chart-hidden = { $n ->
    [one] { $n } round without a figure.
   *[other] { $n } rounds without a figure.
}
chart-differing = { $n ->
    [one] For { $n } bar the figures differ.
   *[other] For { $n } bars the figures differ.
}
chart-dark = On dark
chart-light = On light
chart-nothing = There is no data here for a chart.
