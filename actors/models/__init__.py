"""Who: Actor, Alias, Relation, Mention."""

from actors.models.actor import Actor, ActorIdentifier, Alias
from actors.models.mention import Mention
from actors.models.relation import Relation

__all__ = ["Actor", "ActorIdentifier", "Alias", "Mention", "Relation"]
