# Слова, на які спираються інші файли.

day = { $text } року
month = { $text } року
year = { $text } рік
instant = { $day }, { $time }
list-and = { $head } та { $last }
quoted = «{ $text }»

party = { $party ->
    [ukraine] Україна
    [russia] Росія
   *[other] інші
}
to-recipient = { $recipient ->
    [ukraine] Україні
    [russia] Росії
    [both] обом сторонам
   *[any] будь-якій зі сторін
}
passed-to = { $recipient ->
    [ukraine] Передано Україні
   *[russia] Передано Росії
}
kind = { $kind ->
    [remains] тіла
    [prisoners] полонені
    [civilians] цивільні
    [children] діти
   *[all] усі види
}
trust = { $trust ->
    [official] офіційна
    [trusted] надійна
   *[unverified] неперевірена
}

# Число з іменником.
count-remains = { $n ->
    [one] { $n } тіло
    [few] { $n } тіла
    [many] { $n } тіл
   *[other] { $n } тіла
}
count-prisoners = { $n ->
    [one] { $n } полонений
    [few] { $n } полонені
    [many] { $n } полонених
   *[other] { $n } полоненого
}
count-civilians = { $n ->
    [one] { $n } цивільна особа
    [few] { $n } цивільні особи
    [many] { $n } цивільних осіб
   *[other] { $n } цивільної особи
}
count-children = { $n ->
    [one] { $n } дитина
    [few] { $n } дитини
    [many] { $n } дітей
   *[other] { $n } дитини
}
count-people = { $n ->
    [one] { $n } людина
    [few] { $n } людини
    [many] { $n } людей
   *[other] { $n } людини
}
count-any = { $n }
count-rounds = { $n ->
    [one] { $n } раунд
    [few] { $n } раунди
    [many] { $n } раундів
   *[other] { $n } раунду
}
count-days = { $n ->
    [one] { $n } день
    [few] { $n } дні
    [many] { $n } днів
   *[other] { $n } дня
}
count-claims = { $n ->
    [one] { $n } заява
    [few] { $n } заяви
    [many] { $n } заяв
   *[other] { $n } заяви
}
qualified = { $qualifier ->
    [about] приблизно { $figure }
    [at_least] щонайменше { $figure }
   *[exact] { $figure }
}
not-disclosed = не розкрито
no-figure = числа немає
no-round = раундів не записано
