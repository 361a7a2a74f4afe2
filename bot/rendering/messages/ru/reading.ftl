# Как прочитан вопрос, одной строкой: «Тела, переданные Украине, со 2 июня 2025 года по сегодня».

reading-labelled = { $label }: { $subject }

subject = { $kinds }, { $way }
subject-all = передачи всех видов { $to }
way = { $of ->
    [remains] переданные
    [people] возвращённые
   *[any] переданные
} { $recipient ->
    [ukraine] Украине
    [russia] России
    [both] Украине и России
   *[any] любой из сторон
}

label-rounds = количество раундов
label-last = последний раунд
label-first = первый раунд
label-largest = самый большой раунд
label-smallest = самый малый раунд
label-average = в среднем за раунд
label-list = раунды один за другим
label-breakdown = суммы
label-compare = сравнение
label-conflict = где числа сторон расходятся
label-claimed_total = заявленное общее число ({ $who })
label-happened = был ли раунд
label-days_since = дней с последнего раунда
label-share_identified = опознано

reading-by = { $by ->
    [day] по дням
    [week] по неделям
    [month] по месяцам
    [year] по годам
    [agreement] по договорённостям
    [kind] по видам
    [recipient] по получателям
   *[party] по источникам
}
reading-versus = { $first } и { $second }
reading-agreement = по договорённости { $name }
reading-party = { $party ->
    [ukraine] по данным Украины
    [russia] по данным России
   *[other] по данным других
}
reading-as-of = по записям на { $at }
