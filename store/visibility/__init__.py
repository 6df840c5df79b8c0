"""Who may see what: the only way to read codings, and the events that tell of them.

Blindness is a property of the query, not of a page. While a blind round is open on a document,
everyone - the lead too - sees there only what is theirs: codings, memos, counts, exports,
findings on its source, and events. Whoever reads codings starts from `visible_codings`.
"""

from store.visibility.blind import blind_documents, is_any_round_blind
from store.visibility.codings import (
    frozen_codings,
    visible_codings,
    visible_reading_states,
    visible_unplaced,
    with_details,
)
from store.visibility.hidden import hidden_entities
from store.visibility.judging import (
    blind_sources,
    has_open_judges,
    hidden_findings,
    hidden_notes,
    hidden_rows,
    may_read_results,
    readable_researchers,
    readable_sorters,
    results_readable,
)
from store.visibility.relating import hidden_relations
from store.visibility.threads import hidden_steps, hidden_threads
from store.visibility.writing import (
    visible_case_cells,
    visible_cell_excerpts,
    visible_cells,
    visible_examples,
    visible_memos,
    visible_proposals,
    visible_reasons,
)

__all__ = [
    "blind_documents",
    "blind_sources",
    "frozen_codings",
    "has_open_judges",
    "hidden_entities",
    "hidden_findings",
    "hidden_notes",
    "hidden_relations",
    "hidden_rows",
    "hidden_steps",
    "hidden_threads",
    "is_any_round_blind",
    "may_read_results",
    "readable_researchers",
    "readable_sorters",
    "results_readable",
    "visible_case_cells",
    "visible_cell_excerpts",
    "visible_cells",
    "visible_codings",
    "visible_examples",
    "visible_memos",
    "visible_proposals",
    "visible_reading_states",
    "visible_reasons",
    "visible_unplaced",
    "with_details",
]
