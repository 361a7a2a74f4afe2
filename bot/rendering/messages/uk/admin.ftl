# Що можуть адміністратори, за командами.
admin-help =
    /add — заява: одним рядком, реченням чи посиланням або крок за кроком; можна й переслати повідомлення
    /edit, /retract, /pin — виправити заяву
    /merge, /split — зробити з двох раундів один або з одного два
    /undo — скасувати свою останню зміну або будь-яку за номером
    /review — повідомлення, що чекають на рішення
    /feeds — що читаємо і як воно працює; add, test, pause, resume, trust, remove
    /audit — хто що змінив
    /status, /subscribers — загальний стан
    /round — раунд із номерами заяв про нього
admin-help-owner =
    /admins — хто може це робити
    /backup — база даних файлом

# Що не так із командою, одним рядком; далі йде правильна форма.
admin-unknown-kind = «{ $given }» — не вид; є такі: { $choices }.
admin-unknown-recipient = «{ $given }» — не отримувач; є такі: { $choices }.
admin-unknown-party = «{ $given }» — не сторона; є такі: { $choices }.
admin-unknown-qualifier = «{ $given }» — не точність; є такі: { $choices }.
admin-unknown-measure = «{ $given }» — не міра; є такі: { $choices }.
admin-unknown-trust = «{ $given }» — не рівень довіри; є такі: { $choices }.
admin-unknown-role = «{ $given }» — не роль; є такі: { $choices }.
admin-unknown-truth = «{ $given }» — ні «так», ні «ні».
admin-unknown-feeds = «{ $given }» — не дія зі стрічками; є такі: { $choices }.
admin-unknown-admins = «{ $given }» — не дія з адміністраторами; є такі: { $choices }.
admin-unknown-key = Ключа «{ $given }» немає; є такі: { $keys }.
admin-key-twice = Ключ «{ $given }» стоїть двічі.
admin-open-quote = Лапки не закрито.
admin-too-few = Чогось бракує.
admin-too-many = «{ $given }» — зайве.
admin-no-key = «{ $given }» стоїть без ключа.
admin-empty-value = Ключ «{ $given }» без значення.
admin-nothing-named = Не сказано, що змінити.
admin-bad-count = «{ $given }» — не число.
admin-bad-day = «{ $given }» — не день.
admin-bad-url = «{ $given }» — не адреса.
admin-no-url = Бракує адреси.
admin-no-trust = Бракує рівня довіри до стрічки.
admin-no-claim = «{ $given }» — не номер заяви.
admin-no-number = «{ $given }» — не номер.
admin-no-filter = «{ $given }» — ні заява, ні раунд, ні день, ні особа.
admin-no-round-id = «{ $given }» — не позначення раунду.
admin-no-reason = Бракує причини.
admin-no-user = «{ $given }» — не номер користувача Telegram.
admin-two-rounds = Потрібні два раунди; перший залишається.
admin-same-round = Це двічі той самий раунд.
admin-undisclosed = Число і «undisclosed» суперечать одне одному.
admin-since-of-round = «since» належить до загального числа (measure=total).
admin-since-later = «since» пізніше за день.
admin-unknown-claim = Чинної заяви { $given } немає.
admin-unknown-round = Чинного раунду { $given } немає.
admin-unknown-agreement = Угоди «{ $given }» немає.
admin-unknown-entry = Запису { $n } у журналі змін немає.
admin-unknown-feed = Стрічки { $given } немає.
admin-other-kind = Раунд { $given } іншого виду: { $kind }.
admin-bad-claim = Це суперечить саме собі: { $problem }.
admin-untrue = Після цього реєстр був би неправдивим: { $problem }.
admin-no-change = { $given } уже так і записано.
admin-same-as = { $given } повторює { $claim }; відкличте одну з цих заяв.
admin-no-figure = { $given } не є числом раунду, тож його не можна показувати як головне.
admin-pinned-already = { $given } уже закріплено.
admin-not-pinned = { $given } не закріплено.
admin-not-in-round = { $given } не є числом раунду { $round }.
admin-split-all = При { $given } має залишитися щонайменше одна заява.
admin-nothing-to-undo = Вашої зміни, яку можна скасувати, немає. Будь-який запис скасовують за номером: /audit
admin-undo-changed = Те, що змінив запис { $n }, відтоді змінено ще раз; спершу скасуйте пізнішу зміну: /audit
admin-undo-nothing = Запис { $n } нічого не змінив у реєстрі.
admin-owners-only = Запис { $n } — зміна ролей; її роблять лише власники.
admin-has-role = { $given }: ця роль уже є ({ $role }).
admin-no-role = { $given }: ролі немає.
admin-fixed-owner = { $given } — власник за налаштуваннями; тут цього не змінити.
admin-no-handover = Тут не знайдено передачі, що відбулася, з датою.
admin-no-text = Не вдалося прочитати сторінку: { $problem }.
admin-private-only = Лише в приватному чаті власника.

