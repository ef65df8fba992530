import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../../platform/http/index.js';
import { Problem } from '../../../platform/problems/index.js';
import { usageSummaryRoutes as routes } from '../routes.js';
import { RollUp } from '../rollup/rollup.store.js';
import { MeterStore, type MeterVersion } from './meters.store.js';
import { MeterPreview } from './preview.store.js';

@Controller()
export class MetersController {
  constructor(
    @Inject(MeterStore) private readonly meters: MeterStore,
    @Inject(MeterPreview) private readonly previews: MeterPreview,
    @Inject(RollUp) private readonly rollUp: RollUp,
  ) {}

  @Route(routes.listMeters)
  async list() {
    const roll = await this.rollUp.current();
    return { items: (await this.meters.active()).map((one) => shape(one, roll)), next: null };
  }

  @Route(routes.getMeter)
  async find(@In() { params, query }: Input<typeof routes.getMeter>) {
    const roll = await this.rollUp.current();
    const meter = await this.meters.find(params.name, query.version);
    return { ...withFile(meter, roll), versions: (await this.meters.versions(params.name)).map((one) => shape(one, roll)) };
  }

  @Route(routes.putMeter)
  async put(@In() { params, body, text, actor }: Input<typeof routes.putMeter>) {
    const given = body as { yaml?: string; note?: string; activate?: boolean } | undefined;
    const yaml = text ?? given?.yaml;
    if (yaml === undefined)
      throw new Problem('REQUEST_INVALID', 'The meter file is missing.', { remedy: 'Send it as `yaml`, or as a body of type application/yaml.' }); // prettier-ignore
    const saved = await this.meters.put(params.name, { yaml, note: given?.note, activate: given?.activate ?? true }, actor);
    return withFile(saved, await this.rollUp.current());
  }

  @Route(routes.activateMeter)
  async activate(@In() { params, body, actor }: Input<typeof routes.activateMeter>) {
    return withFile(await this.meters.activate(params.name, body.version, body.note, actor), await this.rollUp.current());
  }

  @Route(routes.previewMeter)
  async preview(@In() { params, body, caller }: Input<typeof routes.previewMeter>) {
    const told = await this.previews.preview(params.name, { yaml: body.yaml, days: body.days ?? 31 });
    // Whose usage it is belongs to nobody yet.
    return caller.scope.unassigned ? told : { ...told, differences: [] };
  }
}

const shape = (one: MeterVersion, roll: string) => ({
  name: one.meter,
  version: one.version,
  active: one.active,
  description: one.definition.description,
  events: one.definition.events,
  aggregate: one.definition.aggregate,
  unit: one.definition.unit ?? null,
  hash: one.hash,
  note: one.note,
  createdAt: one.createdAt,
  createdBy: one.createdBy,
  behind: one.rolls ? Number(BigInt(roll) - BigInt(one.rolled)) : 0,
});
const withFile = (one: MeterVersion, roll: string) => ({ ...shape(one, roll), yaml: one.yaml, definition: one.definition });
