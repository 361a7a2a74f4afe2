# Что могут администраторы, по командам.
admin-help =
    /add — заявление: одной строкой, предложением или ссылкой либо шаг за шагом; можно и переслать сообщение
    /edit, /retract, /pin — исправить заявление
    /merge, /split — сделать из двух раундов один или из одного два
    /undo — отменить своё последнее изменение или любое по номеру
    /review — сообщения, которые ждут решения
    /feeds — что читаем и как оно работает; add, test, pause, resume, trust, remove
    /audit — кто что изменил
    /status, /subscribers — общее состояние
    /round — раунд с номерами заявлений о нём
admin-help-owner =
    /admins — кто может это делать
    /backup — база данных файлом

# Что не так с командой, одной строкой; дальше идёт верная форма.
admin-unknown-kind = «{ $given }» — не вид; есть такие: { $choices }.
admin-unknown-recipient = «{ $given }» — не получатель; есть такие: { $choices }.
admin-unknown-party = «{ $given }» — не сторона; есть такие: { $choices }.
admin-unknown-qualifier = «{ $given }» — не точность; есть такие: { $choices }.
admin-unknown-measure = «{ $given }» — не мера; есть такие: { $choices }.
admin-unknown-trust = «{ $given }» — не степень доверия; есть такие: { $choices }.
admin-unknown-role = «{ $given }» — не роль; есть такие: { $choices }.
admin-unknown-truth = «{ $given }» — ни «да», ни «нет».
admin-unknown-feeds = «{ $given }» — не действие с лентами; есть такие: { $choices }.
admin-unknown-admins = «{ $given }» — не действие с администраторами; есть такие: { $choices }.
admin-unknown-key = Ключа «{ $given }» нет; есть такие: { $keys }.
admin-key-twice = Ключ «{ $given }» стоит дважды.
admin-open-quote = Кавычки не закрыты.
admin-too-few = Чего-то не хватает.
admin-too-many = «{ $given }» — лишнее.
admin-no-key = «{ $given }» стоит без ключа.
admin-empty-value = Ключ «{ $given }» без значения.
admin-nothing-named = Не сказано, что изменить.
admin-bad-count = «{ $given }» — не число.
admin-bad-day = «{ $given }» — не день.
admin-bad-url = «{ $given }» — не адрес.
admin-no-url = Не хватает адреса.
admin-no-trust = Не хватает степени доверия к ленте.
admin-no-claim = «{ $given }» — не номер заявления.
admin-no-number = «{ $given }» — не номер.
admin-no-filter = «{ $given }» — ни заявление, ни раунд, ни день, ни человек.
admin-no-round-id = «{ $given }» — не обозначение раунда.
admin-no-reason = Не хватает причины.
admin-no-user = «{ $given }» — не номер пользователя Telegram.
admin-two-rounds = Нужны два раунда; первый остаётся.
admin-same-round = Это дважды тот же раунд.
admin-undisclosed = Число и «undisclosed» противоречат друг другу.
admin-since-of-round = «since» относится к общему числу (measure=total).
admin-since-later = «since» позже дня.
admin-unknown-claim = Действующего заявления { $given } нет.
admin-unknown-round = Действующего раунда { $given } нет.
admin-unknown-agreement = Соглашения «{ $given }» нет.
admin-unknown-entry = Записи { $n } в журнале изменений нет.
admin-unknown-feed = Ленты { $given } нет.
admin-other-kind = Раунд { $given } другого вида: { $kind }.
admin-bad-claim = Это противоречит само себе: { $problem }.
admin-untrue = После этого реестр стал бы неверным: { $problem }.
admin-no-change = { $given } уже так и записано.
admin-same-as = { $given } повторяет { $claim }; отзовите одно из этих заявлений.
admin-no-figure = { $given } не является числом раунда, поэтому его нельзя показывать как главное.
admin-pinned-already = { $given } уже закреплено.
admin-not-pinned = { $given } не закреплено.
admin-not-in-round = { $given } не является числом раунда { $round }.
admin-split-all = При { $given } должно остаться хотя бы одно заявление.
admin-nothing-to-undo = Вашего изменения, которое можно отменить, нет. Любую запись отменяют по номеру: /audit
admin-undo-changed = То, что изменила запись { $n }, с тех пор изменено ещё раз; сначала отмените позднейшее изменение: /audit
admin-undo-nothing = Запись { $n } ничего не изменила в реестре.
admin-owners-only = Запись { $n } — изменение ролей; его делают только владельцы.
admin-has-role = { $given }: эта роль уже есть ({ $role }).
admin-no-role = { $given }: роли нет.
admin-fixed-owner = { $given } — владелец по настройкам; здесь этого не изменить.
admin-no-handover = Здесь не найдено состоявшейся передачи с датой.
admin-no-text = Не удалось прочитать страницу: { $problem }.
admin-private-only = Только в личном чате владельца.

