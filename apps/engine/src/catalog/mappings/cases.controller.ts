import { Controller, Inject } from '@nestjs/common';
import { tablesRead } from '@waybill/mapping-language';
import { Database } from '../../platform/database/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { isProblem, Problem } from '../../platform/problems/index.js';
import { ReadLog } from '../../governance/index.js';
import { casesOf } from '../packs/pack-cases.js';
import { PackStore } from '../packs/packs.store.js';
import { caseName, CaseProver, seesCase } from './case-proof.store.js';
import { caseRoutes as routes } from './case-routes.js';
import { CaseStore } from './cases.store.js';

/** Golden cases as people see and change them. Making one of a record is where records are: `pipeline/studio.controller.ts`. */
@Controller()
export class CasesController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(CaseProver) private readonly prover: CaseProver,
    @Inject(PackStore) private readonly packs: PackStore,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  @Route(routes.listCases)
  async list(@In() { params: { name }, caller, actor }: Input<typeof routes.listCases>) {
    const { items, hidden } = await this.cases.list(name, caller);
    if (items.some(({ messageId }) => messageId !== null))
      await this.reads.note(actor, { action: 'mapping.cases-read', object: { kind: 'mapping', id: name }, what: `golden cases of mapping ${name}` });
    return { items, hidden, packs: await this.brought(name) };
  } // prettier-ignore

  @Route(routes.changeCase)
  change(@In() { params, body, ...who }: Input<typeof routes.changeCase>) {
    return this.cases.change(params.name, params.id, body, who);
  }

  @Route(routes.removeCase)
  remove(@In() { params, body, ...who }: Input<typeof routes.removeCase>) {
    return this.cases.remove(params.name, params.id, body.reason, who);
  }

  @Route(routes.runCases)
  async run(@In() { params: { name }, body, caller: { scope } }: Input<typeof routes.runCases>) {
    const verdicts = await this.prover.run(name, body.source ?? (await this.cases.sourceOf(name)));
    const results = verdicts.map((verdict) => ({
      id: seesCase(scope, verdict) ? verdict.id : null,
      name: caseName(scope, verdict),
      ok: verdict.differences.length === 0,
      differences: seesCase(scope, verdict) ? verdict.differences : [],
    }));
    return { ok: results.every(({ ok }) => ok), results };
  }

  @Route(routes.importCases)
  async import(@In() { params: { name }, body, actor }: Input<typeof routes.importCases>) {
    const pack = await this.packs.find(body.pack);
    const file = pack.cases.find(({ mapping }) => mapping === name);
    if (!file) throw new Problem('NOT_FOUND', `The pack ${pack.name} brings no cases for the mapping ${name}.`, { path: '/pack' });
    const read = new Set(tablesRead(pack.mappings.find((mapping) => mapping.name === name)?.source ?? '1'));
    const { cases, elsewhere } = casesOf(file.yaml, pack.tables.filter((table) => read.has(table.name))); // prettier-ignore
    const added: string[] = [];
    const left = elsewhere.map((one) => ({ name: one, why: 'its sample is kept in another file of the pack' }));
    for (const { name: title, expects, ...sample } of cases) {
      try {
        await this.db.transaction((tx) => this.cases.insert(tx, name, { ...sample, origin: 'pack', pack: pack.name }, { name: title, expects }, actor)); // prettier-ignore
        added.push(title);
      } catch (error) {
        if (!isProblem(error)) throw error;
        left.push({ name: title, why: error.message });
      }
    }
    return { added, left };
  }

  private async brought(name: string) {
    const packs = (await this.packs.list()).flatMap((pack) => pack.cases.filter(({ mapping }) => mapping === name).map(({ yaml }) => ({ pack: pack.name, yaml, tables: pack.tables }))); // prettier-ignore
    return packs.map(({ pack, yaml }) => ({ pack, cases: casesOf(yaml, []).cases.length }));
  }
}
