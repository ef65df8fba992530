// An engine for the bench alone: what its pipeline posts is in no audit log, so that a run with the log has something to be compared with.
import { settingsOfProcess } from '../../config/index.js';
import { AuditStore, type Act } from '../../governance/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { benchFolder } from './place.js';

// There is no way to switch the audit log off, and this must not become one.
if (!process.send || !settingsOfProcess().settings.dataDir.includes(benchFolder))
  throw new Error('This program is started by `waybill bench audit` alone.');

const { record } = AuditStore.prototype;
AuditStore.prototype.record = function (this: AuditStore, tx: Tx, actor: Actor, act: Act): Promise<string> {
  return act.action.startsWith('pipeline.') ? Promise.resolve('') : record.call(this, tx, actor, act);
};

await import('../waybill.js');
