# Each reason for giving no figure, in its own words and with a next step.

refusal-future = I cannot tell what is to come: only handovers that have happened are recorded. To be told of the next one as soon as it is reported: /subscribe
refusal-not-recorded = Nothing is recorded for this. That is not the same as zero.
refusal-not-kept = This is not recorded here. I hold only handovers that took place: remains, prisoners, civilians and children, with who gave which figure.
refusal-party-silent = { $party ->
    [ukraine] Ukraine gave no figure of its own for this. Others’ figures can be asked for instead.
    [russia] Russia gave no figure of its own for this. Others’ figures can be asked for instead.
   *[other] Nobody else gave a figure for this. Ukraine’s or Russia’s figures can be asked for instead.
}
refusal-unknown-word = I do not know what { $words } means here, so I give no figure rather than a wrong one.
refusal-unknown = One word of the question is not known to me here, so I give no figure rather than a wrong one.
refusal-unsupported = I cannot work this out from what is recorded.
refusal-other-topic = This is outside what I know. I answer only about handovers of remains, prisoners, civilians and children between Russia and Ukraine.
refusal-noise = I did not find a question in this. You can ask in your own words, for example:
refusal-personal = I am sorry. I hold no names and cannot look for a person, and nothing of what you wrote about them is kept. These two can help:
refusal-personal-coordination = Coordination Headquarters for the Treatment of Prisoners of War
refusal-personal-coordination-what = the Ukrainian body that works with the families of prisoners and the missing
refusal-personal-red-cross = Central Tracing Agency of the International Committee of the Red Cross
refusal-personal-red-cross-what = looks for people on both sides, free of charge and in confidence
refusal-try = You can ask, for example:
choice-ask = “{ $word }” can mean several things. Which one?
choice-both = “{ $word }” can mean two things; here are both.
blocked = I cannot show this answer: one of its figures could not be traced to the record. The question has been noted as a fault of the program.
back-nothing = There is no earlier question to go back to.
new-done = The conversation starts afresh.
nothing-asked = Nothing has been asked yet.
by-command = That is done with a command: /chart or /export.
by-own-command = That is done with a command: /{ $act }
