import type { Extension } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';

export interface Mark {
  from: number;
  to: number;
  /** What is meant: that a thing is shown elsewhere, or that nothing reads it. */
  as: 'shown' | 'unread';
}

const decorations = { shown: Decoration.mark({ class: 'cm-shown' }), unread: Decoration.mark({ class: 'cm-unread' }) };

const look = EditorView.baseTheme({
  '.cm-shown': { backgroundColor: 'var(--wb-warn-bg)', borderRadius: '3px', outline: '1px solid var(--wb-warn-text)' },
  '.cm-unread, .cm-unread span': { color: 'var(--mantine-color-dimmed) !important', fontStyle: 'italic' },
});

/** Parts of a text marked. They belong to the text as it was; what lies behind the end of a shorter one is left out. */
export function marksOf(marks: readonly Mark[]): Extension {
  if (marks.length === 0) return [];
  return [
    look,
    EditorView.decorations.compute(['doc'], ({ doc }) =>
      Decoration.set(
        marks.filter(({ from, to }) => from < to && to <= doc.length).map(({ from, to, as }) => decorations[as].range(from, to)),
        true,
      ),
    ),
  ];
}