role-given = { $role ->
    [owner] власник
   *[editor] редактор
}

form = Ось так: { $examples }
form-add = /add remains ukraine 1212 2025-06-11 party=ukraine claimant="Координаційний штаб" source=https://example.org/1
form-edit = /edit C12 count=1213 reason="описка"
form-retract = /retract C12 видання відкликало новину
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

# Картка зміни.
card-add = Записати: { $what }
card-edit = Змінити: { $what }
card-retract = Відкликати: { $what }
card-pin = Показувати як головне число: { $what }
card-unpin = Більше не закріплено: { $what }
card-merge = Один раунд із двох: { $into } вбирає { $other }
card-split = Окремий раунд: { $round }, з { $of }
card-claim = { $number } { $figure } { $recipient }, { $day }
card-claim-total = { $number } усього { $figure } { $recipient } станом на { $day }, рахуючи від { $since }
card-claim-total-open = { $number } усього { $figure } { $recipient } станом на { $day }
card-new-round = Новий раунд: { $round }
card-same-round = Раунд із реєстру: { $round }, { $day }
card-gone-round = Більше не раунд: { $round }
card-uncounted = Більше не враховується з { $round }, { $recipient }: { $before }
card-shown-of = Показуватиметься для { $round }, { $recipient }: { $after } (зараз: { $before })
card-agreement = У межах: { $name }
card-replaces = Замість: { $what }
card-shown = Показуватиметься, { $recipient }: { $after } (зараз: { $before })
card-shown-same = Показане число не зміниться.
card-pinned = (закріплено)
card-alert = Підписників сповістять.
card-alert-count = Підписників сповістять: { $n }.
card-edits = Якщо підписників про це сповіщали, їхнє повідомлення буде виправлено.
card-silent = Нікого не сповіщатимуть.
card-quote = «{ $text }»
card-reason = Причина: { $reason }
card-stale = Тим часом реєстр змінився. Погляньте ще раз:
card-duplicate = Це вже записано як { $claim }. Зберігати нічого.

concern-future_date = Цей день ще не настав: { $day }.
concern-implausible = Більше, ніж правдоподібно; перевірте число.
concern-zero = Число 0 означає, що не передано нікого.
concern-duplicate = Це вже записано: { $claim }.
concern-repeats = Те саме видання вже подає те саме число: { $claim }.
concern-several_rounds = Того дня було кілька раундів: { $rounds }. Узято перший.
concern-near_round = Раунд днем раніше чи пізніше може бути тим самим: { $rounds }.
concern-date_differs = Раунд, до якого це належить, має інший день: { $rounds }.
concern-other_party = Не сумісне з числом іншої сторони: { $claim }.
concern-same_party = Та сама сторона назвала також: { $claim }.
concern-claimed_total = Проти заявленого загального числа: { $claim }; раунди в реєстрі дали б { $value }.
concern-ledger_sum = Раунди в реєстрі за той самий час дають { $value }.
concern-stays = Показуватиметься й далі: { $claim }.
concern-not_alone = Між двома раундами кілька днів: { $rounds }.
concern-asks = Усе одно зберегти?

