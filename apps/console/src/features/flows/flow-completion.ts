import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { t } from '../../language/index.js';
import { flowKeys } from './flow-keys.js';
import { knownPath, offersAt, spotAt, summaryAt, type FlowSpot } from './flow-offers.js';

export interface Named {
  name: string;
  title?: string | undefined;
}
/** What is installed; a list that cannot be had is empty. */
export interface Installed {
  connections: () => Promise<readonly (Named & { connector: string })[]>;
  connectors: () => Promise<readonly (Named & Record<'streams' | 'operations' | 'lookups', readonly Named[]>)[]>;
  mappings: () => Promise<readonly Named[]>;
  tables: () => Promise<readonly Named[]>;
  schemas: () => Promise<readonly (Named & { kind: string })[]>;
  roles: () => Promise<readonly Named[]>;
}

type Source = (installed: Installed, spot: FlowSpot) => Promise<readonly Named[]>;

const connections: Source = async (installed) => (await installed.connections()).map(({ name, connector }) => ({ name, title: connector }));
const canonical: Source = async (installed) => (await installed.schemas()).filter(({ kind }) => kind === 'canonical');
const roles: Source = (installed) => installed.roles();
const ofConnector =
  (part: 'streams' | 'operations' | 'lookups'): Source =>
  async (installed, { beside }) => {
    const all = await installed.connections();
    const { connector } = all.find(({ name }) => name === beside.get('connection')) ?? {};
    return (await installed.connectors()).find(({ name }) => name === connector)?.[part] ?? [];
  };

const sources: Record<string, Source> = {
  'from.connection': connections,
  'from.stream': ofConnector('streams'),
  'from.canonical': canonical,
  accept: async (installed) => (await installed.schemas()).filter(({ kind }) => kind === 'source'),
  'enrich.*.table': (installed) => installed.tables(),
  'enrich.*.connection': connections,
  'enrich.*.lookup': ofConnector('lookups'),
  'enrich.*.canonical': canonical,
  map: (installed) => installed.mappings(),
  produce: canonical,
  'permit.*.then.approve': roles,
  'to.connection': connections,
  'to.operation': ofConnector('operations'),
  'to.canonical': canonical,
  'waitFor.*.posted': canonical,
  'edits.approve': roles,
};

/** Keys by the shape of a flow file, and values by what is installed. */
export async function complete(context: CompletionContext, installed: Installed): Promise<CompletionResult | null> {
  const spot = spotAt(context.state.doc.toString(), context.pos);
  if (!spot) return null;
  const path = knownPath(spot.path, flowKeys);
  const source = spot.writing === 'value' ? sources[path ?? ''] : undefined;
  // Where nothing is written yet, Enter must stay a new line unless only a word can follow.
  if (spot.typed === '' && !context.explicit && (spot.writing === 'key' || flowKeys[path ?? '']?.forms)) return null;
  const offers = offersAt(spot, flowKeys).map(({ label, summary, apply, first }): Completion => ({
    label,
    apply,
    info: summary,
    type: spot.writing === 'key' ? 'property' : 'constant',
    ...(spot.writing === 'key' && first ? { detail: t('required'), boost: 5 } : {}),
  }));
  const named = source ? await source(installed, spot) : [];
  const options = [
    ...offers,
    ...named.map(({ name, title }): Completion => ({ label: name, type: 'variable', ...(title ? { detail: title } : {}) })),
  ];
  return options.length > 0 ? { from: spot.from, options, validFor: /^[\w@/.-]*$/ } : null;
}

/** A key that is taken goes straight on to its value. */
export function flowCompletion(installed: Installed): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, installed)],
      icons: false,
      activateOnCompletion: ({ type }) => type === 'property',
    }),
    hoverTooltip((view, pos) => {
      const told = summaryAt(view.state.doc.toString(), pos, flowKeys);
      if (!told) return null;
      return {
        pos: told.from,
        end: told.to,
        above: true,
        create: () => {
          const dom = document.createElement('div');
          dom.className = 'cm-looking';
          for (const [name, text] of [
            ['cm-looking-name', told.name],
            ['cm-looking-summary', told.summary],
          ] as const)
            dom.append(Object.assign(document.createElement('div'), { className: name, textContent: text }));
          return { dom };
        },
      };
    }),
  ];
}
