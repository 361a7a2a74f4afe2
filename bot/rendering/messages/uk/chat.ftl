# What only the chat says.
export-columns = Що означають стовпці
settings-zone = Часовий пояс
subscription-zone = часовий пояс: { $city }