card-save = Зберегти
card-save-anyway = Усе одно зберегти
card-drop = Відкинути
card-edit-button = Змінити
card-round-button = Це { $round }
card-own-round-button = Окремий раунд
card-remove-button = Прибрати: { $what }
card-back-button = Назад
card-saved = Збережено ({ $who }): запис { $n }. Щоб скасувати: /undo { $n }
card-saved-claims = Записано як { $claims }.
card-saved-nothing = Змінювати нічого не довелося.
card-dropped = Відкинуто. Нічого не змінено.
card-gone = Ця картка вже не чинна. Нічого не змінено.
card-done = Зроблено: запис { $n }. Щоб скасувати: /undo { $n }

# Крок за кроком.
step-kind = Що передано?
step-recipient = Хто отримав?
step-count = Скільки? Число; «~1000», «1000+» або «?», якщо ніхто не каже.
step-date = Якого дня? Як-от 2025-06-11, 11.06.2025, сьогодні.
step-party = Чиє це число?
step-claimant = Хто це каже? Особа чи установа; «-», якщо відома лише сторона.
step-source = Де опубліковано? Посилання; «-», якщо його немає.
step-field = Що змінити?
step-figure = Котре?
step-value = Нове значення, { $field } (зараз: { $value }):
step-none = немає
step-today = Сьогодні
step-yesterday = Учора
step-unknown = Не розкрито
field-kind = Вид
field-recipient = Отримувач
field-count = Число
field-date = День
field-party = Сторона
field-claimant = Хто каже
field-publisher = Видання
field-source = Джерело
field-agreement = Угода
field-qualifier = Точність
field-since = Відколи
field-measure = Міра
field-round = Раунд
field-published = Опубліковано
field-partial = Лише частина
qualifier = { $qualifier ->
    [exact] точно
    [about] приблизно
    [at_least] щонайменше
   *[undisclosed] не розкрито
}
measure = { $measure ->
    [round] за раунд
   *[total] усього
}
truth = { $truth ->
    [yes] так
   *[no] ні
}

# Повідомлення, що чекають.
review-none = Ніщо не чекає на рішення.
review-head = Повідомлення { $n }, чекає від { $at }
review-left = { $n ->
    [0] Більше нічого не чекає на рішення.
    [one] Чекає ще { $n }: /review
    [few] Чекають ще { $n }: /review
    [many] Чекають ще { $n }: /review
   *[other] Чекають ще { $n }: /review
}
review-why = Чому чекає: { $reasons }
review-nothing-read = Числа там не знайдено; прийняти — означає закрити без змін. Натисніть «Змінити», щоб написати, що там сказано.
review-accept = Прийняти
review-reject = Відхилити
review-accepted = Прийнято ({ $who }): запис { $n }. Щоб скасувати: /undo { $n }
review-accepted-plain = Прийнято ({ $who }). У реєстрі все це вже було.
review-rejected = Відхилено ({ $who }).
review-settled = Щодо повідомлення { $n } рішення вже ухвалено. Це натискання нічого не змінило.
review-seconded = Ви прийняли. Опубліковано буде, коли прийме ще один адміністратор.
review-seconded-by = Прийнято ({ $who }); потрібен ще один адміністратор.
review-unknown = Повідомлення { $n } не чекає.
review-write = Надішліть, що сказано в повідомленні, у формі /add: ВИД ОТРИМУВАЧ ЧИСЛО ДЕНЬ party=… Цим його буде закрито.
review-reminder = { $n ->
    [one] Повідомлення чекає від { $at }: /review
    [few] { $n } повідомлення чекають, найдавніше від { $at }: /review
    [many] { $n } повідомлень чекають, найдавніше від { $at }: /review
   *[other] { $n } повідомлення чекають, найдавніше від { $at }: /review
}
review-reason = { $reason ->
    [unverified] стрічка неперевірена
    [implausible] неправдоподібне число
    [conflict_same_party] та сама сторона назвала інше число
    [conflict] числа сторін різняться
    [future_date] день ще не настав
    [total_mismatch] загальні числа не сходяться
    [older_than_72_hours] новині понад три доби
    [low_confidence] важко було прочитати
   *[other] { $name }
}

