import { canonicalText } from '../../platform/json/index.js';
import type { FlowDefinition } from './definition.js';

/** Parts of a flow file that decide which documents there are, as which they are known, and where they go. */
const identityParts = ['from', 'to', 'key', 'revision', 'orderBy', 'when'] as const;
export type IdentityPart = (typeof identityParts)[number];

/** Where two releases would make other documents of the same records, or take them elsewhere. */
export const identityDiffers = (a: FlowDefinition, b: FlowDefinition): IdentityPart[] =>
  identityParts.filter((part) => canonicalText(a[part] ?? null) !== canonicalText(b[part] ?? null));

/** What of a change recorded payloads cannot show, in sentences: they were taken, named and looked up with the live release. */
export function notTriedOf(live: FlowDefinition, then: FlowDefinition): string[] {
  const parts = identityDiffers(live, then);
  const asked = Object.entries(then.enrich).filter(
    ([name, from]) => 'lookup' in from && canonicalText(from) !== canonicalText(live.enrich[name] ?? null),
  );
  return [
    ...(parts.length > 0 ? [`What ${parts.join(', ')} of the flow ${then.flow} would change: recorded messages were taken and named with the live release.`] : []),
    ...asked.map(([name, from]) => `The look-up ${name} of the flow ${then.flow}: nothing is recorded of it, and ${'connection' in from ? from.connection : ''} is not asked.`),
    ...(live.accept !== then.accept ? [`The schema at the door of the flow ${then.flow}.`] : []),
  ]; // prettier-ignore
}
