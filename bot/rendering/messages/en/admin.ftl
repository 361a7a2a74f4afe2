# What administrators can do, by command.
admin-help =
    /add — a claim: in one line, as a sentence or a link, or step by step; a forwarded post works too
    /edit, /retract, /pin — correct a claim
    /merge, /split — make one round of two, or two of one
    /undo — take back your last change, or any by its number
    /review — reports that wait for a decision
    /feeds — what is read, and how it is doing; add, test, pause, resume, trust, remove
    /audit — who changed what
    /status, /subscribers — how things stand
    /round — a round with the numbers of its claims
admin-help-owner =
    /admins — who may do this
    /backup — the database as a file

# What is wrong with a command, in one line; the right form follows it.
admin-unknown-kind = “{ $given }” is no kind; it is one of: { $choices }.
admin-unknown-recipient = “{ $given }” is no recipient; it is one of: { $choices }.
admin-unknown-party = “{ $given }” is no party; it is one of: { $choices }.
admin-unknown-qualifier = “{ $given }” is no qualifier; it is one of: { $choices }.
admin-unknown-measure = “{ $given }” is no measure; it is one of: { $choices }.
admin-unknown-trust = “{ $given }” is no trust; it is one of: { $choices }.
admin-unknown-role = “{ $given }” is no role; it is one of: { $choices }.
admin-unknown-truth = “{ $given }” is neither yes nor no.
admin-unknown-feeds = “{ $given }” is nothing to do with feeds; it is one of: { $choices }.
admin-unknown-admins = “{ $given }” is nothing to do with administrators; it is one of: { $choices }.
admin-unknown-key = There is no key “{ $given }”; there are: { $keys }.
admin-key-twice = The key “{ $given }” stands twice.
admin-open-quote = A quotation mark is not closed.
admin-too-few = Something is missing.
admin-too-many = “{ $given }” is too much.
admin-no-key = “{ $given }” stands without a key.
admin-empty-value = The key “{ $given }” has no value.
admin-nothing-named = Nothing to change is named.
admin-bad-count = “{ $given }” is no figure.
admin-bad-day = “{ $given }” is no day.
admin-bad-url = “{ $given }” is no address.
admin-no-url = The address is missing.
admin-no-trust = How far the feed is trusted is missing.
admin-no-claim = “{ $given }” is no claim’s number.
admin-no-number = “{ $given }” is no number.
admin-no-filter = “{ $given }” is neither a claim, a round, a day nor a person.
admin-no-round-id = “{ $given }” is no round’s id.
admin-no-reason = The reason is missing.
admin-no-user = “{ $given }” is no Telegram user id.
admin-two-rounds = Two rounds are needed; the first one stays.
admin-same-round = That is the same round twice.
admin-undisclosed = A figure and “undisclosed” contradict each other.
admin-since-of-round = “since” belongs to a total (measure=total).
admin-since-later = “since” is later than the day.
admin-unknown-claim = There is no standing claim { $given }.
admin-unknown-round = There is no standing round { $given }.
admin-unknown-agreement = There is no agreement “{ $given }”.
admin-unknown-entry = There is no entry { $n } in the audit log.
admin-unknown-feed = There is no feed { $given }.
admin-other-kind = The round { $given } is one of { $kind }.
admin-bad-claim = This contradicts itself: { $problem }.
admin-untrue = The ledger would be untrue after this: { $problem }.
admin-no-change = { $given } reads so already.
admin-same-as = { $given } would say the same as { $claim }; retract one of them.
admin-no-figure = { $given } is no figure of a round, so it cannot be the one shown.
admin-pinned-already = { $given } is pinned already.
admin-not-pinned = { $given } is not pinned.
admin-not-in-round = { $given } is no figure of the round { $round }.
admin-split-all = At least one claim has to stay with { $given }.
admin-nothing-to-undo = There is no change of yours to take back. Any entry can be taken back by its number: /audit
admin-undo-changed = What entry { $n } changed was changed again since; take the later change back first: /audit
admin-undo-nothing = Entry { $n } changed nothing in the ledger.
admin-owners-only = Entry { $n } is a change of roles, which only owners make.
admin-has-role = { $given } is { $role } already.
admin-no-role = { $given } has no role.
admin-fixed-owner = { $given } is an owner by the settings, which cannot be changed here.
admin-no-handover = I found no completed handover with a date in it.
admin-no-text = I could not read the page: { $problem }.
admin-private-only = For an owner’s private chat only.

