import { Inject, Injectable } from '@nestjs/common';
import { differencesOf, type MappingFailureFacts, type TableRows } from '@waybill/mapping-language';
import { seesEverything, type Scope } from '../../platform/database/index.js';
import { MappingPool, type EvaluationItem, type EvaluationResult } from '../../platform/mapping-runtime/index.js';
import { TableStore } from '../tables/tables.store.js';
import { CaseStore, type StoredCase } from './cases.store.js';
import type { CaseProof, CaseVerdict, Proven } from './proof.js';

/** As much of a case as its expression sees. */
type CaseInput = Pick<StoredCase, 'input' | 'enriched' | 'flow' | 'delivery' | 'revision' | 'asOf' | 'tables'>;

/** Runs golden cases in the mapping processes, with the tables as they are on the day of each case. */
@Injectable()
export class CaseProver {
  constructor(
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(TableStore) private readonly tables: TableStore,
    @Inject(MappingPool) private readonly pool: MappingPool,
  ) {}

  /** Runs the cases with a text, for a save of it by somebody with this scope. */
  async prove(mapping: string, source: string, scope: Scope, override?: string): Promise<Proven> {
    const all = await this.cases.all(mapping);
    const red = (await this.verdicts(all, source)).filter(({ differences }) => differences.length > 0);
    const proof: CaseProof = { ran: stateOf(all), red };
    return {
      proof,
      stands: async (tx) => stateOf(await this.cases.all(mapping, tx)) === proof.ran,
      names: red.map((verdict) => caseName(scope, verdict)),
      override,
    };
  }

  async run(mapping: string, source: string): Promise<CaseVerdict[]> {
    return this.verdicts(await this.cases.all(mapping), source);
  }

  /** What a sample becomes that is no case yet. */
  async outcome(source: string, one: CaseInput) {
    const [result] = await this.evaluate(source, [one], await this.tables.snapshot());
    return outcomeOf(result!);
  }

  private async verdicts(all: readonly StoredCase[], source: string): Promise<CaseVerdict[]> {
    if (all.length === 0) return [];
    const results = await this.evaluate(source, all, await this.tables.snapshot());
    return all.map(({ id, name, expects, recorded, legalEntities }, index) => ({
      id,
      name,
      recorded,
      legalEntities,
      differences: differencesOf(expects, outcomeOf(results[index]!)),
    }));
  }

  /** Cases that bring rows of their own are run apart from those that take the tables as they are. */
  private async evaluate(source: string, all: readonly CaseInput[], now: TableRows[]) {
    const results: EvaluationResult[] = [];
    const groups = new Map<string, number[]>();
    for (const [index, { tables }] of all.entries()) {
      const key = JSON.stringify(tables ?? []);
      groups.set(key, [...(groups.get(key) ?? []), index]);
    }
    for (const [key, indexes] of groups) {
      const own = (JSON.parse(key) as TableRows[]).map((table) => ({ ...table, version: trialVersion }));
      const names = new Set(own.map(({ name }) => name));
      const items = indexes.map((index): EvaluationItem => {
        const { input, enriched, flow, delivery, revision, asOf } = all[index]!;
        return {
          expression: source,
          input,
          source: input,
          enriched,
          flow,
          delivery,
          ...(revision === undefined ? {} : { revision }),
          asOf,
        };
      });
      const answers = await this.pool.evaluate(items, [...now.filter(({ name }) => !names.has(name)), ...own]);
      for (const [at, index] of indexes.entries()) results[index] = answers[at]!;
    }
    return results;
  }
}

/** Below zero: a child knows such a table for one batch alone. */
const trialVersion = -1;

const stateOf = (all: readonly StoredCase[]): string => all.map(({ id, caseRevision }) => `${id}:${caseRevision}`).join(' ');

function outcomeOf(result: EvaluationResult): { output: unknown } | { failure: MappingFailureFacts } {
  if ('failure' in result) return { failure: result.failure };
  if ('text' in result) return { output: JSON.parse(result.text) as unknown };
  return { failure: { code: 'MAPPING_EMPTY', category: 'transformation', message: 'the mapping gave nothing' } };
}

/** May this scope know what the case is? One of a legal entity that it does not see keeps its name to itself. */
export const seesCase = (scope: Scope, { recorded, legalEntities }: Pick<CaseVerdict, 'recorded' | 'legalEntities'>): boolean =>
  !recorded ||
  seesEverything(scope) ||
  (legalEntities.length === 0
    ? scope.unassigned
    : scope.entities === null || legalEntities.some((entity) => scope.entities!.includes(entity)));

export const caseName = (scope: Scope, verdict: CaseVerdict): string =>
  seesCase(scope, verdict) ? verdict.name : 'a case of a legal entity that you do not see';
