import { Controller, Inject } from '@nestjs/common';
import { finished } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { seesEverything } from '../../platform/database/index.js';
import { In, Route, type Input } from '../../platform/http/index.js';
import { Problem } from '../../platform/problems/index.js';
import { governanceRoutes as routes } from '../routes.js';
import { AuditExportStore } from './audit-export.store.js';
import { AuditStatusStore } from './audit-status.store.js';
import { AuditQueryStore } from './audit.query.store.js';

@Controller()
export class AuditController {
  constructor(
    @Inject(AuditQueryStore) private readonly audit: AuditQueryStore,
    @Inject(AuditStatusStore) private readonly sealing: AuditStatusStore,
    @Inject(AuditExportStore) private readonly exports: AuditExportStore,
  ) {}

  @Route(routes.listAudit)
  listAudit(@In() input: Input<typeof routes.listAudit>) {
    return this.audit.list(input.query, input.caller.scope);
  }

  @Route(routes.getAuditStatus)
  getAuditStatus() {
    return this.sealing.status();
  }

  @Route(routes.exportAudit)
  async exportAudit(@In() { query, actor, caller, reply }: Input<typeof routes.exportAudit>): Promise<void> {
    // A part of the log could not be shown to be whole, and its proofs name what is left out.
    if (!seesEverything(caller.scope))
      throw new Problem('FORBIDDEN', 'An export holds the log of every legal entity, and you do not see them all.', {
        remedy: 'Ask somebody who is not limited to legal entities.',
      });
    const { format = 'jsonl', ...filter } = query;
    const { id, exportedAt, text, close } = await this.exports.begin(filter, format, actor);
    const name = `waybill-audit-${exportedAt.slice(0, 10)}-${id}.${format}`;
    void reply
      .header('content-type', format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/jsonl; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-waybill-export', id)
      .send(Readable.from(text, { objectMode: false }));
    // A reader who went away is an entry of the log, not an error.
    await finished(reply.raw).catch(() => undefined);
    await close();
    reply.hijack(); // the framework takes an answer that broke off for one that was not given, and would give another
  }

  @Route(routes.getAuditManifest)
  getAuditManifest(@In() input: Input<typeof routes.getAuditManifest>) {
    return this.exports.manifest(input.params.id);
  }
}
