import { useState } from 'react';

/** A text as the engine has it. */
export interface StoredText {
  text: string;
  version: number;
}

/**
 * A text that somebody changes while others may save it too. What is saved meanwhile takes the place of a text that is as it was; one that somebody has
 * written in is kept, and `theirs` is what it has to be brought together with before it is saved.
 */
export function useEditedText(stored: StoredText) {
  const [base, setBase] = useState(stored);
  const [text, setText] = useState(stored.text);
  const moved = stored.version !== base.version || stored.text !== base.text;
  const untouched = text === base.text;
  const harmless = moved && (untouched || text === stored.text || stored.text === base.text);
  if (harmless) {
    setBase(stored);
    if (untouched) setText(stored.text);
  }
  return {
    text: harmless && untouched ? stored.text : text,
    setText,
    /** What the text began from: its version is the one that a save expects. */
    base: harmless ? stored : base,
    theirs: moved && !harmless ? stored : undefined,
    changed: harmless ? !untouched && text !== stored.text : !untouched,
    /** Goes on from what is stored now, with this text. */
    goOnWith: (next: string) => {
      setBase(stored);
      setText(next);
    },
  };
}

export type EditedText = ReturnType<typeof useEditedText>;
