# Words that every other file leans on.

day = { $text }
month = { $text }
year = { $text }
instant = { $day }, { $time }
list-and = { $head } and { $last }
quoted = “{ $text }”

party = { $party ->
    [ukraine] Ukraine
    [russia] Russia
   *[other] others
}
to-recipient = { $recipient ->
    [ukraine] to Ukraine
    [russia] to Russia
    [both] to both sides
   *[any] to either side
}
passed-to = { $recipient ->
    [ukraine] To Ukraine
   *[russia] To Russia
}
kind = { $kind ->
    [remains] remains
    [prisoners] prisoners
    [civilians] civilians
    [children] children
   *[all] every kind
}
trust = { $trust ->
    [official] official
    [trusted] trusted
   *[unverified] unverified
}

# A figure with its noun.
count-remains = { $n ->
    [one] { $n } body
   *[other] { $n } bodies
}
count-prisoners = { $n ->
    [one] { $n } prisoner
   *[other] { $n } prisoners
}
count-civilians = { $n ->
    [one] { $n } civilian
   *[other] { $n } civilians
}
count-children = { $n ->
    [one] { $n } child
   *[other] { $n } children
}
count-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
count-any = { $n }
count-rounds = { $n ->
    [one] { $n } round
   *[other] { $n } rounds
}
count-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
count-claims = { $n ->
    [one] { $n } claim
   *[other] { $n } claims
}
qualified = { $qualifier ->
    [about] about { $figure }
    [at_least] at least { $figure }
   *[exact] { $figure }
}
not-disclosed = not disclosed
no-figure = no figure
no-round = no round recorded
