# A stretch of days by itself …
period-all = all time on record
period-since = { $day } to today
period-from = from { $day }
period-until = up to { $day }
period-between = { $first } to { $last }
period-so-far = { $period }, so far

# … and as a part of a sentence.
in-day = on { $day }
in-month = in { $month } { $year }
in-year = in { $year }
in-since = since { $day }
in-until = until { $day }
in-days = from { $first } to { $last }
month-in = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
