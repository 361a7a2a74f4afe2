# Як прочитано запитання, одним рядком: «Тіла, передані Україні, з 2 червня 2025 року до сьогодні».

reading-labelled = { $label }: { $subject }

subject = { $kinds }, { $way }
subject-all = передачі всіх видів { $to }
way = { $of ->
    [remains] передані
    [people] повернуті
   *[any] передані
} { $recipient ->
    [ukraine] Україні
    [russia] Росії
    [both] Україні та Росії
   *[any] будь-якою зі сторін
}

label-rounds = кількість раундів
label-last = останній раунд
label-first = перший раунд
label-largest = найбільший раунд
label-smallest = найменший раунд
label-average = у середньому за раунд
label-list = раунди один за одним
label-breakdown = суми
label-compare = порівняння
label-conflict = де числа сторін розходяться
label-claimed_total = заявлене загальне число ({ $who })
label-happened = чи був раунд
label-days_since = днів від останнього раунду
label-share_identified = ідентифіковано

reading-by = { $by ->
    [day] за днями
    [week] за тижнями
    [month] за місяцями
    [year] за роками
    [agreement] за домовленостями
    [kind] за видами
    [recipient] за отримувачами
   *[party] за джерелами
}
reading-versus = { $first } і { $second }
reading-agreement = за домовленістю { $name }
reading-party = { $party ->
    [ukraine] за даними України
    [russia] за даними Росії
   *[other] за даними інших
}
reading-as-of = за записами станом на { $at }
