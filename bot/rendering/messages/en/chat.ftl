# What only the chat says.
export-columns = What the columns mean
settings-zone = Time zone
subscription-zone = time zone: { $city }
