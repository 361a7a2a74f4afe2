# Запросы в виде вопросов. Читатель вопросов должен понять их снова.

ask-what = { $kind ->
    [remains] тел
    [prisoners] пленных
    [civilians] гражданских
    [children] детей
   *[all] всех видов
}
ask-done = { $of ->
    [people] вернули
   *[any] передали
}
ask-event = { $kind ->
    [remains] передача тел
    [prisoners] обмен пленными
    [civilians] возвращение гражданских
    [children] возвращение детей
   *[all] передача
}
ask-events = { $kind ->
    [remains] передач тел
    [prisoners] обменов пленными
    [civilians] возвращений гражданских
    [children] возвращений детей
   *[all] передач
}
ask-event-of = передача { $what }
ask-events-of = передач { $what }
ask-event-since = { $kind ->
    [remains] передачи тел
    [prisoners] обмена пленными
    [civilians] возвращения гражданских
    [children] возвращения детей
   *[all] передачи
}
ask-event-of-since = передачи { $what }
ask-who = { $party ->
    [ukraine] Украина
    [russia] Россия
   *[other] другие
}
ask-passed = , { $of ->
    [people] возвращённых
   *[any] переданных
} { $to }
ask-under = в рамках договорённости { $name }
ask-party = по данным { $party ->
    [ukraine] Украины
    [russia] России
   *[other] других
}
ask-versus = { $first } и { $second }

ask-total = Сколько { $what } { $done }{ $to }{ $tail }?
ask-rounds = Сколько было { $events }{ $to }{ $tail }?
ask-rounds-grouped = Сколько было { $events }{ $to }{ $tail }?
ask-last = Когда { $gender ->
    [m] был последний
    [n] было последнее
   *[f] была последняя
} { $event }{ $to }{ $tail }?
ask-first = Когда { $gender ->
    [m] был первый
    [n] было первое
   *[f] была первая
} { $event }{ $to }{ $tail }?
ask-largest = { $gender ->
    [m] Какой был самый большой
    [n] Какое было самое большое
   *[f] Какая была самая большая
} { $event }{ $to }{ $tail }?
ask-smallest = { $gender ->
    [m] Какой был самый малый
    [n] Какое было самое малое
   *[f] Какая была самая малая
} { $event }{ $to }{ $tail }?
ask-average = Сколько { $what } { $done }{ $to } в среднем за раунд{ $tail }?
ask-average-grouped = Сколько { $what } { $done }{ $to } в среднем за раунд{ $tail }?
ask-list = Список { $events }{ $to }{ $tail }
ask-breakdown = Сколько { $what } { $done }{ $to }{ $tail }?
ask-compare = Сравни, сколько { $what } { $done }{ $to }{ $tail }
ask-conflict = Где расходятся данные сторон по числу { $what }{ $passed }{ $tail }?
ask-claimed_total = Какое общее количество заявляет { $who } по числу { $what }{ $passed }{ $tail }?
ask-happened = { $gender ->
    [m] Был ли
    [n] Было ли
   *[f] Была ли
} { $event }{ $to }{ $tail }?
ask-days_since = Сколько дней прошло с { $gender ->
    [m] последнего
    [n] последнего
   *[f] последней
} { $since }{ $to }{ $tail }?
ask-share_identified = Сколько опознано { $what }{ $passed }{ $tail }?
