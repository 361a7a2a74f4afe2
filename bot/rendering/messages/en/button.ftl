# Labels of buttons; short enough for a phone.
button-by-month = By month
button-by-year = By year
button-list = Each round
button-total = Total
button-all-parties = Everybody’s figures
button-chart = Chart
button-why = Why?
button-subscribe = Tell me of new ones
button-help = What can I ask?
button-bot = Ask the bot
button-previous = ‹ Back
button-next = Next ›
