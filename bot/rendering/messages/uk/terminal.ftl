# Що каже лише термінал.
terminal-welcome = Питайте своїми словами: українською, англійською чи російською. Про що можна питати: /help. Ctrl-D завершує.
terminal-numbers = Щоб обрати, введіть номер.
terminal-no-number = Номера { $number } у списку немає; останній — { $last }.
terminal-more-words = далі ще
terminal-more = Наступна сторінка: введіть «{ $word }»
terminal-interrupted = Ще раз або Ctrl-D — завершити.
terminal-chart = Графік у файлі { $path }
terminal-export = Дані у файлі { $path }
terminal-files = Графік у файл: /chart або /chart мій.png. Дані: /export, /export jsonl або /export csv дані.csv.
terminal-export-usage = Після /export: csv або jsonl, потім файл; або нічого — для останньої відповіді.
terminal-not-written = Не вдалося записати { $path }: { $reason }
terminal-unknown = Команди { $name } немає. Є такі:
terminal-commands = Команди
terminal-menu-new = Почати спочатку
terminal-menu-quit = Завершити
terminal-only-telegram = { $name } — для Telegram; термінал лише відповідає і сам ні про що не сповіщає.
terminal-privacy = У цьому терміналі: те, що ви вводите, лишається у файлі { $path } на цьому комп’ютері, щоб повертатися до нього стрілками; запитання про людину — ні.
