# Написи на кнопках; короткі, для телефона.
button-by-month = За місяцями
button-by-year = За роками
button-list = Кожен раунд
button-total = Усього
button-all-parties = Усі дані
button-chart = Графік
button-why = Чому?
button-subscribe = Сповіщати про нові
button-help = Що можна запитати?
button-bot = Запитати бота
button-previous = ‹ Назад
button-next = Далі ›
