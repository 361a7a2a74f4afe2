# What only the terminal says.
terminal-welcome = Ask in your own words, in English, Ukrainian or Russian. What can be asked: /help. Ctrl-D ends.
terminal-numbers = Type a number to choose.
terminal-no-number = There is no { $number } in the list; it ends with { $last }.
terminal-more-words = more next
terminal-more = For the next page type: { $word }
terminal-interrupted = Once more, or Ctrl-D, ends.
terminal-chart = The chart is in { $path }
terminal-export = The data is in { $path }
terminal-files = A chart as a file: /chart, or /chart my.png. Data: /export, /export jsonl, or /export csv my.csv.
terminal-export-usage = After /export: csv or jsonl, then a file; or nothing, for the last answer.
terminal-not-written = { $path } could not be written: { $reason }
terminal-unknown = There is no command { $name }. There are:
terminal-commands = Commands
terminal-menu-new = Start afresh
terminal-menu-quit = End
terminal-only-telegram = { $name } is for Telegram; a terminal answers and is told of nothing by itself.
terminal-privacy = In this terminal: what you type at the prompt stays in { $path } on this computer, so that the arrow keys find it; questions about a person do not.
