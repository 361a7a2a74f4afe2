# Число.
answer-no-round = 0: жодного раунду не записано
answer-undisclosed = Число не розкрито
answer-dated = { $day }: { $figure }
answer-average = у середньому { $figure } за раунд
answer-conflicts = { $n ->
    [0] Немає раундів, щодо яких числа сторін розходяться
    [one] { $n } раунд, щодо якого числа сторін розходяться
    [few] { $n } раунди, щодо яких числа сторін розходяться
    [many] { $n } раундів, щодо яких числа сторін розходяться
   *[other] { $n } раунду, щодо якого числа сторін розходяться
}
answer-yes = Так: { $figure }
answer-yes-undisclosed = Так, але число не розкрито
answer-yes-several = Так
answer-no = Ні: жодного раунду не записано
answer-identified = { $n } ідентифіковано
answer-last-was = Останній раунд був { $day }.

# Рядки.
row = { $label }: { $figure }
row-round = { $day }: { $figure }
row-round-way = { $day }, { $way }: { $figure }
row-spread = { $figure } (від { $low } до { $high })
row-undisclosed = { $figure } і ще { $n ->
    [one] { $n } раунд без числа
    [few] { $n } раунди без числа
    [many] { $n } раундів без числа
   *[other] { $n } раунду без числа
}
row-conflict = { $day }, { $what }: за даними України { $ukraine }, за даними Росії { $russia }
row-identified = { $day }: { $identified } з такої кількості: { $figure }
kind-way = { $kind } { $recipient }
week = тиждень від { $day }
rows-page = { $first }–{ $last } з { $all }
rows-more = ще { $n }

# Хто це каже.
according = { $party ->
    [ukraine] За даними України
    [russia] За даними Росії
   *[other] За даними інших
}
side = { $according }: { $figure }
side-rounds = { $according }: { $figure } ({ $rounds })
spread = Від { $low } до { $high }, якщо брати найменше й найбільше число кожного раунду.
compare-more = У першому періоді на { $n } більше
compare-fewer = У першому періоді на { $n } менше
compare-same = В обох періодах однаково
claimed = Заявляє { $claimant }, станом на { $day }, відлік з { $since }.
claimed-no-start = Заявляє { $claimant }, станом на { $day }. Від якого дня відлік, джерело не каже.
beside = Крім того: { $reading }: { $figure }.
sources = Джерела
source-pinned = обрано адміністратором
reference = Номер відповіді: { $ref }

# Чого не відомо.
note-records-begin = Записи починаються { $day }; що було раніше, тут невідомо.
note-undisclosed = { $n ->
    [one] { $n } раунд відбувся, але числа не назвав ніхто; до суми він нічого не додає.
    [few] { $n } раунди відбулися, але числа не назвав ніхто; до суми вони нічого не додають.
    [many] { $n } раундів відбулося, але числа не назвав ніхто; до суми вони нічого не додають.
   *[other] { $n } раунду без числа; до суми це нічого не додає.
}
note-undisclosed-apart = { $n ->
    [one] { $n } раунд відбувся, але числа не назвав ніхто; тут його не враховано.
    [few] { $n } раунди відбулися, але числа не назвав ніхто; тут їх не враховано.
    [many] { $n } раундів відбулося, але числа не назвав ніхто; тут їх не враховано.
   *[other] { $n } раунду без числа; тут це не враховано.
}
party-silent = { $party ->
    [ukraine] Україна не назвала власного числа
    [russia] Росія не назвала власного числа
   *[other] інші не назвали власного числа
}
note-party_silent = { $n ->
    [one] { $n } раунд пропущено: { $silent } щодо нього.
    [few] { $n } раунди пропущено: { $silent } щодо них.
    [many] { $n } раундів пропущено: { $silent } щодо них.
   *[other] { $n } раунду пропущено: { $silent }.
}
note-no_round = За цей час жодного раунду не записано.
note-other_talks = Інші переговори з такою назвою: { $talks }.
note-talks = { $day } ({ $name })
note-ledger_sum = Записані раунди за той самий час дають у сумі { $n }.
note-total_more = Це на { $n } більше за заявлене число.
note-total_fewer = Це на { $n } менше за заявлене число; не кожен раунд оприлюднили з числом.
note-partial = { $n ->
    [one] { $n } оприлюднене число стосується лише частини раунду і до суми не входить.
    [few] { $n } оприлюднені числа стосуються лише частини раунду і до суми не входять.
    [many] { $n } оприлюднених чисел стосуються лише частини раунду і до суми не входять.
   *[other] { $n } оприлюдненого числа стосується лише частини раунду і до суми не входить.
}
note-rounded = { $qualifier ->
    [about] Число подано як округлене.
   *[at_least] Число подано як нижню межу.
}
note-one_way = { $n ->
    [one] Щодо { $n } раунду цього часу ніхто не каже, що отримала { $recipient ->
        [russia] Росія
       *[ukraine] Україна
    }.
   *[other] Щодо { $n } раундів цього часу ніхто не каже, що отримала { $recipient ->
        [russia] Росія
       *[ukraine] Україна
    }.
}
note-as_of = За записами станом на { $day }.
note-identity = До ідентифікації те, чиї це тіла, відомо лише зі слів сторони, яка їх передала.

# Що взято на віру.
assumed-agreement = Прочитано як { $name }, { $day }.
assumed-year = Рік не названо; прочитано як { $taken }.
corrected = «{ $written }» прочитано як «{ $read }».

# Заява та джерело серед кількох.
claim-total = усього { $figure } станом на { $day }, рахуючи від { $since }
claim-total-open = усього { $figure } станом на { $day }
claim-part = { $figure }, лише частина раунду
claim-said = { $figure }, { $party ->
    [ukraine] за даними України
    [russia] за даними Росії
   *[other] за даними інших
}
