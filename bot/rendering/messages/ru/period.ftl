# Отрезок дней сам по себе…
period-all = за всё время записей
period-since = { $on ->
    [two] со
   *[other] с
} { $day } по сегодня
period-from = { $on ->
    [two] со
   *[other] с
} { $day }
period-until = по { $day }
period-between = { $first }{ $dash }{ $last }
period-so-far = { $period }, по сей день

# …и в предложении.
in-day = { $day }
in-month = в { $month } { $year } года
in-year = в { $year } году
in-since = { $on ->
    [two] со
   *[other] с
} { $day }
in-until = по { $day }
in-days = { $on ->
    [two] со
   *[other] с
} { $first } по { $last }
month-in = { $month ->
    [1] январе
    [2] феврале
    [3] марте
    [4] апреле
    [5] мае
    [6] июне
    [7] июле
    [8] августе
    [9] сентябре
    [10] октябре
    [11] ноябре
   *[12] декабре
}
