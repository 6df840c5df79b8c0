"""The words of the coding screen, in English: the start of its part of the message catalogue.

Keys are fixed (the browser knows them); texts may be replaced, also one by one. ``{n}``,
``{code}`` and the like are places that the browser fills in.
"""

from collections.abc import Mapping
from types import MappingProxyType

READER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        # Frame
        "text": "Text of the document",
        "codes": "Codes",
        "hide_codes": "Hide the codebook",
        "show_codes": "Show the codebook",
        "keys": "Keys",
        "close": "Close",
        # State of what was done
        "saved": "saved",
        "saving": "saving {n}",
        "not_saved": "not saved: {reason}",
        "no_answer": "no answer from the server; {n} kept in this browser and sent again",
        "waiting_elsewhere": "{n} changes in another document are not saved yet: open it to send them",
        "read_only": "reading only",
        # Palette
        "code_button": "Code",
        "code_selection": "“{quote}”",
        "change_code_of": "Another code instead of {code}",
        "search_codes": "Find a code",
        "no_code_found": "No code has these words. Try fewer letters, or another language of the codebook.",
        "recent": "Used last",
        "palette_hint": "Enter applies · Shift+Enter applies and stays · Tab or + − ± sets the valence",
        # Valence
        "valence": "Valence",
        "valence_none": "no valence",
        "valence_facilitator": "facilitator",
        "valence_barrier": "barrier",
        "valence_mixed": "mixed",
        "valence_neutral": "neutral",
        # Inspector
        "coding": "Selected coding",
        "nothing_selected": "Select words and press Enter to code them. Click coded words to see more.",
        "nothing_selected_read_only": "Click coded words to see their coding.",
        "coder": "Coded by {coder}",
        "memo": "Memo",
        "memo_placeholder": "Why this code here?",
        "retire": "Retire",
        "change_code": "Change code",
        "also_here": "Also here",
        "definition": "Definition",
        "include": "Include",
        "exclude": "Exclude",
        "codings_of_code": "{n} codings in this document",
        # Stripes, and what is read aloud
        "more_codings": "{n} more codings begin here",
        "codes_here": "Codes here: {codes}.",
        "by_coder": "{coding} ({coder})",
        "said_coded": "Coded: {code}",
        "said_retired": "Retired: {code}. Control Z takes it back.",
        "said_changed": "Changed to {code}",
        "said_memo": "Memo saved",
        "said_undone": "Last change taken back",
        "said_already": "These words have the code {code} already",
        "said_refused": "Taken back. {reason}",
        "said_nothing_selected": "Select words first: by mouse, or with j and k.",
        "said_selected": "{coding}: {quote}",
        # Sheet of keys
        "key_sentence": "next and previous sentence",
        "key_extend": "extend the selection by a sentence, by a letter",
        "key_palette": "code the selected words",
        "key_apply_more": "in the palette: apply and stay for the next code",
        "key_valence": "in the palette: valence",
        "key_recent": "apply a code used last",
        "key_repeat": "repeat the last code and valence",
        "key_next": "next and previous coding",
        "key_retire": "retire the selected coding",
        "key_memo": "write a memo",
        "key_undo": "take the last change back",
        "key_escape": "close, clear the selection",
        "key_help": "this sheet",
    }
)
