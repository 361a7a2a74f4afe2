# Запити у вигляді запитань. Читач запитань має зрозуміти їх знову.

ask-what = { $kind ->
    [remains] тіл
    [prisoners] полонених
    [civilians] цивільних
    [children] дітей
   *[all] усіх видів
}
ask-done = { $of ->
    [people] повернули
   *[any] передали
}
ask-event = { $kind ->
    [remains] передача тіл
    [prisoners] обмін полоненими
    [civilians] повернення цивільних
    [children] повернення дітей
   *[all] передача
}
ask-events = { $kind ->
    [remains] передач тіл
    [prisoners] обмінів полоненими
    [civilians] повернень цивільних
    [children] повернень дітей
   *[all] передач
}
ask-event-of = передача { $what }
ask-events-of = передач { $what }
ask-event-since = { $kind ->
    [remains] передачі тіл
    [prisoners] обміну полоненими
    [civilians] повернення цивільних
    [children] повернення дітей
   *[all] передачі
}
ask-event-of-since = передачі { $what }
ask-who = { $party ->
    [ukraine] Україна
    [russia] Росія
   *[other] інші
}
ask-passed = , { $of ->
    [people] повернутих
   *[any] переданих
} { $to }
ask-under = в рамках домовленості { $name }
ask-party = за даними { $party ->
    [ukraine] України
    [russia] Росії
   *[other] інших
}
ask-versus = { $first } та { $second }

ask-total = Скільки { $what } { $done }{ $to }{ $tail }?
ask-rounds = Скільки було { $events }{ $to }{ $tail }?
ask-rounds-grouped = Скільки було { $events }{ $to }{ $tail }?
ask-last = Коли { $gender ->
    [m] був останній
    [n] було останнє
   *[f] була остання
} { $event }{ $to }{ $tail }?
ask-first = Коли { $gender ->
    [m] був перший
    [n] було перше
   *[f] була перша
} { $event }{ $to }{ $tail }?
ask-largest = { $gender ->
    [m] Який був найбільший
    [n] Яке було найбільше
   *[f] Яка була найбільша
} { $event }{ $to }{ $tail }?
ask-smallest = { $gender ->
    [m] Який був найменший
    [n] Яке було найменше
   *[f] Яка була найменша
} { $event }{ $to }{ $tail }?
ask-average = Скільки { $what } { $done }{ $to } в середньому за раунд{ $tail }?
ask-average-grouped = Скільки { $what } { $done }{ $to } в середньому за раунд{ $tail }?
ask-list = Список { $events }{ $to }{ $tail }
ask-breakdown = Скільки { $what } { $done }{ $to }{ $tail }?
ask-compare = Порівняй, скільки { $what } { $done }{ $to }{ $tail }
ask-conflict = Де розходяться дані сторін щодо { $what }{ $passed }{ $tail }?
ask-claimed_total = Яку загальну кількість заявляє { $who } щодо { $what }{ $passed }{ $tail }?
ask-happened = { $gender ->
    [m] Чи був
    [n] Чи було
   *[f] Чи була
} { $event }{ $to }{ $tail }?
ask-days_since = Скільки днів минуло від { $gender ->
    [m] останнього
    [n] останнього
   *[f] останньої
} { $since }{ $to }{ $tail }?
ask-share_identified = Скільки ідентифіковано { $what }{ $passed }{ $tail }?
