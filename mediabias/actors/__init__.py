"""Of whom an article speaks, under which names, and what other outlets call the same actor.

`mentions` finds them in one article; `names` brings together those of the articles on one event.
"""

from mediabias.actors.mentions import with_mentions
from mediabias.actors.names import actor_grid, actor_names
from mediabias.actors.table import ActorTable

__all__ = ["ActorTable", "actor_grid", "actor_names", "with_mentions"]