role-given = { $role ->
    [owner] an owner
   *[editor] an editor
}

form = Like this: { $examples }
form-add = /add remains ukraine 1212 2025-06-11 party=ukraine claimant="Coordination Headquarters" source=https://example.org/1
form-edit = /edit C12 count=1213 reason="misprint"
form-retract = /retract C12 the outlet has withdrawn it
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

# The card of a change.
card-add = Record: { $what }
card-edit = Change: { $what }
card-retract = Retract: { $what }
card-pin = Show as the figure: { $what }
card-unpin = No longer pinned: { $what }
card-merge = One round out of two: { $into } takes in { $other }
card-split = A round of its own: { $round }, out of { $of }
card-claim = { $number } { $figure } { $recipient }, { $day }
card-claim-total = { $number } { $figure } { $recipient } in all, as of { $day }, counted since { $since }
card-claim-total-open = { $number } { $figure } { $recipient } in all, as of { $day }
card-new-round = New round: { $round }
card-same-round = Round on record: { $round }, { $day }
card-gone-round = No longer a round: { $round }
card-uncounted = No longer counted for { $round }, { $recipient }: { $before }
card-shown-of = The figure shown for { $round }, { $recipient }: { $after } (now: { $before })
card-agreement = Under: { $name }
card-replaces = Instead of: { $what }
card-shown = The figure shown, { $recipient }: { $after } (now: { $before })
card-shown-same = The figure shown stays as it is.
card-pinned = (pinned)
card-alert = Subscribers will be told.
card-alert-count = Subscribers will be told: { $n }.
card-edits = Where subscribers were told of it, their message will be corrected.
card-silent = Nobody will be told.
card-quote = “{ $text }”
card-reason = Reason: { $reason }
card-stale = The ledger has changed meanwhile. Look again:
card-duplicate = This stands already as { $claim }. There is nothing to save.

concern-future_date = The day is still to come: { $day }.
concern-implausible = More than is plausible; check the figure.
concern-zero = A figure of 0 says that nobody was handed over.
concern-duplicate = It stands already: { $claim }.
concern-repeats = The same publisher carries the same figure already: { $claim }.
concern-several_rounds = There were several rounds that day: { $rounds }. Taken: the first.
concern-near_round = A round a day apart may be the same one: { $rounds }.
concern-date_differs = The round it belongs to is dated otherwise: { $rounds }.
concern-other_party = Cannot hold together with the other side’s figure: { $claim }.
concern-same_party = The same side also gave: { $claim }.
concern-claimed_total = Against a claimed total: { $claim }; the rounds on record would add up to { $value }.
concern-ledger_sum = The rounds on record for the same time add up to { $value }.
concern-stays = The figure shown stays { $claim }.
concern-not_alone = The two rounds are days apart: { $rounds }.
concern-asks = Save all the same?

card-save = Save
card-save-anyway = Save all the same
card-drop = Drop
card-edit-button = Edit
card-round-button = It is { $round }
card-own-round-button = A round of its own
card-remove-button = Leave out: { $what }
card-back-button = Back
card-saved = Saved by { $who }: entry { $n }. To take it back: /undo { $n }
card-saved-claims = Recorded as { $claims }.
card-saved-nothing = Nothing had to be changed.
card-dropped = Dropped. Nothing was changed.
card-gone = This card is no longer valid. Nothing was changed.
card-done = Done: entry { $n }. To take it back: /undo { $n }

