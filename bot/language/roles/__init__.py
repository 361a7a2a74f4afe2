"""Who gives, who receives, whose people they are, and whose figures are asked for: the parties of a question.

Roles are decided by grammar: who is named (`parties`), what stands around them (`clause`), who states (`voices`),
prepositions, cases and word order (`grammar`), and what all of it comes to (`reader`).
"""

from bot.language.roles.parties import PRONOUNS, VERBS, Entity, Roles
from bot.language.roles.reader import RoleReader
from bot.language.roles.voices import surely_says

__all__ = ["PRONOUNS", "VERBS", "Entity", "RoleReader", "Roles", "surely_says"]
