# Pages, settings and short answers of commands.

start-greeting = I answer, from published and sourced statements, how many fallen, prisoners, civilians and children Russia and Ukraine have handed over to each other, and tell you of new handovers.
start-newest = The newest round on record
start-total = Since the Istanbul agreement of { $day }
start-ask = Ask in your own words, in English, Ukrainian or Russian.
start-told = To be told of new rounds: /subscribe

help-title = What you can ask
help-intro = Ask in your own words; a further question may be as short as “and in July?”. For example:
help-told = Being told: /subscribe remains ukraine, or /subscribe prisoners weekly. With the buttons of /settings: kinds and recipient; at once, a daily or a weekly digest; quiet hours; sound.
help-pictures = Pictures: as in “chart of 2025 by month”; a button under a chart draws it on a dark ground.
help-data = Data: /export csv or /export jsonl sends everything; /export alone offers the last answer too.
help-again = One round: /round 2025-06-11. An earlier answer: /ref and the six letters and digits at its end.
help-elsewhere = In a group, mention me or reply to me. In any other chat, type { $bot } and a question, and choose an answer to send. A group or channel is told of new rounds once one of its administrators sends /subscribe there.
help-admin = For administrators: /admin
help-more = How figures are chosen and what is missing: /method. What is kept about you: /privacy.

menu-start = The newest round and the total
menu-help = What can be asked
menu-ask = Ask a question
menu-last = The last round
menu-rounds = All rounds, newest first
menu-round = One round with every claim about it
menu-chart = A chart
menu-sources = Sources of the last answer
menu-conflicts = Where the two sides differ
menu-why = Why the last answer says what it says
menu-ref = An earlier answer again
menu-subscribe = Be told of new rounds
menu-unsubscribe = Stop being told
menu-settings = Settings
menu-language = Language
menu-export = The data as a file
menu-method = How figures are chosen
menu-privacy = What is kept about you
menu-review = Reports that wait for a decision
menu-add = Record a figure
menu-edit = Correct a figure
menu-retract = Withdraw a figure
menu-pin = Choose a round’s figure
menu-merge = Two rounds are one
menu-split = One round is two
menu-undo = Take back a change
menu-audit = Who changed what
menu-feeds = Feeds and their health
menu-status = How the bot is doing
menu-subscribers = How many are subscribed
menu-admin = What administrators can do
menu-admins = Roles
menu-backup = The database as a file

privacy-title = What is kept
privacy-kept = Of this chat: its number, the language, and, if you subscribed, what you want to be told and when. So that “and in July?” can be understood, what the last question asked for is kept (kind, direction, dates), not its words, and is forgotten after a while.
privacy-not = Not kept: names, user names, phone numbers, the words of your questions, anything about a person that you ask for.
privacy-delete = Delete everything
privacy-deleted = Everything kept of this chat has been deleted, the subscription included.
privacy-nothing = Nothing is kept of this chat.
privacy-confirm = Delete everything that is kept of this chat, the subscription included?

method-title = How figures are chosen
method-version = Method, version { $version }; ledger at version { $ledger }.
method-claims = Every figure here is a statement that somebody made and somebody published: a claim. Each keeps who said it, who published it, when and where. Nothing is estimated.
method-headline = For one round and one recipient the receiving side’s own figure is shown; where it gave none, the other side’s; then others’. An exact figure comes before a rounded one; of those the one that most publishers carry; of those the newest. An administrator can choose another; the answer then says so.
method-sums = A sum adds those figures. The lowest and highest sums take each round’s lowest and highest figure. Remains are never added to people; a total that somebody claims is never added to anything.
method-conflict = Both sides’ figures are shown wherever they cannot both be true.
method-undisclosed = A round without a figure from anyone is counted as a round, adds nothing to a sum, and is mentioned.
method-partial = A figure for a part of a round (soldiers without civilians, one region) is shown and never summed.
method-identity = Whose remains they are is, until identification, what the handing side says. One person’s remains can come in several handovers, so a number of bodies is not a number of people.
method-missing = What is missing: handovers that nobody announced; rounds reported only where no feed is read; corrections that nobody published. The records of each kind begin with its first recorded round.
method-corrections = Nothing is overwritten. A correction replaces a claim and the old one stays readable; an answer’s reference gives the same figures again and says what has changed.
method-persons = No names, pictures or lists of people are kept or shown.

