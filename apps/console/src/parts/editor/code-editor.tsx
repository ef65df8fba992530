import { closeBrackets } from '@codemirror/autocomplete';
import { indentLess, indentMore } from '@codemirror/commands';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import classes from './editor.module.css';
import { editorSetup, type Language } from './setup.js';

/** A finding by line and column, or by offset; both counted as people count. */
export interface Finding {
  message: string;
  severity: 'error' | 'warning';
  /** 1 is the first. */
  line?: number;
  column?: number;
  /** Offset just after the token that failed. */
  position?: number;
  /** Offset where what is meant begins; the token before `position` when not said. */
  from?: number;
}

export interface CodeEditorProps {
  value: string;
  onChange?: (value: string) => void;
  language: Language;
  label: string;
  readOnly?: boolean;
  height?: number | string;
  findings?: readonly Finding[];
  extensions?: Extension;
  invalid?: boolean;
  /** Moves the cursor there when it changes. */
  goTo?: { at: number } & ({ line: number } | { from: number; to: number });
  onSave?: () => void;
  /** What is selected, or where the cursor is. */
  onCursor?: (range: { from: number; to: number }) => void;
  /** A person points at an offset: by a click, or by Ctrl Enter where the cursor is. */
  onPick?: (offset: number) => void;
}

/** The editor. Loaded with the rooms that need it, never with the first page. */
export function CodeEditor({
  value,
  onChange,
  language,
  label,
  readOnly,
  height = 420,
  findings,
  extensions,
  invalid,
  goTo,
  onSave,
  onCursor,
  onPick,
}: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const more = useRef(new Compartment());
  const latest = useRef({ onChange, onSave, onCursor, onPick });
  latest.current = { onChange, onSave, onCursor, onPick };

  useEffect(() => {
    const editor = new EditorView({
      parent: box.current!,
      doc: value,
      extensions: [
        keymap.of([
          { key: 'Mod-s', preventDefault: true, run: () => (latest.current.onSave?.(), true) },
          {
            key: 'Mod-Enter',
            run: ({ state }) => {
              if (!latest.current.onPick) return false;
              latest.current.onPick(state.selection.main.head);
              return true;
            },
          },
          { key: 'Mod-]', run: indentMore },
          { key: 'Mod-[', run: indentLess },
        ]),
        editorSetup({ language, label, readOnly }),
        readOnly ? [] : [closeBrackets(), lintGutter()],
        more.current.of(extensions ?? []),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
          const { from, to, empty, head } = update.state.selection.main;
          if (update.selectionSet || update.docChanged) latest.current.onCursor?.({ from, to });
          if (empty && update.transactions.some((one) => one.isUserEvent('select.pointer'))) latest.current.onPick?.(head);
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
    // the editor lives as long as the component; what may change has an effect of its own
  }, [language, label, readOnly]);

  useEffect(() => {
    const editor = view.current;
    const change = editor && changeBetween(editor.state.doc.toString(), value);
    if (change) editor.dispatch({ changes: change });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: more.current.reconfigure(extensions ?? []) });
  }, [extensions]);

  useEffect(() => {
    const editor = view.current;
    if (editor)
      editor.dispatch(
        setDiagnostics(
          editor.state,
          (findings ?? []).map((finding) => place(finding, editor)),
        ),
      );
  }, [findings, value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !goTo) return;
    const { doc } = editor.state;
    const span = 'line' in goTo ? (goTo.line >= 1 && goTo.line <= doc.lines ? doc.line(goTo.line) : undefined) : goTo.to <= doc.length ? goTo : undefined; // prettier-ignore
    if (!span) return;
    editor.dispatch({ selection: { anchor: span.from, head: span.to }, effects: EditorView.scrollIntoView(span.from, { y: 'center' }) });
    editor.focus();
  }, [goTo]);

  return <div ref={box} className={classes.editor} style={{ height }} data-invalid={invalid || undefined} />;
}

/** The one change that makes a text of another: what is the same before and behind it stays, with its cursor, folds and scroll. */
export function changeBetween(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const least = Math.min(before.length, after.length);
  let from = 0;
  while (from < least && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let same = 0;
  while (same < least - from && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

function place(finding: Finding, editor: EditorView): Diagnostic {
  const { doc } = editor.state;
  const { message, severity } = finding;
  if (finding.position !== undefined) {
    const to = Math.min(doc.length, Math.max(0, finding.position));
    return { from: Math.min(to, Math.max(0, finding.from ?? to - 1)), to, message, severity };
  }
  const line = doc.line(Math.min(doc.lines, Math.max(1, finding.line ?? 1)));
  const from = Math.min(line.to, line.from + Math.max(0, (finding.column ?? 1) - 1));
  return { from, to: Math.max(from, line.to), message, severity };
}
