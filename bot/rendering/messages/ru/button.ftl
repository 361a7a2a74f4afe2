# Надписи на кнопках; короткие, для телефона.
button-by-month = По месяцам
button-by-year = По годам
button-list = Каждый раунд
button-total = Всего
button-all-parties = Все данные
button-chart = График
button-why = Почему?
button-subscribe = Сообщать о новых
button-help = Что можно спросить?
button-bot = Спросить бота
button-previous = ‹ Назад
button-next = Дальше ›