# Step by step.
step-kind = What was handed over?
step-recipient = Who received?
step-count = How many? A number; “~1000”, “1000+”, or “?” if nobody says.
step-date = On which day? As in 2025-06-11, 11.06.2025, today.
step-party = Whose figure is it?
step-claimant = Who states it? A person or body; “-” if only the side is known.
step-source = Where was it published? A link; “-” if there is none.
step-field = What is to be changed?
step-figure = Which one?
step-value = The new value of { $field } (now: { $value }):
step-none = none
step-today = Today
step-yesterday = Yesterday
step-unknown = Not disclosed
field-kind = Kind
field-recipient = Recipient
field-count = Figure
field-date = Day
field-party = Party
field-claimant = Claimant
field-publisher = Publisher
field-source = Source
field-agreement = Agreement
field-qualifier = Qualifier
field-since = Since
field-measure = Measure
field-round = Round
field-published = Published
field-partial = Part only
qualifier = { $qualifier ->
    [exact] exact
    [about] about
    [at_least] at least
   *[undisclosed] not disclosed
}
measure = { $measure ->
    [round] of the round
   *[total] total
}
truth = { $truth ->
    [yes] yes
   *[no] no
}

# Reports that wait.
review-none = Nothing waits for a decision.
review-head = Report { $n }, waiting since { $at }
review-left = { $n ->
    [0] Nothing else waits.
    [one] { $n } more waits: /review
   *[other] { $n } more wait: /review
}
review-why = Why it waits: { $reasons }
review-nothing-read = No figure was read from it; accepting settles it without a change. Edit to write what it says.
review-accept = Accept
review-reject = Reject
review-accepted = Accepted by { $who }: entry { $n }. To take it back: /undo { $n }
review-accepted-plain = Accepted by { $who }. The ledger held all of it already.
review-rejected = Rejected by { $who }.
review-settled = Report { $n } was decided already. This press changed nothing.
review-seconded = You have accepted. It is posted when a second administrator accepts it too.
review-seconded-by = Accepted by { $who }; a second administrator is needed.
review-unknown = No report { $n } waits.
review-write = Send what the report says as /add would take it: KIND RECIPIENT COUNT DATE party=… That settles it.
review-reminder = { $n ->
    [one] A report has been waiting since { $at }: /review
   *[other] { $n } reports wait, the oldest since { $at }: /review
}
review-reason = { $reason ->
    [unverified] its feed is unverified
    [implausible] an implausible figure
    [conflict_same_party] the same side gave another figure
    [conflict] the two sides’ figures differ
    [future_date] a day still to come
    [total_mismatch] the totals do not add up
    [older_than_72_hours] it is older than three days
    [low_confidence] it was hard to read
   *[other] { $name }
}

# Feeds.
feeds-none = No feeds are read yet. To add one: /feeds add URL trust=official name=…
feeds-line = { $health } · { $trust } · { $name }
feeds-polled = read { $at }
feeds-never = never read
feeds-added = Added: { $name } ({ $trust }). It is read at once; nothing older than a day alerts anybody.
feeds-known = This feed is there already: { $name } ({ $trust }).
feeds-removed = Removed: { $url }
feeds-paused = Paused: { $name }
feeds-resumed = Read again: { $name }
feeds-trusted = { $name }: from now on { $trust }.
feeds-test = { $name }: { $n ->
    [one] { $n } item
   *[other] { $n } items
}. What the newest would do:
feeds-test-nothing = nothing
feeds-refused = Not added: { $problem }
feeds-defaults = Add { $n } feeds of this subject, switched off
feeds-defaults-added = { $n ->
    [one] { $n } feed added, switched off. To read one: /feeds test URL, then /feeds resume URL
   *[other] { $n } feeds added, switched off. To read one: /feeds test URL, then /feeds resume URL
}
feeds-unable = Feeds cannot be read here.
feed-health = { $health ->
    [new] new
    [ok] well
    [degraded] in difficulty
    [failing] failing
    [silent] silent
   *[paused] paused
}
feed-problem-dns = its name cannot be found
feed-problem-connect = it takes no connection
feed-problem-tls = its certificate is not in order
feed-problem-timeout = it does not answer in time
feed-problem-rate-limited = it asks for fewer requests
feed-problem-forbidden = it refuses to be read
feed-problem-not-found = it is not there
feed-problem-gone = it is gone for good
feed-problem-server-error = its server fails
feed-problem-status = it answers with status { $number }
feed-problem-too-large = it is too large
feed-problem-redirects = its redirects lead in a circle
feed-problem-not-a-feed = it is no feed
feed-problem-no-preview = the channel shows no public page
feed-problem-layout = the page has changed its layout
feed-problem-refused = its address may not be read
feed-problem-content = its content cannot be read
feed-problem-items = { $number ->
    [one] { $number } item could not be taken in
   *[other] { $number } items could not be taken in
}
feed-problem-silent = { $number ->
    [one] nothing new for { $number } day
   *[other] nothing new for { $number } days
}
feed-notice-degraded = The feed { $name } is in difficulty: { $problem }. { $url }
feed-notice-failing = The feed { $name } is failing: { $problem }. { $url }
feed-notice-silent = The feed { $name } has gone silent: { $problem }. { $url }
feed-notice-recovered = The feed { $name } is well again. { $url }
feed-notice-moved = The feed { $name } has moved to { $url } (before: { $before }).

