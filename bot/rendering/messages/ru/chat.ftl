# What only the chat says.
export-columns = Что означают столбцы
settings-zone = Часовой пояс
subscription-zone = часовой пояс: { $city }
