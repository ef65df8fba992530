import { Controller, Inject } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/index.js';
import type { TraceKind } from './chain.js';
import { LineageStore } from './lineage.store.js';
import { lineageRoutes as routes } from './routes.js';

@Controller()
export class LineageController {
  constructor(@Inject(LineageStore) private readonly lineage: LineageStore) {}

  @Route(routes.trace)
  trace(@In() { params: { kind, id }, caller }: Input<typeof routes.trace>) {
    return this.lineage.trace(kind as TraceKind, id, caller.scope);
  }
}
