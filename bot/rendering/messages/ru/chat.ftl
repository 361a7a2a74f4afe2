# What only the chat says.
export-columns = Что означают столбцы
