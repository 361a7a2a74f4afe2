# Слова, на которые опираются остальные файлы.

day = { $text } года
month = { $text } года
year = { $text } год
instant = { $day }, { $time }
list-and = { $head } и { $last }
quoted = «{ $text }»

party = { $party ->
    [ukraine] Украина
    [russia] Россия
   *[other] другие
}
to-recipient = { $recipient ->
    [ukraine] Украине
    [russia] России
    [both] обеим сторонам
   *[any] любой из сторон
}
passed-to = { $recipient ->
    [ukraine] Передано Украине
   *[russia] Передано России
}
kind = { $kind ->
    [remains] тела
    [prisoners] пленные
    [civilians] гражданские
    [children] дети
   *[all] все виды
}
trust = { $trust ->
    [official] официальная
    [trusted] надёжная
   *[unverified] непроверенная
}

# Число с существительным.
count-remains = { $n ->
    [one] { $n } тело
    [few] { $n } тела
    [many] { $n } тел
   *[other] { $n } тела
}
count-prisoners = { $n ->
    [one] { $n } пленный
    [few] { $n } пленных
    [many] { $n } пленных
   *[other] { $n } пленного
}
count-civilians = { $n ->
    [one] { $n } гражданское лицо
    [few] { $n } гражданских лица
    [many] { $n } гражданских лиц
   *[other] { $n } гражданского лица
}
count-children = { $n ->
    [one] { $n } ребёнок
    [few] { $n } ребёнка
    [many] { $n } детей
   *[other] { $n } ребёнка
}
count-people = { $n ->
    [one] { $n } человек
    [few] { $n } человека
    [many] { $n } человек
   *[other] { $n } человека
}
count-any = { $n }
count-rounds = { $n ->
    [one] { $n } раунд
    [few] { $n } раунда
    [many] { $n } раундов
   *[other] { $n } раунда
}
count-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
count-claims = { $n ->
    [one] { $n } заявление
    [few] { $n } заявления
    [many] { $n } заявлений
   *[other] { $n } заявления
}
qualified = { $qualifier ->
    [about] примерно { $figure }
    [at_least] как минимум { $figure }
   *[exact] { $figure }
}
not-disclosed = не раскрыто
no-figure = числа нет
no-round = раундов не записано
