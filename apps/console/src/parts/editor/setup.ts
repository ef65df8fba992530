import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { styleNonce } from '../nonce.js';
import { jsonata } from './jsonata-mode.js';

export type Language = 'json' | 'yaml' | 'jsonata' | 'text';

const highlight = HighlightStyle.define([
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--wb-ok-text)' },
  { tag: [tags.number, tags.atom], color: 'var(--wb-live-text)' },
  { tag: [tags.bool, tags.null, tags.keyword], color: 'var(--wb-warn-text)' },
  { tag: [tags.comment], color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: 'var(--wb-live-text)', fontWeight: '500' },
  { tag: [tags.regexp, tags.invalid], color: 'var(--wb-bad-text)' },
  { tag: [tags.operator, tags.punctuation, tags.bracket, tags.separator], color: 'var(--mantine-color-dimmed)' },
]);

const look = EditorView.theme({
  '&': { fontSize: '12.5px', backgroundColor: 'var(--mantine-color-body)', color: 'var(--mantine-color-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '20px' },
  '.cm-gutters': { backgroundColor: 'var(--wb-sunk)', color: 'var(--mantine-color-dimmed)', borderRight: '1px solid var(--wb-line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--wb-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--wb-live-bg)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--wb-live-bg)',
    outline: '1px solid var(--mantine-color-default-border)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--wb-live-bg)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--wb-idle-bg)', border: 'none', color: 'var(--wb-idle-text)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '6px',
  },
  '.cm-tooltip-autocomplete ul li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--mantine-primary-color-filled)', color: '#fff' },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: '#fff' },
  '.cm-completionDetail': { color: 'var(--mantine-color-dimmed)', fontStyle: 'normal', marginLeft: '10px' },
  '.cm-completionInfo': { padding: '8px 10px', maxWidth: '320px' },
  '.cm-completionSection': {
    padding: '4px 8px 2px',
    fontSize: '11.5px',
    fontWeight: '600',
    color: 'var(--mantine-color-dimmed)',
    opacity: '1',
    display: 'list-item',
  },
  '.cm-looking': { padding: '6px 10px', maxWidth: '420px', fontSize: '12.5px' },
  '.cm-looking-name, .cm-looking-part': { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '12px', overflowWrap: 'anywhere' },
  '.cm-looking-summary, .cm-looking-part': { color: 'var(--mantine-color-dimmed)' },
  '.cm-looking-value': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '12px',
    overflowWrap: 'anywhere',
    maxHeight: '160px',
    overflow: 'auto',
  },
  '.cm-diagnostic': { padding: '4px 8px' },
  '.cm-panels': { backgroundColor: 'var(--wb-sunk)', color: 'var(--mantine-color-text)' },
  '.cm-changedLine': { backgroundColor: 'var(--wb-warn-bg) !important' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--wb-bad-bg) !important' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--wb-ok-bg) !important' },
  '&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText': {
    background: 'none',
    textDecoration: 'underline',
    textDecorationThickness: '2px',
    textUnderlineOffset: '3px',
  },
  '.cm-collapsedLines': { color: 'var(--mantine-color-dimmed)', background: 'var(--wb-sunk)', fontSize: '12px' },
});

const languages: Record<Language, () => Extension> = { json, yaml, jsonata, text: () => [] };

/** What every editor of the console has. Tab moves on to the next control, so that the keyboard is never caught; Ctrl ] indents. */
export function editorSetup({ language, label, readOnly }: { language: Language; label: string; readOnly?: boolean }): Extension[] {
  return [
    EditorView.cspNonce.of(styleNonce()),
    lineNumbers(),
    foldGutter(),
    highlightSpecialChars(),
    drawSelection(),
    bracketMatching(),
    highlightSelectionMatches(),
    indentUnit.of('  '),
    languages[language](),
    syntaxHighlighting(highlight),
    look,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false' }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap]),
    readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [history(), indentOnInput(), highlightActiveLine()],
  ];
}
