// Every word that the reader shows comes from Python's message catalogue under one of these keys.
// READER_WORDS in words.py holds the English text; a test compares the two lists.

export const WORD_KEYS = [
  "text", "codes", "hide_codes", "show_codes", "keys", "close", "find", "hits", "no_hits", "filter", "filtered",
  "filter_hint", "show_all", "level", "coders", "only_this", "stripes_only", "smaller", "larger", "strip",
  "saved", "saving", "not_saved", "no_answer", "waiting_elsewhere", "read_only", "code_button",
  "code_selection", "change_code_of", "search_codes", "no_code_found", "recent", "palette_hint", "new_code",
  "new_code_hint", "new_code_under", "valence", "valence_none", "valence_facilitator", "valence_barrier",
  "valence_mixed", "valence_neutral", "coding", "nothing_selected", "nothing_selected_read_only", "said_by", "coder",
  "found_by_search", "found_by_rule", "suggested",
  "memo", "memo_placeholder", "retire", "change_code", "copy_quote", "place", "attributes", "strength",
  "choice_weak", "choice_strong", "evidence", "choice_experienced", "choice_anticipated", "choice_wished",
  "choice_reported_about_others", "actor", "timepoint", "certainty", "choice_sure", "choice_unsure", "also_here",
  "definition", "include", "exclude", "codings_of_code", "more_codings", "codes_here", "by_coder", "said_coded",
  "said_retired", "said_changed", "said_memo", "said_undone", "said_redone", "said_resized", "said_attributes",
  "said_copied", "said_not_copied", "said_all_coded", "said_no_coding", "no_turn_next", "no_turn_previous",
  "no_turn_unread", "no_turn_read", "said_already", "said_refused", "said_nothing_selected", "said_selected",
  "key_sentence", "key_paragraph", "key_turn", "key_extend", "key_palette", "key_apply_more", "key_valence",
  "key_recent", "key_repeat", "key_set_valence", "key_next", "key_uncoded", "key_find", "key_hit", "key_retire",
  "key_memo", "key_attributes", "key_fit", "key_copy", "key_undo", "key_redo", "key_stripes", "key_filter",
  "key_document", "key_unread", "key_read", "key_escape", "key_help",
] as const;

export type Word = (typeof WORD_KEYS)[number];
export type Words = Readonly<Record<Word, string>>;

/** Put values into the places of a sentence: fill("{n} waiting", { n: 3 }). */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
