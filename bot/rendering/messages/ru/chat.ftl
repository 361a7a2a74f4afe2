# What only the chat says.
export-columns = Что означают столбцы
export-fields = Что означают поля
settings-zone = Часовой пояс
subscription-zone = часовой пояс: { $city }