role-given = { $role ->
    [owner] владелец
   *[editor] редактор
}

form = Вот так: { $examples }
form-add = /add remains ukraine 1212 2025-06-11 party=ukraine claimant="Координационный штаб" source=https://example.org/1
form-edit = /edit C12 count=1213 reason="опечатка"
form-retract = /retract C12 издание отозвало новость
form-pin =
    /pin C12
    /pin C12 off
form-merge = /merge remains-2025-06-11 remains-2025-06-12
form-split = /split remains-2025-06-11 C12 C14 date=2025-06-12
form-undo =
    /undo
    /undo 57
form-audit =
    /audit C12
    /audit remains-2025-06-11
    /audit 2025-06-11
    /audit by=123456
form-feeds =
    /feeds add https://example.org/rss trust=trusted name="Example"
    /feeds remove https://example.org/rss
    /feeds test https://example.org/rss
    /feeds pause https://example.org/rss
form-admins =
    /admins add 123456 editor
    /admins remove 123456
form-review =
    /review
    /review 7

# Карточка изменения.
card-add = Записать: { $what }
card-edit = Изменить: { $what }
card-retract = Отозвать: { $what }
card-pin = Показывать как главное число: { $what }
card-unpin = Больше не закреплено: { $what }
card-merge = Один раунд из двух: { $into } вбирает { $other }
card-split = Отдельный раунд: { $round }, из { $of }
card-claim = { $number } { $figure } { $recipient }, { $day }
card-claim-total = { $number } всего { $figure } { $recipient } по состоянию на { $day }, считая от { $since }
card-claim-total-open = { $number } всего { $figure } { $recipient } по состоянию на { $day }
card-new-round = Новый раунд: { $round }
card-same-round = Раунд из реестра: { $round }, { $day }
card-gone-round = Больше не раунд: { $round }
card-uncounted = Больше не учитывается из { $round }, { $recipient }: { $before }
card-shown-of = Будет показано для { $round }, { $recipient }: { $after } (сейчас: { $before })
card-agreement = В рамках: { $name }
card-replaces = Вместо: { $what }
card-shown = Будет показано, { $recipient }: { $after } (сейчас: { $before })
card-shown-same = Показанное число не изменится.
card-pinned = (закреплено)
card-alert = Подписчикам сообщат.
card-alert-count = Подписчикам сообщат: { $n }.
card-edits = Если подписчикам об этом сообщали, сообщение будет исправлено.
card-silent = Никому не сообщат.
card-quote = «{ $text }»
card-reason = Причина: { $reason }
card-stale = Тем временем реестр изменился. Взгляните ещё раз:
card-duplicate = Это уже записано как { $claim }. Сохранять нечего.

