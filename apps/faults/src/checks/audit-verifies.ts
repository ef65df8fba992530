import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { api } from '../load/company.js';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';
import { finding, type Finding } from './finding.js';

const command = join(import.meta.dirname, '../../../engine/dist/cli/waybill.js');

/** C-e: the engine's own verifier, as a process of its own, finds nothing in an export of the whole log beside the seals that were kept outside. */
export async function auditVerifies(world: World): Promise<Finding[]> {
  const unsealed = async () => ((await api(world, 'GET', '/v1/audit/status')) as { unsealed: number }).unsealed;
  const late = await until('the seals', 30_000, async () => (await unsealed()) === 0).then(() => [], () => [finding('C-e', 'audit', 'audit entries wait for a seal for more than 30 s')]); // prettier-ignore
  const { publicKey } = (await api(world, 'GET', '/v1/audit/status')) as { publicKey: string };
  const response = await fetch(`${world.apiUrl}/v1/audit/export?format=jsonl`, {
    headers: { authorization: `Bearer ${world.secrets.apiKey}` },
    signal: AbortSignal.timeout(300_000),
  });
  if (!response.ok)
    return [...late, finding('C-e', 'audit', `the audit log was not exported: ${response.status} ${await response.text()}`)];
  const file = join(world.folder, 'audit-export.jsonl');
  await writeFile(file, await response.text());
  const said = await verify([file, '--key', publicKey, '--seals', join(world.folder, 'audit-seals.jsonl')]);
  return [...late, ...said.map((sentence) => finding('C-e', 'audit', sentence))];
}

/** What it found, as sentences; that it could not check is a finding too. */
function verify(args: string[]): Promise<string[]> {
  return new Promise((done) =>
    execFile(process.execPath, [command, 'verify-audit', ...args, '--json'], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (!stdout.startsWith('{')) return done([`the audit log was not checked: ${stdout || String(error)}`]);
      const { findings } = JSON.parse(stdout) as { findings: { sentence: string }[] };
      done(findings.map(({ sentence }) => sentence));
    }),
  );
}
