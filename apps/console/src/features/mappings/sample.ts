import type { Sample } from '../../api/build.js';
import { inSentence, t } from '../../language/index.js';
import { messageStates, type MessageState } from '../../parts/states.js';

export function sampleText(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

export function parseSample(text: string): { value: unknown; problem?: string } {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { value: undefined, problem: error instanceof Error ? error.message : t('not JSON') };
  }
}

export function titleOf(sample: Sample): string {
  return `${sample.title ?? sample.messageId} · ${inSentence(messageStates[sample.state as MessageState]?.word ?? sample.state)} · ${sample.flow}`;
}

/** Line of an offset; 1 is the first. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