# Стрічки.
feeds-none = Жодної стрічки ще не читаємо. Щоб додати: /feeds add URL trust=official name=…
feeds-line = { $health } · { $trust } · { $name }
feeds-polled = прочитано { $at }
feeds-never = ще не читано
feeds-added = Додано: { $name } ({ $trust }). Читаємо одразу; про новини, старші за добу, не сповіщаємо.
feeds-known = Ця стрічка вже є: { $name } ({ $trust }).
feeds-removed = Прибрано: { $url }
feeds-paused = Призупинено: { $name }
feeds-resumed = Знову читаємо: { $name }
feeds-trusted = { $name }: відтепер { $trust }.
feeds-test = { $name }: { $n ->
    [one] { $n } допис
    [few] { $n } дописи
    [many] { $n } дописів
   *[other] { $n } допису
}. Що зробили б найновіші:
feeds-test-nothing = нічого
feeds-refused = Не додано: { $problem }
feeds-defaults = Додати стрічки за темою ({ $n }), вимкненими
feeds-defaults-added = { $n ->
    [one] Додано { $n } стрічку, вимкнену. Щоб читати: /feeds test URL, потім /feeds resume URL
    [few] Додано { $n } стрічки, вимкнені. Щоб читати: /feeds test URL, потім /feeds resume URL
    [many] Додано { $n } стрічок, вимкнених. Щоб читати: /feeds test URL, потім /feeds resume URL
   *[other] Додано { $n } стрічки, вимкнені. Щоб читати: /feeds test URL, потім /feeds resume URL
}
feeds-unable = Тут читати стрічки не можна.
feed-health = { $health ->
    [new] нова
    [ok] справна
    [degraded] із труднощами
    [failing] несправна
    [silent] мовчить
   *[paused] призупинена
}
feed-problem-dns = її адресу не вдається знайти
feed-problem-connect = вона не приймає з’єднань
feed-problem-tls = її сертифікат не в порядку
feed-problem-timeout = вона не відповідає вчасно
feed-problem-rate-limited = вона просить питати рідше
feed-problem-forbidden = вона не дає себе читати
feed-problem-not-found = її там немає
feed-problem-gone = її більше немає
feed-problem-server-error = її сервер збоїть
feed-problem-status = вона відповідає кодом { $number }
feed-problem-too-large = вона завелика
feed-problem-redirects = переспрямування ведуть по колу
feed-problem-not-a-feed = це не стрічка
feed-problem-no-preview = канал не показує публічної сторінки
feed-problem-layout = сторінку побудовано по-новому
feed-problem-refused = її адресу не можна читати
feed-problem-content = її вміст не вдається прочитати
feed-problem-items = { $number ->
    [one] { $number } допис не вдалося обробити
    [few] { $number } дописи не вдалося обробити
    [many] { $number } дописів не вдалося обробити
   *[other] { $number } допису не вдалося обробити
}
feed-problem-silent = { $number ->
    [one] нічого нового { $number } день
    [few] нічого нового { $number } дні
    [many] нічого нового { $number } днів
   *[other] нічого нового { $number } дня
}
feed-notice-degraded = Стрічка { $name } із труднощами: { $problem }. { $url }
feed-notice-failing = Стрічка { $name } несправна: { $problem }. { $url }
feed-notice-silent = Стрічка { $name } замовкла: { $problem }. { $url }
feed-notice-recovered = Стрічка { $name } знову справна. { $url }
feed-notice-moved = Стрічка { $name } переїхала: { $url } (раніше: { $before }).

