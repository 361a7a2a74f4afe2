# What only the chat says.
export-columns = Що означають стовпці
export-fields = Що означають поля
settings-zone = Часовий пояс
subscription-zone = часовий пояс: { $city }
