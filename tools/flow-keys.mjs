// What the console's completion of flow files knows: each path with its words, the keys that go together, and constants.

/** @param {object} schema of a flow file @param {Record<string, string>} words by path */
export function flowKeys(schema, words) {
  const keys = {};
  visit('', schema);
  const unsaid = Object.keys(keys).filter((path) => path !== '' && !/\*$/.test(path) && !words[path]);
  const gone = Object.keys(words).filter((path) => !keys[path]);
  if (unsaid.length + gone.length > 0) throw new Error(`flow-words.ts: no words for ${unsaid.join(', ') || 'none'}; words of no key: ${gone.join(', ') || 'none'}`); // prettier-ignore
  return `// Generated from the shape of a flow file by \`npm run generate\`.
import type { FlowKey } from './flow-offers.js';

/** By path; \`*\` stands for a name or a place in a list. */
export const flowKeys: Record<string, FlowKey> = ${JSON.stringify(keys)};
`;

  function visit(path, node) {
    const key = (keys[path] ??= { summary: words[path] ?? '' });
    for (const one of node.anyOf ?? [node]) {
      if (one.const !== undefined) key.constants = [...(key.constants ?? []), String(one.const)];
      if (one.anyOf) visit(path, one);
      if (one.type === 'boolean') key.constants = ['true', 'false'];
      if (one.properties) {
        const required = one.required ?? [];
        key.forms = [...(key.forms ?? []), { required, optional: Object.keys(one.properties).filter((name) => !required.includes(name)) }];
        for (const [name, inner] of Object.entries(one.properties)) visit(path === '' ? name : `${path}.${name}`, inner);
      }
      const inside = one.items ?? Object.values(one.patternProperties ?? {})[0];
      if (inside) {
        key.holds = one.items ? 'list' : 'names';
        visit(`${path}.*`, inside);
      }
    }
  }
}