concern-future_date = Этот день ещё не настал: { $day }.
concern-implausible = Больше, чем правдоподобно; проверьте число.
concern-zero = Число 0 означает, что не передан никто.
concern-duplicate = Это уже записано: { $claim }.
concern-repeats = То же издание уже приводит то же число: { $claim }.
concern-several_rounds = В тот день было несколько раундов: { $rounds }. Взят первый.
concern-near_round = Раунд днём раньше или позже может быть тем же самым: { $rounds }.
concern-date_differs = У раунда, к которому это относится, другой день: { $rounds }.
concern-other_party = Несовместимо с числом другой стороны: { $claim }.
concern-same_party = Та же сторона назвала также: { $claim }.
concern-claimed_total = Против заявленного общего числа: { $claim }; раунды в реестре дали бы { $value }.
concern-ledger_sum = Раунды в реестре за то же время дают { $value }.
concern-stays = Показываться будет по-прежнему: { $claim }.
concern-not_alone = Между двумя раундами несколько дней: { $rounds }.
concern-asks = Всё равно сохранить?

card-save = Сохранить
card-save-anyway = Всё равно сохранить
card-drop = Отбросить
card-edit-button = Изменить
card-round-button = Это { $round }
card-own-round-button = Отдельный раунд
card-remove-button = Убрать: { $what }
card-back-button = Назад
card-saved = Сохранено ({ $who }): запись { $n }. Чтобы отменить: /undo { $n }
card-saved-claims = Записано как { $claims }.
card-saved-nothing = Менять ничего не пришлось.
card-dropped = Отброшено. Ничего не изменено.
card-gone = Эта карточка больше не действует. Ничего не изменено.
card-done = Сделано: запись { $n }. Чтобы отменить: /undo { $n }

# Шаг за шагом.
step-kind = Что передано?
step-recipient = Кто получил?
step-count = Сколько? Число; «~1000», «1000+» или «?», если никто не говорит.
step-date = В какой день? Например 2025-06-11, 11.06.2025, сегодня.
step-party = Чьё это число?
step-claimant = Кто это говорит? Человек или ведомство; «-», если известна только сторона.
step-source = Где опубликовано? Ссылка; «-», если её нет.
step-field = Что изменить?
step-figure = Которое?
step-value = Новое значение, { $field } (сейчас: { $value }):
step-none = нет
step-today = Сегодня
step-yesterday = Вчера
step-unknown = Не раскрыто
field-kind = Вид
field-recipient = Получатель
field-count = Число
field-date = День
field-party = Сторона
field-claimant = Кто говорит
field-publisher = Издание
field-source = Источник
field-agreement = Соглашение
field-qualifier = Точность
field-since = С какого дня
field-measure = Мера
field-round = Раунд
field-published = Опубликовано
field-partial = Лишь часть
qualifier = { $qualifier ->
    [exact] точно
    [about] примерно
    [at_least] как минимум
   *[undisclosed] не раскрыто
}
measure = { $measure ->
    [round] за раунд
   *[total] всего
}
truth = { $truth ->
    [yes] да
   *[no] нет
}

# Сообщения, которые ждут.
review-none = Ничто не ждёт решения.
review-head = Сообщение { $n }, ждёт с { $at }
review-left = { $n ->
    [0] Больше ничего не ждёт решения.
    [one] Ждёт ещё { $n }: /review
    [few] Ждут ещё { $n }: /review
    [many] Ждут ещё { $n }: /review
   *[other] Ждут ещё { $n }: /review
}
review-why = Почему ждёт: { $reasons }
review-nothing-read = Числа там не найдено; принять — значит закрыть без изменений. Нажмите «Изменить», чтобы написать, что там сказано.
review-accept = Принять
review-reject = Отклонить
review-accepted = Принято ({ $who }): запись { $n }. Чтобы отменить: /undo { $n }
review-accepted-plain = Принято ({ $who }). В реестре всё это уже было.
review-rejected = Отклонено ({ $who }).
review-settled = По сообщению { $n } решение уже принято. Это нажатие ничего не изменило.
review-seconded = Вы приняли. Опубликовано будет, когда примет ещё один администратор.
review-seconded-by = Принято ({ $who }); нужен ещё один администратор.
review-unknown = Сообщение { $n } не ждёт.
review-write = Отправьте, что сказано в сообщении, в форме /add: ВИД ПОЛУЧАТЕЛЬ ЧИСЛО ДЕНЬ party=… Этим оно будет закрыто.
review-reminder = { $n ->
    [one] Сообщение ждёт с { $at }: /review
    [few] { $n } сообщения ждут, самое давнее с { $at }: /review
    [many] { $n } сообщений ждут, самое давнее с { $at }: /review
   *[other] { $n } сообщения ждут, самое давнее с { $at }: /review
}
review-reason = { $reason ->
    [unverified] лента непроверенная
    [implausible] неправдоподобное число
    [conflict_same_party] та же сторона назвала другое число
    [conflict] числа сторон расходятся
    [future_date] день ещё не настал
    [total_mismatch] общие числа не сходятся
    [older_than_72_hours] новости больше трёх суток
    [low_confidence] трудно было прочитать
   *[other] { $name }
}

