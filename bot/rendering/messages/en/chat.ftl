# What only the chat says.
export-columns = What the columns mean
