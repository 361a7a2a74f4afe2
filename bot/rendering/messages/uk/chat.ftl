# What only the chat says.
export-columns = Що означають стовпці
