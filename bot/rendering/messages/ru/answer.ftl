# Число.
answer-no-round = 0: ни одного раунда не записано
answer-undisclosed = Число не раскрыто
answer-dated = { $day }: { $figure }
answer-average = в среднем { $figure } за раунд
answer-conflicts = { $n ->
    [0] Нет раундов, по которым числа сторон расходятся
    [one] { $n } раунд, по которому числа сторон расходятся
    [few] { $n } раунда, по которым числа сторон расходятся
    [many] { $n } раундов, по которым числа сторон расходятся
   *[other] { $n } раунда, по которому числа сторон расходятся
}
answer-yes = Да: { $figure }
answer-yes-undisclosed = Да, но число не раскрыто
answer-yes-several = Да
answer-no = Нет: ни одного раунда не записано
answer-identified = { $n } опознано
answer-last-was = Последний раунд был { $day }.
answer-mixed = { $rows }

# Строки.
row = { $label }: { $figure }
row-round = { $day }: { $figure }
row-round-way = { $day }, { $way }: { $figure }
row-spread = { $figure } (от { $low } до { $high })
row-undisclosed = { $figure }, и { $n ->
    [one] { $n } раунд без числа
    [few] { $n } раунда без числа
    [many] { $n } раундов без числа
   *[other] { $n } раунда без числа
}
row-conflict = { $day }, { $what }: по данным Украины { $ukraine }, по данным России { $russia }
row-identified = { $day }: { $identified } из такого числа: { $figure }
kind-way = { $kind } { $recipient }
week = неделя с { $day }
rows-page = { $first }–{ $last } из { $all }
rows-more = ещё { $n }

# Кто это говорит.
according = { $party ->
    [ukraine] По данным Украины
    [russia] По данным России
   *[other] По данным других
}
side = { $according }: { $figure }
side-rounds = { $according }: { $figure } ({ $rounds })
side-none = { $party ->
    [ukraine] Украина своего числа не назвала.
    [russia] Россия своего числа не назвала.
   *[other] Другие числа не назвали.
}
spread = От { $low } до { $high }, если брать наименьшее и наибольшее число каждого раунда.
compare-more = В первом случае на { $n } больше.
compare-fewer = В первом случае на { $n } меньше.
compare-same = Числа одинаковы.
claimed = Заявляет { $claimant }, по состоянию на { $day }, отсчёт с { $since }.
claimed-no-start = Заявляет { $claimant }, по состоянию на { $day }. С какого дня отсчёт, источник не говорит.
beside = Кроме того: { $reading }: { $figure }.
sources = Источники
source-partial = только часть раунда
source-pinned = выбрано администратором
reference = Ссылка { $ref }

# Чего не известно.
note-records-begin = Записи начинаются { $day }; что было раньше, в число не входит.
note-undisclosed = { $n ->
    [one] { $n } раунд состоялся, но числа не назвал никто; к сумме он ничего не добавляет.
    [few] { $n } раунда состоялись, но числа не назвал никто; к сумме они ничего не добавляют.
    [many] { $n } раундов состоялись, но числа не назвал никто; к сумме они ничего не добавляют.
   *[other] { $n } раунда без числа; к сумме это ничего не добавляет.
}
note-party_silent = { $n ->
    [one] { $n } раунд пропущен: { $party } не назвала по нему своего числа.
    [few] { $n } раунда пропущены: { $party } не назвала по ним своего числа.
    [many] { $n } раундов пропущены: { $party } не назвала по ним своего числа.
   *[other] { $n } раунда пропущено: { $party } не назвала своего числа.
}
note-no_round = За это время ни одного раунда не записано.
note-other_talks = Другие переговоры с таким названием: { $talks }.
note-talks = { $day } ({ $name })
note-ledger_sum = Записанные раунды за то же время дают в сумме { $n }.
note-total_differs = Это на { $n } { $direction ->
    [less] меньше
   *[more] больше
} заявленного числа; не каждый раунд был обнародован с числом.
note-partial = { $n ->
    [one] { $n } опубликованное число относится только к части раунда и в сумму не входит.
    [few] { $n } опубликованных числа относятся только к части раунда и в сумму не входят.
    [many] { $n } опубликованных чисел относятся только к части раунда и в сумму не входят.
   *[other] { $n } опубликованного числа относится только к части раунда и в сумму не входит.
}
note-rounded = { $qualifier ->
    [about] Число дано как округлённое.
   *[at_least] Число дано как нижняя граница.
}
note-one_way = { $n ->
    [one] По { $n } раунду за это время никто не говорит, что получила { $recipient ->
        [russia] Россия
       *[ukraine] Украина
    }.
   *[other] По { $n } раундам за это время никто не говорит, что получила { $recipient ->
        [russia] Россия
       *[ukraine] Украина
    }.
}
note-as_of = По состоянию записей на { $day }.
note-identity = До опознания то, чьи это тела, известно только со слов стороны, которая их передала.

# Что принято по умолчанию.
assumed-kind = Прочитано как: { $taken }.
assumed-recipient = Прочитано как переданное { $taken }.
assumed-agreement = Прочитано как { $name }, { $day }.
assumed-year = Год не назван; прочитано как { $taken }.
corrected = «{ $written }» прочитано как «{ $read }».

# Заявление и источник среди нескольких.
claim-line = { $according }: { $figure } ({ $claimant }; { $source }, { $day })
claim-line-undated = { $according }: { $figure } ({ $claimant }; { $source })
claim-part = { $figure }, только часть раунда
source-line = { $day }: { $source }, { $claimant }