why-title = Why the answer says this
why-nothing = No claim stands behind the last answer.
why-line = { $figure }: { $reason }
why-use = { $use ->
    [headline] counted
    [pinned] counted, chosen by an administrator
    [same_figure] the same figure as the one counted
    [overruled] left out: an administrator chose another figure
    [other_party] left out: the receiving side’s own figure comes first, then the other side’s
    [rounded] left out: an exact figure comes before a rounded one
    [fewer_publishers] left out: another figure of the same side is carried by more publishers or is newer
    [partial] left out: covers only a part of the round
    [undisclosed] reports the round, not the figure
    [newest_total] shown: the newest total of this side
    [older_total] left out: a newer or a more exact total is shown
   *[not_asked] left out: not the side that was asked for
}

sources-title = Sources of the last answer
sources-none = The last answer rests on no source.
conflicts-title = Where the two sides’ figures differ, the widest gap first
conflicts-none = There is no round on record for which the two sides’ figures differ.
rounds-title = Rounds on record, newest first
round-unknown = There is no round { $id } on record. The list: /rounds
round-ordinal = Counted as exchange number { $n } by the side that numbers them.
round-claims = Claims
round-total = Totals announced with it
ref-usage = Send the six letters and digits after the command, as in /ref { $ref }.
ref-unknown = No answer has the reference { $ref }.
ref-asked = Reference { $ref }, asked on { $at }
ref-same = Nothing has changed since.
ref-changed = Since then the record has changed. Today the same question gives:
ref-changes = What has changed:
ref-change = { $sort ->
    [new] new: { $what }: { $after }
    [gone] no longer on record: { $what }: { $before }
   *[other] { $what }: { $before }, now { $after }
}
ref-superseded = The claims behind it have changed since; the figure has not.

subscribed = From now on you will be told of new handovers: { $what }.
subscribed-again = Changed. You will be told of new handovers: { $what }.
subscribed-group = From now on this chat will be told of new handovers: { $what }.
subscribe-narrow = You can narrow it with the buttons.
subscribe-usage = I did not understand “{ $word }”. For example: /subscribe remains ukraine, /subscribe prisoners weekly. Hours are set with the buttons: /settings
subscribe-not-admin = Only administrators of this chat can change what it is told.
unsubscribed = You will be told of nothing any more. To begin again: /subscribe
unsubscribed-none = There was no subscription.
subscription-none = You are not subscribed. To be told of new rounds: /subscribe
subscription-kinds = { $kinds }, { $way }
subscription-all = every kind (remains, prisoners, civilians, children)
subscription-when = { $frequency ->
    [at_once] at once
    [daily] once a day, at { $hour }:00
   *[weekly] once a week, on Mondays at { $hour }:00
}
subscription-quiet = held back from { $from }:00 to { $to }:00
subscription-silent = without a sound

settings-title = Settings
settings-line-told = Told of: { $what }
settings-line-when = When: { $when }
settings-line-language = Language: { $language }
settings-language-auto = that of each question
settings-kinds = Kinds
settings-recipient = Recipient
settings-frequency = How often
settings-quiet = Quiet hours
settings-silent = Sound
settings-on = on
settings-off = off
settings-any-recipient = Both directions
settings-all-kinds = Every kind
settings-at-once = At once
settings-daily = Daily digest
settings-weekly = Weekly digest
settings-no-quiet = No quiet hours
settings-quiet-hours = { $from }:00 to { $to }:00
settings-saved = Saved.
settings-stop = Stop being told
language-name = English
language-choose = Which language shall I write in?
language-auto = That of each question
language-set = I will write in English.
language-set-auto = I will write in the language of each question.

export-caption = { $claims }, ledger at version { $version }. SHA-256 of the file: { $checksum }. How figures are chosen: /method
export-choose = What shall the file hold?
export-last = The last answer
export-everything = Everything
export-preparing = The file is being prepared.
export-share = The file is being prepared: { $percent } %.
export-nothing = The last answer rests on no claim, so there is nothing to export.

unknown-command = I do not know this command. What I can do: /help
only-chat-admins = Only administrators of this chat can do this.
sorry = Something went wrong on my side, and it has been noted. Please try again a little later.
stale-button = This button is too old. Please ask again.
too-long = This is too long for a question. Please ask in a sentence.
ask-usage = Write the question after the command, or just write it.
add-to-group = Reply to me or mention me to ask; I do not speak unasked.
inline-hint = Ask for a figure, as in: total since Istanbul
inline-nothing = Nothing to show for this yet
inline-open = Ask in a private chat
