# Что говорит только терминал.
terminal-welcome = Спрашивайте своими словами: по-русски, по-украински или по-английски. О чём можно спросить: /help. Ctrl-D завершает.
terminal-numbers = Чтобы выбрать, введите номер.
terminal-no-number = Номера { $number } в списке нет; последний — { $last }.
terminal-more-words = дальше ещё еще
terminal-more = Следующая страница: введите «{ $word }»
terminal-interrupted = Ещё раз или Ctrl-D — завершить.
terminal-chart = График в файле { $path }
terminal-export = Данные в файле { $path }
terminal-files = График в файл: /chart или /chart мой.png. Данные: /export, /export jsonl или /export csv данные.csv.
terminal-export-usage = После /export: csv или jsonl, затем файл; или ничего — для последнего ответа.
terminal-not-written = Не удалось записать { $path }: { $reason }
terminal-unknown = Команды { $name } нет. Есть такие:
terminal-commands = Команды
terminal-menu-new = Начать заново
terminal-menu-quit = Завершить
terminal-only-telegram = { $name } — для Telegram; терминал только отвечает и сам ни о чём не сообщает.
terminal-privacy = В этом терминале: то, что вы вводите, остаётся в файле { $path } на этом компьютере, чтобы возвращаться к нему стрелками; вопросы о человеке — нет.