# Ленты.
feeds-none = Ни одной ленты пока не читаем. Чтобы добавить: /feeds add URL trust=official name=…
feeds-line = { $health } · { $trust } · { $name }
feeds-polled = прочитана { $at }
feeds-never = ещё не читана
feeds-added = Добавлено: { $name } ({ $trust }). Читаем сразу; о новостях старше суток не сообщаем.
feeds-known = Эта лента уже есть: { $name } ({ $trust }).
feeds-removed = Убрано: { $url }
feeds-paused = Приостановлено: { $name }
feeds-resumed = Снова читаем: { $name }
feeds-trusted = { $name }: отныне { $trust }.
feeds-test = { $name }: { $n ->
    [one] { $n } запись
    [few] { $n } записи
    [many] { $n } записей
   *[other] { $n } записи
}. Что сделали бы новейшие:
feeds-test-nothing = ничего
feeds-refused = Не добавлено: { $problem }
feeds-defaults = Добавить ленты по теме ({ $n }), выключенными
feeds-defaults-added = { $n ->
    [one] Добавлена { $n } лента, выключенная. Чтобы читать: /feeds test URL, затем /feeds resume URL
    [few] Добавлены { $n } ленты, выключенные. Чтобы читать: /feeds test URL, затем /feeds resume URL
    [many] Добавлено { $n } лент, выключенных. Чтобы читать: /feeds test URL, затем /feeds resume URL
   *[other] Добавлено { $n } ленты, выключенных. Чтобы читать: /feeds test URL, затем /feeds resume URL
}
feeds-unable = Здесь читать ленты нельзя.
feed-health = { $health ->
    [new] новая
    [ok] исправна
    [degraded] с трудностями
    [failing] неисправна
    [silent] молчит
   *[paused] приостановлена
}
feed-problem-dns = её адрес не удаётся найти
feed-problem-connect = она не принимает соединений
feed-problem-tls = её сертификат не в порядке
feed-problem-timeout = она не отвечает вовремя
feed-problem-rate-limited = она просит спрашивать реже
feed-problem-forbidden = она не даёт себя читать
feed-problem-not-found = её там нет
feed-problem-gone = её больше нет
feed-problem-server-error = её сервер сбоит
feed-problem-status = она отвечает кодом { $number }
feed-problem-too-large = она слишком велика
feed-problem-redirects = перенаправления ведут по кругу
feed-problem-not-a-feed = это не лента
feed-problem-no-preview = канал не показывает публичной страницы
feed-problem-layout = страница устроена по-новому
feed-problem-refused = её адрес нельзя читать
feed-problem-content = её содержимое не удаётся прочитать
feed-problem-items = { $number ->
    [one] { $number } запись не удалось обработать
    [few] { $number } записи не удалось обработать
    [many] { $number } записей не удалось обработать
   *[other] { $number } записи не удалось обработать
}
feed-problem-silent = { $number ->
    [one] ничего нового { $number } день
    [few] ничего нового { $number } дня
    [many] ничего нового { $number } дней
   *[other] ничего нового { $number } дня
}
feed-notice-degraded = Лента { $name } с трудностями: { $problem }. { $url }
feed-notice-failing = Лента { $name } неисправна: { $problem }. { $url }
feed-notice-silent = Лента { $name } замолчала: { $problem }. { $url }
feed-notice-recovered = Лента { $name } снова исправна. { $url }
feed-notice-moved = Лента { $name } переехала: { $url } (раньше: { $before }).