# The audit log, roles, state.
audit-none = No entries.
audit-entry = { $n } · { $at } · { $who } · { $reason }
audit-undoes = (takes back { $n })
audit-was = was { $text }
audit-is = is { $text }
audit-is-new = new: { $text }
audit-is-gone = retracted: { $text }
audit-field = { $field }: { $before }, now { $after }
audit-more-objects = and { $n } more
audit-older = Older
audit-newer = Newest
who-program = { $name ->
    [feed] the feeds
    [import] an import
    [bundled] the bundled ledger
    [backfill] a backfill
    [cli] the command line
   *[other] { $name }
}
# Why the program itself changed something.
audit-why-import = a file of records was taken in
audit-why-report = { $decision ->
    [new_round] a report of a new round
    [same_round] a report of a known round
    [correction] a report that corrects a figure
    [background] a report that recalls earlier rounds
    [review] a report that waits for a decision
   *[irrelevant] a report of something else
}: { $source }
audit-why-add = recorded: { $kind } { $recipient }, { $date }
audit-why-edit = corrected: { $claim }
audit-why-pin = made the figure shown: { $claim }
audit-why-unpin = no longer pinned: { $claim }
audit-why-merge = { $other } merged into { $into }
audit-why-split = { $round } made out of { $of }
audit-why-undo = a change taken back
audit-why-reject = report { $report } rejected
audit-why-reopen = report { $report } waits again
audit-why-role = the role of { $user }

undo-large = Entry { $n } ({ $who }: { $reason }) changed a great deal at once. Take back all of it?
undo-all = Take back all of it
undone = Taken back: entry { $n } ({ $reason }).
admins-head = Owners and editors
admins-line = { $id }: { $role }
admins-settings = by the settings
admins-added = { $id } is { $role } now.
admins-removed = { $id } has no role any more.
subscribers-all = { $n ->
    [0] No subscribers yet.
    [one] { $n } subscriber
   *[other] { $n } subscribers
}
subscribers-kinds = By kind: { $list }
subscribers-langs = By language: { $list }
subscribers-frequencies = How often: { $list }
frequency = { $frequency ->
    [at_once] at once
    [daily] daily
   *[weekly] weekly
}
count-of = { $what } { $n }
status-ledger = Ledger: version { $version }, { $rounds } rounds, { $claims } claims
status-reviews = { $n ->
    [0] Waiting for a decision: nothing
   *[other] Waiting for a decision: { $n }, the oldest since { $at }
}
status-outbox = Deliveries: { $list }
status-outbox-unknown = Messages whose answer was lost: { $n }; each was repeated once and may have arrived twice.
status-outbox-oldest = The oldest due delivery waits { $seconds } s.
status-feeds = Feeds: { $list }
status-feeds-none = Feeds: none
status-backup = Last backup: { $at }
status-backup-none = Last backup: none
status-process = Memory { $megabytes } MB, up since { $at }
delivery = { $state ->
    [pending] pending
    [leased] on the way
    [sent] sent
    [dead] given up
   *[carried] told with others
}
backup-caption = The database as of { $at }.
backup-unable = No backup can be made here.