# Журнал змін, ролі, стан.
audit-none = Записів немає.
audit-entry = { $n } · { $at } · { $who } · { $reason }
audit-undoes = (скасовує { $n })
audit-was = було { $text }
audit-is = стало { $text }
audit-is-new = додано: { $text }
audit-is-gone = відкликано: { $text }
audit-field = { $field }: { $before }, тепер { $after }
audit-more-objects = і ще { $n }
audit-older = Давніші
audit-newer = Найновіші
who-program = { $name ->
    [feed] стрічки
    [import] імпорт
    [bundled] вбудований реєстр
    [backfill] опрацювання архіву
    [cli] командний рядок
   *[other] { $name }
}
# Чому змінила щось сама програма.
audit-why-import = внесено файл із записами
audit-why-report = { $decision ->
    [new_round] повідомлення про новий раунд
    [same_round] повідомлення про відомий раунд
    [correction] повідомлення з виправленим числом
    [background] повідомлення, що згадує попередні раунди
    [review] повідомлення, що чекає на рішення
   *[irrelevant] повідомлення про інше
}: { $source }
audit-why-add = записано: { $kind } { $recipient }, { $date }
audit-why-edit = виправлено: { $claim }
audit-why-pin = обрано числом для показу: { $claim }
audit-why-unpin = більше не закріплено: { $claim }
audit-why-merge = раунд { $other } об’єднано з { $into }
audit-why-split = раунд { $round } виділено з { $of }
audit-why-undo = скасовано зміну
audit-why-reject = повідомлення { $report } відхилено
audit-why-reopen = повідомлення { $report } знову чекає на рішення
audit-why-role = роль користувача { $user }

undo-large = Запис { $n } ({ $who }: { $reason }) змінив дуже багато водночас. Скасувати все це?
undo-all = Скасувати все
undone = Скасовано: запис { $n } ({ $reason }).
admins-head = Власники й редактори
admins-line = { $id }: { $role }
admins-settings = за налаштуваннями
admins-added = { $id }: відтепер { $role }.
admins-removed = { $id }: ролі більше немає.
subscribers-all = { $n ->
    [0] Підписників ще немає.
    [one] { $n } підписник
    [few] { $n } підписники
    [many] { $n } підписників
   *[other] { $n } підписника
}
subscribers-kinds = За видами: { $list }
subscribers-langs = За мовами: { $list }
subscribers-frequencies = Як часто: { $list }
frequency = { $frequency ->
    [at_once] одразу
    [daily] щодня
   *[weekly] щотижня
}
count-of = { $what } { $n }
status-ledger = Реєстр: версія { $version }, раундів { $rounds }, заяв { $claims }
status-reviews = { $n ->
    [0] Чекає на рішення: нічого
   *[other] Чекає на рішення: { $n }, найдавніше від { $at }
}
status-outbox = Доставки: { $list }
status-outbox-unknown = Надсилань без відповіді: { $n }; такі повідомлення повторено один раз, вони могли прийти двічі.
status-outbox-oldest = Найдавніша з тих, що мали піти, чекає { $seconds } с.
status-feeds = Стрічки: { $list }
status-feeds-none = Стрічки: немає
status-backup = Остання резервна копія: { $at }
status-backup-none = Остання резервна копія: немає
status-process = Пам’ять { $megabytes } МБ, працює від { $at }
delivery = { $state ->
    [pending] чекають
    [leased] у дорозі
    [sent] надіслано
    [dead] не вдалося
   *[carried] сповіщено разом з іншими
}
backup-caption = База даних станом на { $at }.
backup-unable = Тут резервної копії зробити не можна.
