# Відтинок днів сам по собі…
period-all = за весь час записів
period-since = з { $day } до сьогодні
period-from = з { $day }
period-until = до { $day } включно
period-between = { $first }{ $dash }{ $last }
period-so-far = { $period }, дотепер

# …і в реченні.
in-day = { $day }
in-month = у { $month } { $year } року
in-year = у { $year } році
in-since = з { $day }
in-until = по { $day }
in-days = з { $first } по { $last }
month-in = { $month ->
    [1] січні
    [2] лютому
    [3] березні
    [4] квітні
    [5] травні
    [6] червні
    [7] липні
    [8] серпні
    [9] вересні
    [10] жовтні
    [11] листопаді
   *[12] грудні
}
