# Написи на кнопках; короткі, для телефона.
button-by-month = По місяцях
button-by-year = По роках
button-list = Кожен раунд
button-total = Усього
button-all-parties = Чиї завгодно дані
button-chart = Графік
button-why = Чому?
button-subscribe = Сповіщати про нові
button-help = Що можна запитати?
button-bot = Запитати бота
button-previous = ‹ Назад
button-next = Далі ›
