# What only the chat says.
export-columns = What the columns mean
export-fields = What the fields mean
settings-zone = Time zone
subscription-zone = time zone: { $city }
