# Раунд, як про нього дізнаються підписники.
event = { $kind ->
    [remains] Передача тіл
    [prisoners] { $ways ->
        [both] Обмін полоненими
       *[one] Повернення полонених
    }
    [civilians] Повернення цивільних
   *[children] Повернення дітей
}
reported-without-figure = Повідомлено без числа:
alert-agreement = За домовленістю { $name }, { $day }.
alert-updated = Оновлено: показано числа, відомі тепер.
alert-withdrawn = Це повідомлення відкликано; воно більше не враховується.
alert-blocked = Записано новий раунд. Дізнатися його числа: /last.
digest-title = Передачі, { $period }
digest-empty = Нових раундів за цей час не записано.