# Журнал изменений, роли, состояние.
audit-none = Записей нет.
audit-entry = { $n } · { $at } · { $who } · { $reason }
audit-undoes = (отменяет { $n })
audit-was = было { $text }
audit-is = стало { $text }
audit-is-new = добавлено: { $text }
audit-is-gone = отозвано: { $text }
audit-field = { $field }: { $before }, теперь { $after }
audit-more-objects = и ещё { $n }
audit-older = Более давние
audit-newer = Новейшие
who-program = { $name ->
    [feed] ленты
    [import] импорт
    [bundled] встроенный реестр
    [backfill] обработка архива
    [cli] командная строка
   *[other] { $name }
}
# Почему что-то изменила сама программа.
audit-why-import = внесён файл с записями
audit-why-report = { $decision ->
    [new_round] сообщение о новом раунде
    [same_round] сообщение об известном раунде
    [correction] сообщение с исправленным числом
    [background] сообщение, напоминающее о прежних раундах
    [review] сообщение, ожидающее решения
   *[irrelevant] сообщение о другом
}: { $source }
audit-why-add = записано: { $kind } { $recipient }, { $date }
audit-why-edit = исправлено: { $claim }
audit-why-pin = выбрано числом для показа: { $claim }
audit-why-unpin = больше не закреплено: { $claim }
audit-why-merge = раунд { $other } объединён с { $into }
audit-why-split = раунд { $round } выделен из { $of }
audit-why-undo = изменение отменено
audit-why-reject = сообщение { $report } отклонено
audit-why-reopen = сообщение { $report } снова ждёт решения
audit-why-role = роль пользователя { $user }

undo-large = Запись { $n } ({ $who }: { $reason }) изменила очень многое за раз. Отменить всё это?
undo-all = Отменить всё
undone = Отменено: запись { $n } ({ $reason }).
admins-head = Владельцы и редакторы
admins-line = { $id }: { $role }
admins-settings = по настройкам
admins-added = { $id }: отныне { $role }.
admins-removed = { $id }: роли больше нет.
subscribers-all = { $n ->
    [0] Подписчиков пока нет.
    [one] { $n } подписчик
    [few] { $n } подписчика
    [many] { $n } подписчиков
   *[other] { $n } подписчика
}
subscribers-kinds = По видам: { $list }
subscribers-langs = По языкам: { $list }
subscribers-frequencies = Как часто: { $list }
frequency = { $frequency ->
    [at_once] сразу
    [daily] ежедневно
   *[weekly] еженедельно
}
count-of = { $what } { $n }
status-ledger = Реестр: версия { $version }, раундов { $rounds }, заявлений { $claims }
status-reviews = { $n ->
    [0] Ждёт решения: ничего
   *[other] Ждёт решения: { $n }, самое давнее с { $at }
}
status-outbox = Доставки: { $list }
status-outbox-unknown = Отправок без ответа: { $n }; такие сообщения повторены один раз и могли прийти дважды.
status-outbox-oldest = Самая давняя из тех, что должны были уйти, ждёт { $seconds } с.
status-feeds = Ленты: { $list }
status-feeds-none = Ленты: нет
status-backup = Последняя резервная копия: { $at }
status-backup-none = Последняя резервная копия: нет
status-process = Память { $megabytes } МБ, работает с { $at }
delivery = { $state ->
    [pending] ждут
    [leased] в пути
    [sent] отправлено
    [dead] не удалось
   *[carried] сообщено вместе с другими
}
backup-caption = База данных по состоянию на { $at }.
backup-unable = Здесь резервной копии сделать нельзя.
