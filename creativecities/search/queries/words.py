"""Looking words up: FTS5 on SQLite, a tsvector on PostgreSQL, over the same folded words."""

from django.db import connection

from creativecities.search.compute.tokens import Asked

SQLITE = "SELECT rowid, -bm25(search_words, 8.0, 3.0, 1.0) FROM search_words WHERE search_words MATCH %s"
POSTGRESQL = (
    "SELECT w.rowid, 30 * ts_rank('{0.1, 0.2, 0.4, 1.0}', w.words, q.q) "
    "FROM search_words w, (SELECT %s::tsquery AS q) q WHERE w.words @@ q.q"
)


def matching(asked: Asked, *, every: bool) -> dict[int, float]:
    """Entries, of any generation, with every or with some of the words, and how well they match. One statement."""
    if connection.vendor == "sqlite":
        statement, question = SQLITE, _fts5(asked, every=every)
    else:
        statement, question = POSTGRESQL, _tsquery(asked, every=every)
    with connection.cursor() as cursor:
        cursor.execute(statement, [question])
        return dict(cursor.fetchall())


def _fts5(asked: Asked, *, every: bool) -> str:
    words = [f'"{token}"' for token in asked.tokens[:-1]]
    words.append(f'("{asked.last}" OR "{asked.last}"*)')  # a whole word counts more than a beginning
    return (" AND " if every else " OR ").join(words)


def _tsquery(asked: Asked, *, every: bool) -> str:
    words = [f"'{token}'" for token in asked.tokens[:-1]]
    words.append(f"'{asked.last}':*")
    return (" & " if every else " | ").join(words)
