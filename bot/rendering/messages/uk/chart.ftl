# Слова на графіку та під ним.
chart-cumulative = Наростаючим підсумком
chart-undisclosed = Число не розкрито
chart-differ = Числа різняться: від найменшого до найбільшого
chart-differ-sides = Числа сторін різняться (UA: України, RU: Росії)
chart-rule = Числа сторони, що отримала, якщо їх названо.
chart-others = { $named } та інші
chart-source = Джерела: { $publishers }. Записи версії { $version }, { $day }.
chart-bars = { $n ->
    [one] { $n } стовпчик.
    [few] { $n } стовпчики.
    [many] { $n } стовпчиків.
   *[other] { $n } стовпчика.
}
chart-largest = Найбільший: { $name }, { $figure }.
chart-only = Один стовпчик: { $figure }.
chart-total = Наростаючий підсумок: { $figure }.
chart-left-out = Не вмістилося на графік: { $what }.
chart-hidden = { $n ->
    [one] { $n } раунд без числа.
    [few] { $n } раунди без числа.
    [many] { $n } раундів без числа.
   *[other] { $n } раунду без числа.
}
chart-differing = { $n ->
    [one] Для { $n } стовпчика числа різняться.
   *[other] Для { $n } стовпчиків числа різняться.
}
chart-dark = На темному тлі
chart-light = На світлому тлі
chart-nothing = Тут немає даних для графіка.
