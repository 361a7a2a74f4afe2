# Раунд, как о нём узнают подписчики.
event = { $kind ->
    [remains] Передача тел
    [prisoners] { $ways ->
        [both] Обмен пленными
       *[one] Возвращение пленных
    }
    [civilians] Возвращение гражданских
   *[children] Возвращение детей
}
reported-without-figure = Сообщено без числа:
alert-agreement = По договорённости { $name }, { $day }.
alert-updated = Обновлено: показаны числа, известные сейчас.
alert-withdrawn = Это сообщение отозвано; оно больше не учитывается.
alert-blocked = Записан новый раунд. Узнать его числа: /last.
digest-title = Передачи, { $period }
digest-empty = Новых раундов за это время не записано.
