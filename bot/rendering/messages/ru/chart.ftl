# Слова на графике и под ним.
chart-cumulative = Нарастающим итогом
chart-undisclosed = Число не раскрыто
chart-differ = Числа различаются: от наименьшего до наибольшего
chart-differ-sides = Числа сторон различаются (UA: Украины, RU: России)
chart-rule = Числа стороны, которая получила, если они названы.
chart-others = { $named } и другие
chart-source = Источники: { $publishers }. Записи версии { $version }, { $day }.
chart-bars = { $n ->
    [one] { $n } столбец.
    [few] { $n } столбца.
    [many] { $n } столбцов.
   *[other] { $n } столбца.
}
chart-largest = Самый большой: { $name }, { $figure }.
chart-only = Один столбец: { $figure }.
chart-total = Нарастающий итог: { $figure }.
chart-left-out = Не поместилось на график: { $what }.
chart-hidden = { $n ->
    [one] { $n } раунд без числа.
    [few] { $n } раунда без числа.
    [many] { $n } раундов без числа.
   *[other] { $n } раунда без числа.
}
chart-differing = { $n ->
    [one] Для { $n } столбца числа различаются.
   *[other] Для { $n } столбцов числа различаются.
}
chart-dark = На тёмном фоне
chart-light = На светлом фоне
chart-nothing = Здесь нет данных для графика.
